/// One thing that would not arrive exactly, or stays behind.
package struct Hazard: Sendable, Hashable {
    package var kind: HazardClass
    package var table: String
    package var column: String?
    /// Which row, when it is one row's.
    package var key: String?
    /// What is there, as a shape: never a whole value.
    package var value: String?
    /// What exactly, where the class alone does not say it.
    package var detail: String?
}

/// All hazards of one class in one place: counted, with the first few named and one way out.
package struct HazardGroup: Sendable, Hashable {
    package var kind: HazardClass
    package var table: String
    package var column: String?
    package var count: Int
    package var examples: [Hazard]
    /// The manifest line that would resolve it.
    package var resolution: String?
}

/// Gathers hazards as they are found; memory does not grow with their number.
struct HazardCollector {
    private struct Place: Hashable {
        var kind: HazardClass
        var table: String
        var column: String?
    }

    private static let examplesKept = 5
    private var order: [Place] = []
    private var groups: [Place: HazardGroup] = [:]
    /// Told of every single hazard, for the complete list on disk.
    let each: (Hazard) -> Void

    init(each: @escaping (Hazard) -> Void) {
        self.each = each
    }

    mutating func add(_ hazard: Hazard) {
        each(hazard)
        let place = Place(kind: hazard.kind, table: hazard.table, column: hazard.column)
        if groups[place] == nil {
            order.append(place)
            groups[place] = HazardGroup(
                kind: hazard.kind, table: hazard.table, column: hazard.column, count: 0, examples: [], resolution: nil)
        }
        groups[place]?.count += 1
        if groups[place]?.examples.count ?? 0 < Self.examplesKept { groups[place]?.examples.append(hazard) }
    }

    var all: [HazardGroup] { order.compactMap { groups[$0] } }
}
