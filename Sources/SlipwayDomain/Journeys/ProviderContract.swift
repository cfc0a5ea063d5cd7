/// What stands in for a provider locally, and what takes its place in production.
package struct ProviderContract: Hashable, Sendable {
    /// The check of it: `prov.scenario` and so on.
    package let check: CheckID
    package let provider: String
    package let currentMode: String
    package let targetMode: String
    /// The version of the contract between the application and either of them.
    package let version: Int

    package init(check: CheckID, provider: String, currentMode: String, targetMode: String, version: Int) {
        self.check = check
        self.provider = provider
        self.currentMode = currentMode
        self.targetMode = targetMode
        self.version = version
    }

    var json: JSONValue {
        [
            "check": .string(check.rawValue), "provider": .string(provider), "current": .string(currentMode),
            "target": .string(targetMode), "version": .integer(Int64(version)),
        ]
    }
}
