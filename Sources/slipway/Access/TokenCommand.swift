import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "API tokens for automation.",
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
}

struct TokenCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a token of a member's; it is shown once.",
        discussion: "A token can do what its member can at most, now and later, within the bounds given here.")
    @OptionGroup var member: MemberOptions

    @Option(help: "What it is for.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "A capability it has; once for each. All of its member's when none is given.", valueName: "capability"))
    var can: [String] = []

    @Option(
        help: ArgumentHelp(
            "A tenant it is for; once for each. All of its member's when none is given.", valueName: "name"))
    var tenant: [String] = []

    @Option(help: "How many days it is good for.")
    var days = 90

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days is a number from 1 to 366.") }
        for name in can where Capability(rawValue: name) == nil {
            let known = Capability.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no capability \(name). There are: \(known).")
        }
    }

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let (token, text) = try await installation.tokens.create(
                Tokens.Draft(
                    member: member.identity, name: name,
                    capabilities: can.isEmpty ? nil : Set(can.compactMap(Capability.init(rawValue:))),
                    tenants: tenant.isEmpty ? nil : tenant, days: days),
                random: Self.secret(), installation.context())
            console.line(text)
            Console.warn("token \(token.id), good until \(token.expiresAt.rfc3339). It is not shown again.")
            try console.result(TokenLines.json(token, text: text))
        }
    }

    /// 256 bits from the system's generator.
    private static func secret() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

struct TokenList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The tokens there are.")

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let tokens = try await installation.tokens.all(of: nil, installation.context())
            if tokens.isEmpty { console.line("no tokens: make one with `slipway token create ID --name NAME`") }
            let now = installation.clock.now()
            for token in tokens { console.line(TokenLines.line(token, at: now)) }
            try console.result(["tokens": .array(tokens.map { TokenLines.json($0) })])
        }
    }
}

struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a token: from then on it opens nothing.")

    @Argument(help: "The token's number.")
    var token: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            guard let id = ID<APIToken>(text: token) else {
                throw CommandFailure(
                    status: .usage, description: "\(token) is no token's number: `slipway token list` shows them")
            }
            let installation = try await Installation(data)
            try await installation.tokens.revoke(id, installation.context())
            console.line("token \(id) is revoked")
        }
    }
}

extension Installation {
    var tokens: Tokens { Tokens(changes) }
}

enum TokenLines {
    static func line(_ token: TokenRecord, at now: Timestamp) -> String {
        let state =
            token.revokedAt != nil
            ? "revoked" : token.isValid(at: now) ? "until \(token.expiresAt.rfc3339)" : "past its time"
        let used = token.usedAt.map { "last used \($0.rfc3339)" } ?? "never used"
        return "\(token.id)  \(Figures.padded(token.name, 20)) \(token.member.identity)  \(state)  \(used)"
    }

    static func json(_ token: TokenRecord, text: String? = nil) -> JSONValue {
        var json: [String: JSONValue] = [
            "id": .integer(token.id.number), "name": .string(token.name),
            "member": .string(token.member.identity.subject),
            "capabilities": .array(token.access.capabilities.map(\.rawValue).sorted().map(JSONValue.string)),
            "createdAt": .string(token.createdAt.rfc3339), "expiresAt": .string(token.expiresAt.rfc3339),
            "revokedAt": token.revokedAt.map { .string($0.rfc3339) } ?? .null,
            "usedAt": token.usedAt.map { .string($0.rfc3339) } ?? .null,
        ]
        if let text { json["token"] = .string(text) }
        return .object(json)
    }
}
