/// The lab's one page: what it is, in letters that nobody overlooks, and what it holds.
enum LabIndex {
    static func page(_ lines: [String]) -> LabAnswer {
        let items = lines.map { "<li><code>\(escaped($0))</code></li>" }.joined(separator: "\n")
        let html = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Slipway lab: a stand-in</title>
            <h1 style="font-size: 4rem">THIS IS A STAND-IN</h1>
            <p style="font-size: 2rem">Slipway's lab answers in the place of real providers. Nothing here is real: no \
            tenant, no group, no secret.</p>
            <ul>
            \(items)
            </ul>
            <p>Faults are switched at <code>/lab/faults</code>.</p>
            </html>

            """
        return LabAnswer(200, body: Array(html.utf8), mediaType: "text/html; charset=utf-8")
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
