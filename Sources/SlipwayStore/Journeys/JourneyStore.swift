package import SlipwayDomain
package import SlipwaySQL

/// A journey as its row has it: what of it is read elsewhere, such as its manifest's digest, is not here.
package struct JourneyRow: Sendable {
    package let id: ID<Journey>
    package let name: String
    package let from: JourneyEnvironment
    package let to: JourneyEnvironment
    /// The name of its cutover and the manifest's file.
    package let cutover: (name: String, file: String)?
    package let people: JourneyPeople
    package let createdAt: Timestamp

    package init(
        id: ID<Journey>, name: String, from: JourneyEnvironment, to: JourneyEnvironment,
        cutover: (name: String, file: String)? = nil, people: JourneyPeople = JourneyPeople(), createdAt: Timestamp
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

/// What is read and written of journeys and of the decisions in them.
package enum JourneyStore {
    private static let columns: SQL =
        "id, name, from_environment, to_environment, cutover, manifest_file, people, created_at"

    /// By name. A journey is the workspace's: who is entitled to some of its tenants alone sees none.
    package static func all(in scope: AccessScope, _ transaction: any Transaction) throws -> [JourneyRow] {
        guard scope.entitlement == .workspace else { return [] }
        return try transaction.query(
            "SELECT \(sql: columns) FROM journeys WHERE workspace_id = \(scope.workspace) ORDER BY name"
        ).map(row)
    }

    package static func journey(
        named name: String, in scope: AccessScope, _ transaction: any Transaction
    ) throws -> JourneyRow? {
        guard scope.entitlement == .workspace else { return nil }
        return try transaction.query(
            "SELECT \(sql: columns) FROM journeys WHERE workspace_id = \(scope.workspace) AND name = \(name)"
        ).first.map(row)
    }

    /// Adds a journey. Throws `unique` when the workspace has one of that name.
    package static func add(_ journey: JourneyRow, to workspace: ID<Workspace>, _ transaction: any Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO journeys (id, workspace_id, name, from_environment, to_environment, cutover, manifest_file, people,
                created_at)
            VALUES (\(journey.id), \(workspace), \(journey.name), \(journey.from.rawValue), \(journey.to.rawValue),
                \(journey.cutover?.name), \(journey.cutover?.file), \(try journey.people.json.text()),
                \(journey.createdAt))
            """)
    }

    /// Says which cutover moves a journey's data.
    package static func set(
        cutover: (name: String, file: String), of journey: ID<Journey>, _ transaction: any Transaction
    ) throws {
        try transaction.execute(
            "UPDATE journeys SET cutover = \(cutover.name), manifest_file = \(cutover.file) WHERE id = \(journey)")
    }

    package static func set(
        people: JourneyPeople, of journey: ID<Journey>, _ transaction: any Transaction
    ) throws {
        try transaction.execute("UPDATE journeys SET people = \(try people.json.text()) WHERE id = \(journey)")
    }

    private static func row(_ row: Row) throws -> JourneyRow {
        let name = try row.textIfAny("cutover")
        let file = try row.textIfAny("manifest_file")
        let cutover = name.flatMap { name in file.map { (name, $0) } }
        return JourneyRow(
            id: try row.id("id"), name: try row.text("name"), from: try row.state("from_environment"),
            to: try row.state("to_environment"), cutover: cutover, people: JourneyPeople(json: try row.json("people")),
            createdAt: try row.moment("created_at"))
    }
}
