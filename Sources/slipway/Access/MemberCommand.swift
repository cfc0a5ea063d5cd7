import ArgumentParser
import SlipwayDomain
import SlipwayOperations

struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Who may see what in the workspace, and do what.",
        subcommands: [MemberList.self, MemberAdd.self, MemberRemove.self, MemberSignOut.self])
}

/// Names one member.
struct MemberOptions: ParsableArguments {
    @Argument(help: "Their id: `sub` at the OpenID provider, or X-Slipway-Actor in mock mode.")
    var subject: String

    @Option(help: "The OpenID provider that vouches for them; mock mode's headers when not given.")
    var issuer = Identity.mockIssuer

    var identity: Identity { Identity(issuer: issuer, subject: subject) }
}

struct MemberAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a member, or change what they are.",
        discussion: "Roles: \(Role.names).")
    @OptionGroup var member: MemberOptions

    @Option(help: "Their role.")
    var role: String

    @Option(
        help: ArgumentHelp("A tenant they may see; once for each. Every tenant when none is given.", valueName: "name"))
    var tenant: [String] = []

    @Option(help: "As people call them; their id when not given.")
    var name: String?

    @Flag(help: "No person: signs in by tokens alone.")
    var service = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            guard let role = Role.named(role) else {
                throw CommandFailure(status: .usage, description: "--role is one of \(Role.names)")
            }
            let installation = try await Installation(data)
            let (member, hasChanged) = try await installation.members.put(
                Members.Draft(
                    identity: self.member.identity, kind: service ? .service : .person,
                    name: name ?? self.member.subject,
                    role: role, tenants: tenant.isEmpty ? nil : tenant), installation.context())
            console.line(hasChanged ? MemberLines.line(member) : "\(member.identity) is that already")
            try console.result(MemberLines.json(member))
        }
    }
}

struct MemberList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The members there are.")

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let members = try await installation.members.all(installation.context())
            if members.isEmpty { console.line("no members: add one with `slipway member add ID --role ROLE`") }
            for member in members { console.line(MemberLines.line(member)) }
            try console.result(["members": .array(members.map(MemberLines.json))])
        }
    }
}

struct MemberRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a member; their sessions and tokens end with them.")
    @OptionGroup var member: MemberOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            try await installation.members.remove(member.identity, installation.context())
            console.line("\(member.identity) is no member any more")
        }
    }
}

struct MemberSignOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-out", abstract: "End every session of a member; their tokens stay.")
    @OptionGroup var member: MemberOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let count = try await installation.sessions.closeAll(of: member.identity, installation.context())
            console.line("\(Figures.count(count, "session")) of \(member.identity) ended")
        }
    }
}

extension Installation {
    var members: Members { Members(changes) }
}

enum MemberLines {
    static func line(_ member: Member) -> String {
        let tenants =
            switch member.entitlement {
            case .workspace: "every tenant"
            case .tenants(let ids): Figures.count(ids.count, "tenant")
            }
        let who = Figures.padded("\(member.identity)", 34)
        return "\(who) \(Figures.padded(member.role, 12)) \(Figures.padded(tenants, 14)) \(member.name)"
    }

    static func json(_ member: Member) -> JSONValue {
        let tenants: JSONValue =
            switch member.entitlement {
            case .workspace: .null
            case .tenants(let ids): .array(ids.sorted().map { .integer($0.number) })
            }
        return [
            "issuer": .string(member.identity.issuer), "subject": .string(member.identity.subject),
            "kind": .string(member.kind.rawValue), "name": .string(member.name), "role": .string(member.role),
            "tenants": tenants,
            "capabilities": .array(member.access.capabilities.map(\.rawValue).sorted().map(JSONValue.string)),
        ]
    }
}
