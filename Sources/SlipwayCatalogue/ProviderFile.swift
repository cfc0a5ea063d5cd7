package import SlipwayDomain
import SlipwayYAML

/// A provider as its file describes it.
///
///     provider: acme
///     label: Acme ERP
///     adapter: http
///     directory: {label: account, ofTenant: false}
///     credentials: [api_key]
///     modes:
///       production: {endpoints: {health: null}}
///     probe: [reach, tls, authenticate]
///     operations:
///       - type: acme.connection.check
///         verb: Check connection
///         module: connections
///         capability: provider.check
///         protectedScope: connection:{connection}
package struct ProviderFile {
    private let root: YAMLNode

    /// `name` is what people call the file.
    package init(parsing text: String, named name: String) throws {
        root = try YAMLNode(parsing: text, document: name)
    }

    /// Throws `DocumentError` with line and name for what cannot be obeyed.
    package func definition() throws -> ProviderDefinition {
        let map = try root.map([
            "provider", "label", "adapter", "directory", "credentials", "modes", "scopes", "probe", "healthHours",
            "contract", "operations",
        ])
        let name = try word(map.required("provider"))
        let adapter = try map.required("adapter")
        guard try Self.adapters.contains(adapter.text()) else {
            throw adapter.error("there is no such adapter; there are \(Self.adapters.joined(separator: ", "))")
        }
        let directory = try map.required("directory").map(["label", "ofTenant"])
        let hours = try map.optional("healthHours").map(positive) ?? 24
        let definition = ProviderDefinition(
            name: name, label: try map.required("label").text(), adapter: try adapter.text(),
            directoryLabel: try directory.required("label").text(),
            isDirectoryOfTenant: try directory.optional("ofTenant")?.bool() ?? false,
            credentials: try map.required("credentials").items().map { try $0.choice(CredentialKind.self) },
            endpoints: try modes(map.required("modes")), scopes: try map.optional("scopes")?.texts() ?? [],
            probe: try map.required("probe").items().map { try $0.choice(ProbeStep.self) },
            healthSeconds: hours * 3600,
            contract: try map.optional("contract").map { try contract($0, of: name) },
            operations: try map.required("operations").items().map { try operation($0, of: name) })
        try check(definition, map)
        return definition
    }

    /// The adapters that a file may name.
    private static let adapters = ["microsoft", "oidc", "postgres", "http", "none"]

    private func check(_ definition: ProviderDefinition, _ map: YAMLMap) throws {
        let operations = try map.required("operations")
        guard definition.operations.filter({ $0.capability == .checkProvider }).count == 1 else {
            throw operations.error("one operation, and no more, has the capability provider.check")
        }
        guard !definition.credentials.isEmpty else {
            throw try map.required("credentials").error("name one kind at least")
        }
        guard !definition.probe.isEmpty else { throw try map.required("probe").error("name one step at least") }
        guard !definition.endpoints.isEmpty else { throw try map.required("modes").error("name one mode at least") }
        for operation in definition.operations {
            for scope in operation.scopes where !definition.scopes.contains(scope) {
                throw operations.error("\(operation.type) needs \(scope), which `scopes:` does not request")
            }
        }
    }

    private func contract(_ node: YAMLNode, of provider: String) throws -> ProviderContract {
        let map = try node.map(["check", "local", "production", "version"])
        return ProviderContract(
            check: CheckID(try map.required("check").text()), provider: provider,
            currentMode: try map.required("local").text(), targetMode: try map.required("production").text(),
            version: try positive(map.required("version")))
    }

    /// Letters, digits and dashes: it stands in operations, scopes and addresses.
    private func word(_ node: YAMLNode) throws -> String {
        let text = try node.text()
        let isPlain = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        guard isPlain, !text.isEmpty, text.utf8.count <= 40 else {
            throw node.error("must be of the letters a to z, digits and dashes, 40 at most")
        }
        return text
    }

    private func positive(_ node: YAMLNode) throws -> Int {
        let number = try node.integer()
        guard (1...100_000).contains(number) else { throw node.error("must be between 1 and 100000") }
        return Int(number)
    }

    private func modes(_ node: YAMLNode) throws -> [ProviderMode: [String: String?]] {
        var modes: [ProviderMode: [String: String?]] = [:]
        for (name, value) in try node.entries() {
            guard let mode = ProviderMode(rawValue: name) else { throw value.error("a mode is local or production") }
            let endpoints = try value.map(["endpoints"]).required("endpoints").entries()
            modes[mode] = try endpoints.reduce(into: [String: String?]()) { addresses, entry in
                addresses.updateValue(try address(entry.value), forKey: entry.key)
            }
        }
        return modes
    }

    /// Nil for `null`: every connection brings its own.
    private func address(_ node: YAMLNode) throws -> String? {
        let text = try node.text()
        if ["", "null", "~"].contains(text) { return nil }
        let hasScheme = ["https://", "http://127.0.0.1", "http://localhost", "postgres://"].contains {
            text.hasPrefix($0)
        }
        guard hasScheme, !text.hasSuffix("/") else {
            throw node.error("must be https:// (or http:// on this machine) and end without a slash")
        }
        return text
    }
}

extension ProviderFile {
    private func operation(_ node: YAMLNode, of provider: String) throws -> OperationDefinition {
        let map = try node.map([
            "type", "verb", "module", "capability", "protectedScope", "slots", "identity", "scopes", "deadlineSeconds",
            "attempts",
        ])
        let capability = try map.required("capability").choice(Capability.self)
        let attempts = try map.optional("attempts").map(positive)
        return OperationDefinition(
            type: try map.required("type").text(), verb: try map.required("verb").text(), provider: provider,
            module: try map.required("module").text(), capability: capability,
            // A check is what finds out whether there is consent.
            needsConsent: capability != .checkProvider, scopes: try map.optional("scopes")?.texts() ?? [],
            protectedScopes: [try scope(map)],
            identityFields: ["connection"] + (try map.optional("identity")?.texts() ?? []),
            retry: attempts.map { RetryPolicy.usual.limited(to: $0) } ?? .usual,
            deadlineSeconds: try map.optional("deadlineSeconds").map(positive) ?? 3600)
    }

    private func scope(_ map: YAMLMap) throws -> ScopeTemplate {
        let node = try map.required("protectedScope")
        let text = try node.text()
        guard !text.hasPrefix("="), !text.contains(where: \.isNewline), !text.isEmpty else {
            throw node.error("must be one line and not begin with =")
        }
        return ScopeTemplate(text, slots: try map.optional("slots").map(positive) ?? 1)
    }
}
