/// Lists of numbers, one after the other in one array: made once and read often.
struct IntLists: Sendable {
    private var ends = [0]
    private(set) var items: [Int] = []

    init() {}

    init(_ lists: some Sequence<[Int]>) {
        for list in lists {
            items += list
            close()
        }
    }

    /// Adds to the list that is being made.
    mutating func append(_ item: Int) { items.append(item) }

    /// Ends the list that is being made.
    mutating func close() { ends.append(items.count) }

    /// Where the items of a list are.
    subscript(list: Int) -> Range<Int> { Range(uncheckedBounds: (ends[list], ends[list + 1])) }
}
