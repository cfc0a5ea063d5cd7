extension JSONValue {
    /// The document over many lines, members in order, for people and for differences between versions.
    package var lines: String {
        var text = ""
        append(to: &text, indent: "")
        return text + "\n"
    }

    private func append(to text: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .object(let members) where !members.isEmpty:
            text += "{\n"
            for (index, (key, value)) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                text += (index > 0 ? ",\n" : "") + inner + JSONValue.string(key).oneLine + ": "
                value.append(to: &text, indent: inner)
            }
            text += "\n\(indent)}"
        case .array(let items) where !items.isEmpty:
            text += "[\n"
            for (index, item) in items.enumerated() {
                text += (index > 0 ? ",\n" : "") + inner
                item.append(to: &text, indent: inner)
            }
            text += "\n\(indent)]"
        default: text += oneLine
        }
    }

    private var oneLine: String {
        (try? canonicalBytes).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
