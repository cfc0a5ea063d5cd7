import SlipwayDomain

/// A fault, for which requests, and how many of them.
package struct FaultRule: Hashable, Sendable {
    package var fault: LabFault
    /// Requests whose path begins so, with the provider's name: `/microsoft/v1.0/groups`.
    package var path: String
    /// Nil for every method.
    package var method: String?
    /// So many requests pass before the first that fails.
    package var skip: Int
    /// How many fail.
    package var count: Int
    /// How late an answer comes.
    package var milliseconds: Int
    /// What a 429 asks for.
    package var retryAfterSeconds: Int
    /// Which status a server error has.
    package var status: Int

    package init(
        _ fault: LabFault, path: String, method: String? = nil, skip: Int = 0, count: Int = 1,
        milliseconds: Int = 30_000, retryAfterSeconds: Int = 1, status: Int = 500
    ) {
        self.fault = fault
        self.path = path
        self.method = method
        self.skip = skip
        self.count = count
        self.milliseconds = milliseconds
        self.retryAfterSeconds = retryAfterSeconds
        self.status = status
    }

    func concerns(_ request: LabRequest) -> Bool {
        guard method == nil || method == request.method else { return false }
        return ("/" + request.path.joined(separator: "/")).hasPrefix(path)
    }
}

extension FaultRule {
    /// From the body of a request to the control address; nil when it is not one.
    init?(_ json: JSONValue) {
        guard let fault = json["fault"]?.stringValue.flatMap(LabFault.init), let path = json["path"]?.stringValue else {
            return nil
        }
        self.init(fault, path: path, method: json["method"]?.stringValue)
        for (name, field) in Self.numbers {
            guard let value = json[name] else { continue }
            guard let number = value.integerValue, (0...1_000_000).contains(number) else { return nil }
            self[keyPath: field] = Int(number)
        }
        guard (500...599).contains(status) else { return nil }
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["fault": .string(fault.rawValue), "path": .string(path)]
        if let method { members["method"] = .string(method) }
        for (name, field) in Self.numbers { members[name] = .integer(Int64(self[keyPath: field])) }
        return .object(members)
    }

    private static var numbers: [(String, WritableKeyPath<FaultRule, Int>)] {
        [
            ("skip", \.skip), ("count", \.count), ("milliseconds", \.milliseconds),
            ("retry_after_seconds", \.retryAfterSeconds), ("status", \.status),
        ]
    }
}
