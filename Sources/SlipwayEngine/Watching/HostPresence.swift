package import SlipwayStore

/// How a worker's process is known to others, and how it knows theirs.
package struct HostPresence: Sendable {
    /// The machine, as far as processes can see each other there.
    package let host: String
    /// This process, so named that no later one is taken for it.
    package let process: String
    /// Whether a worker's process is there; nil when it is on another machine.
    package let lives: @Sendable (WorkerRecord) -> Bool?

    package init(host: String, process: String, lives: @escaping @Sendable (WorkerRecord) -> Bool?) {
        self.host = host
        self.process = process
        self.lives = lives
    }
}
