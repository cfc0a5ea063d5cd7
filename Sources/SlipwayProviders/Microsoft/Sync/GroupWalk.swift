import SlipwayDomain

/// How far a delta query has been followed.
struct GroupWalk: Sendable {
    /// The address of the next page; nil after the last.
    private(set) var next: String?
    /// What the next sync goes on from; with the last page.
    private(set) var cursor: String?
    /// Whether it is told everything, and not what changed alone.
    private(set) var isWhole: Bool
    private(set) var pages = 0
    private(set) var brought = 0
    private(set) var removed = 0
    private(set) var unreadable = 0
    private(set) var startedOver = false
    /// How many there are afterwards.
    var there: Int?

    /// `cursor` is what the last sync ended with; nil begins with everything.
    init(cursor: String?, root: String) {
        next = cursor ?? Self.first(root)
        isWhole = cursor == nil
    }

    /// Takes in a page that was kept.
    mutating func take(_ page: GraphPage) throws(AdapterFailure) {
        pages += 1
        brought += page.page.objects.count
        removed += page.page.removed.count
        unreadable += page.unreadable
        guard page.next == nil || page.next != next else {
            throw .terminal(.providerRefused, detail: "a page leads to itself")
        }
        next = page.next
        cursor = page.delta
    }

    /// The provider has forgotten where the walk was: begins with everything, once.
    mutating func startOver(root: String) throws(AdapterFailure) {
        guard !startedOver else {
            throw .terminal(.providerRefused, detail: "the provider forgets where a sync is before it ends")
        }
        self = GroupWalk(cursor: nil, root: root)
        startedOver = true
    }

    var facts: JSONValue {
        [
            "pages": .integer(Int64(pages)), "brought": .integer(Int64(brought)), "removed": .integer(Int64(removed)),
            "unreadable": .integer(Int64(unreadable)), "whole": .bool(isWhole), "started_over": .bool(startedOver),
            "there": there.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    private static func first(_ root: String) -> String { "\(root)/groups/delta?$select=\(GroupsSync.properties)" }
}
