/// Hands out work to whoever is free. Who finds it empty is done, though another may still add to it: that one
/// then does more itself.
actor WorkQueue<Item: Sendable> {
    private var items: ArraySlice<Item>

    init(_ items: [Item]) {
        self.items = items[...]
    }

    func next() -> Item? {
        items.popFirst()
    }

    func add(_ more: [Item]) {
        items += more
    }
}
