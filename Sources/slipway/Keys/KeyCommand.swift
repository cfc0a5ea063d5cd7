import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The key ring that seals credentials.",
        subcommands: [KeyNew.self, KeyRotate.self, KeyList.self])
}

struct KeyNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make the key ring, or say which one there is.",
        discussion: "Back the file up apart from the database: without it no credential opens again.")
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let ring = try await installation.keyRing()
            let place = installation.isRingInFile ? installation.keyFile.path : Installation.ringVariable
            console.line("key ring \(ring.name), version \(ring.current), in \(place)")
        }
    }
}

struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The versions of the key, and how many credentials are under each.")

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let plan = try await KeyRotation(installation.database, try await installation.keyRing()).plan()
            console.line("key ring \(plan.key.ring)")
            for version in plan.key.opening.sorted() {
                let count = plan.uses.first { $0.version == version }?.count ?? 0
                let state = version == plan.key.current ? "seals" : "opens only"
                console.line("version \(version)  \(state)  \(Figures.count(count, "credential"))")
            }
            try console.result(plan.json)
        }
    }
}

struct KeyRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a new version of the key and move every credential to it.",
        discussion: """
            Reads and writes go on meanwhile. Killed anywhere, the next `slipway key rotate --resume` goes on with what is \
            left. Servers on this data directory see the new version by themselves. --forget takes older versions out of the \
            ring once nothing is under them.
            """)
    @Flag(help: "Only say what would be moved.")
    var dryRun = false

    @Flag(help: "Make no new version: move what is left to the current one.")
    var resume = false

    @Flag(help: "Take versions that nothing is under out of the ring.")
    var forget = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            var ring = try await installation.keyRing()
            if dryRun {
                let plan = try await KeyRotation(installation.database, resume ? ring : ring.rotated()).plan()
                console.line("\(Figures.count(plan.left, "credential")) would move to version \(plan.key.current)")
                return try console.result(plan.json)
            }
            guard installation.isRingInFile || resume && !forget else {
                throw CommandFailure(
                    status: .usage,
                    description:
                        "the key ring is in \(Installation.ringVariable): add a version there, then run `slipway key rotate --resume`"
                )
            }
            if !resume {
                ring = ring.rotated()
                try installation.keyFile.write(ring)
            }
            let rotation = KeyRotation(installation.database, ring)
            let total = try await rotation.plan().left
            let bar = ProgressBar(total: total, isJSON: json)
            let version = ring.current
            let moved = try await rotation.run { bar.show("moving to version \(version)", done: $0, total: total) }
            bar.finish()
            let plan = try await rotation.plan()
            console.line("\(Figures.count(moved, "credential")) moved to version \(ring.current), \(plan.left) left")
            if forget {
                guard plan.left == 0 else { throw ExitStatusOnly(status: .blocked) }
                try installation.keyFile.write(ring.withoutOlder())
                console.line("older versions are out of the ring")
            }
            try console.result(plan.json)
        }
    }
}

extension KeyRotation.Plan {
    fileprivate var json: JSONValue {
        [
            "ring": .string(key.ring), "current": .integer(key.current), "left": .integer(Int64(left)),
            "versions": .array(
                uses.map { use in
                    [
                        "ring": .string(use.ring), "version": .integer(use.version),
                        "credentials": .integer(Int64(use.count)),
                    ]
                }),
        ]
    }
}
