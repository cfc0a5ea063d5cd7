import Foundation
import SlipwayDomain
import SlipwayOperations
import SlipwayYAML

/// The schedules of an installation, as a person writes them down.
///
///     schedules:
///       nightly-groups:
///         operation: directory.groups.sync
///         tenant: Contoso
///         target: {selection_key: all_groups_v1}
///         cron: "30 2 * * *"
///         time_zone: Europe/Kyiv
///         missed: once
struct ScheduleFile {
    let path: String

    /// The file that was named, or `schedules.yaml` in the data directory.
    init(_ named: String?, data: String) {
        path = named ?? data + "/schedules.yaml"
        isNamed = named != nil
    }

    private let isNamed: Bool

    /// In the file's order; none when there is no file and none was named. Throws `DocumentError` with line and name
    /// for what cannot be obeyed.
    func schedules(_ registry: OperationRegistry) throws -> [Schedule] {
        guard FileManager.default.fileExists(atPath: path) else {
            guard !isNamed else { throw CommandFailure(status: .usage, description: "there is no file \(path)") }
            return []
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure(status: .unreachable, description: "\(path) cannot be read as UTF-8 text")
        }
        return try Self.schedules(in: text, document: path, registry)
    }

    static func schedules(in text: String, document: String, _ registry: OperationRegistry) throws -> [Schedule] {
        let root = try YAMLNode(parsing: text, document: document)
        return try root.map(["schedules"]).required("schedules").entries().map { name, node in
            try schedule(name, node, registry)
        }
    }

    private static func schedule(_ name: String, _ node: YAMLNode, _ registry: OperationRegistry) throws -> Schedule {
        let isPlain = name.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
        guard (1...64).contains(name.utf8.count), isPlain else {
            throw node.error("a schedule's name is 1 to 64 printable ASCII characters without spaces")
        }
        let map = try node.map(["operation", "tenant", "connection", "target", "cron", "time_zone", "missed"])
        let operation = try map.required("operation")
        guard let definition = registry[try operation.text()] else {
            throw operation.error("is no operation; `slipway operation list` shows those there are")
        }
        let target = try map.optional("target")?.entries().map { ($0.key, try $0.value.text()) } ?? []
        let fields = Dictionary(target, uniquingKeysWith: { $1 })
        for field in definition.fieldsOfItsOwn where fields[field] == nil {
            throw node.error("\(definition.type) needs \(field) in its target")
        }
        if definition.needsConnection, map.optional("tenant") == nil { throw node.error("`tenant:` is missing") }
        return Schedule(
            name: name, operation: definition.type, tenant: try map.optional("tenant")?.text(),
            connection: try map.optional("connection")?.integer(), target: fields,
            cron: try cron(map.required("cron")), zone: try map.optional("time_zone").map(zone) ?? .utc,
            missed: try map.optional("missed")?.choice(MissedFiring.self) ?? .skip)
    }

    private static func cron(_ node: YAMLNode) throws -> CronExpression {
        let text = try node.text()
        do {
            return try CronExpression(text)
        } catch {
            throw node.error("\(text): \(error)")
        }
    }

    private static func zone(_ node: YAMLNode) throws -> ZoneRules {
        let name = try node.text()
        guard TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC", let zone = TimeZone(identifier: name)
        else {
            throw node.error("\(name) is no time zone of the tz database, such as Europe/Kyiv")
        }
        return ZoneRules(name: name) { moment in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000))
        }
    }
}
