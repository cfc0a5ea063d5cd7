import SlipwayCutover
import SlipwayDomain

/// One stage of a cutover, with what it takes.
enum CutoverStage: Sendable {
    case connect
    case preflight
    case dryRun
    case copy(BatchSize, restart: Bool)
    case verify(limit: Int)
    case drill
    case wiring

    var operation: String {
        switch self {
        case .connect: "cutover.connect"
        case .preflight: "cutover.preflight"
        case .dryRun: "cutover.dry_run"
        case .copy: "cutover.copy"
        case .verify: "cutover.verify"
        case .drill: "cutover.drill"
        case .wiring: "cutover.wiring"
        }
    }

    /// What a run keeps of it, so that whoever carries it out does the same.
    var fields: [String: String] {
        switch self {
        case .connect, .preflight, .dryRun, .drill, .wiring: [:]
        case .copy(let batch, let restart):
            [
                "batch_rows": String(batch.rows), "batch_bytes": String(batch.bytes),
                "restart": restart ? "yes" : "no",
            ]
        case .verify(let limit): ["limit": String(limit)]
        }
    }

    /// The stage a run is of; nil when the run is of something else.
    init?(operation: String, fields: [String: String]) {
        switch operation {
        case "cutover.connect": self = .connect
        case "cutover.preflight": self = .preflight
        case "cutover.dry_run": self = .dryRun
        case "cutover.copy":
            let batch = BatchSize(
                rows: fields["batch_rows"].flatMap(Int.init) ?? BatchSize.usual.rows,
                bytes: fields["batch_bytes"].flatMap(Int.init) ?? BatchSize.usual.bytes)
            self = .copy(batch, restart: fields["restart"] == "yes")
        case "cutover.verify": self = .verify(limit: fields["limit"].flatMap(Int.init) ?? 100)
        case "cutover.drill": self = .drill
        case "cutover.wiring": self = .wiring
        default: return nil
        }
    }
}

/// What a stage came to.
struct StageResult: Sendable {
    /// To be sealed with the run.
    var packets: [PacketDraft] = []
    var json: [String: JSONValue]
    /// Nil when it passed.
    var failure: ReasonCode?
}
