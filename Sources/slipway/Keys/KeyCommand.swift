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
            let key = try await installation.keys().versions()
            console.line("key ring \(key.ring), version \(key.current), in \(try installation.keeping().place)")
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
            let plan = try await KeyRotation(installation.database, try await installation.keys()).plan()
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
            var keys = try await installation.keys()
            let keeping = try installation.keeping()
            if dryRun {
                let plan = try await KeyRotation(installation.database, keys).plan()
                let count = resume ? plan.left : plan.uses.reduce(0) { $0 + $1.count }
                let version = resume ? plan.key.current : plan.key.current + 1
                console.line("\(Figures.count(count, "credential")) would move to version \(version)")
                return try console.result(plan.json)
            }
            if !resume { keys = try await keeping.rotate() }
            let rotation = KeyRotation(installation.database, keys)
            let (total, version) = (try await rotation.plan().left, try await keys.versions().current)
            let bar = ProgressBar(total: total, isJSON: json)
            let moved = try await rotation.run { bar.show("moving to version \(version)", done: $0, total: total) }
            bar.finish()
            let plan = try await rotation.plan()
            console.line("\(Figures.count(moved, "credential")) moved to version \(version), \(plan.left) left")
            if forget {
                guard plan.left == 0 else { throw ExitStatusOnly(status: .blocked) }
                try await keeping.forgetOlder()
                console.line("older versions open nothing any more")
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
