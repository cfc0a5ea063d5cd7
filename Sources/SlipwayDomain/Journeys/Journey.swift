/// One hop of an application between two environments, with the adapter that was chosen for it. Going live is asked and
/// answered of a journey.
package struct Journey: Hashable, Sendable {
    package let id: ID<Journey>
    /// What people call it; evidence that is the journey's own is sealed under this name.
    package let name: String
    package let from: JourneyEnvironment
    package let to: JourneyEnvironment
    /// The cutover that moves its data: the name the cutover's evidence is sealed under. Nil until one was named.
    package var cutover: Cutover?
    package var people: JourneyPeople
    package let createdAt: Timestamp

    /// The cutover of a journey, as its manifest stands now.
    package struct Cutover: Hashable, Sendable {
        package let name: String
        /// The manifest's file.
        package let file: String
        /// Nil when the file is not there, or cannot be read.
        package let manifest: Digest?

        package init(name: String, file: String, manifest: Digest?) {
            self.name = name
            self.file = file
            self.manifest = manifest
        }
    }

    package init(
        id: ID<Journey>, name: String, from: JourneyEnvironment, to: JourneyEnvironment, cutover: Cutover?,
        people: JourneyPeople, createdAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.from = from
        self.to = to
        self.cutover = cutover
        self.people = people
        self.createdAt = createdAt
    }
}

/// Where an application runs.
package enum JourneyEnvironment: String, CaseIterable, Sendable {
    case localDemo = "local-demo"
    case staging
    case production

    /// The adapter that an application has there.
    package var adapter: String {
        switch self {
        case .localDemo: "file-local"
        case .staging: "db-auth-session-adapter"
        case .production: "tenant-rbac-adapter"
        }
    }
}

/// Who owes what in a journey, where it is not as the plan has it.
package struct JourneyPeople: Hashable, Sendable {
    /// The owner of a check, by its id.
    package var owners: [CheckID: String]
    /// Who may sign in whose place, by the one who gave it to them.
    package var delegates: [String: Set<String>]

    package init(owners: [CheckID: String] = [:], delegates: [String: Set<String>] = [:]) {
        self.owners = owners
        self.delegates = delegates
    }
}

extension JourneyPeople {
    package var json: JSONValue {
        [
            "owners": .object(
                Dictionary(uniqueKeysWithValues: owners.map { ($0.key.rawValue, .string($0.value)) })),
            "delegates": .object(delegates.mapValues { .array($0.sorted().map(JSONValue.string)) }),
        ]
    }

    /// What is not said stands as the plan has it.
    package init(json: JSONValue) {
        let owners = (json["owners"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
        let delegates = (json["delegates"]?.objectValue ?? [:]).compactMapValues(\.arrayValue)
        self.init(
            owners: Dictionary(uniqueKeysWithValues: owners.map { (CheckID(rawValue: $0.key), $0.value) }),
            delegates: delegates.mapValues { Set($0.compactMap(\.stringValue)) })
    }
}
