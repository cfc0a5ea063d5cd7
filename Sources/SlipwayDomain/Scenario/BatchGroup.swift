/// The four parts in which an application's data is copied and reported: who may do what, the work, the money, and the trail.
package enum BatchGroup: String, CaseIterable, Sendable, Hashable, Comparable {
    case tenant
    case operations
    case finance
    case audit

    package static func < (left: BatchGroup, right: BatchGroup) -> Bool {
        order(left) < order(right)
    }

    private static func order(_ group: BatchGroup) -> Int {
        allCases.firstIndex(of: group) ?? 0
    }
}
