import SlipwayDomain

/// Something of the provider's that is fetched when it is first needed and kept for a while.
///
/// Callers who need it at once share one fetch. A caller who is cancelled takes only its own fetch along: the next in
/// line begins anew.
actor Remembered<Value: Sendable> {
    /// A value and which fetch brought it.
    struct Copy: Sendable {
        let value: Value
        let fetched: Timestamp
        let number: Int
    }

    private let clock: any WallClock
    private let terms: RememberedTerms
    private let load: @Sendable () async throws -> Value
    private var copy: Copy?
    private var failure: (error: any Error, at: Timestamp)?
    private var isLoading = false
    /// What the last fetch came to; nil while one is under way and after one that was cancelled.
    private var outcome: Result<Copy, any Error>?
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var lastForced: Timestamp?

    /// How many callers wait for the fetch that is under way.
    var waitingCount: Int { waiting.count }

    init(clock: any WallClock, terms: RememberedTerms, load: @escaping @Sendable () async throws -> Value) {
        self.clock = clock
        self.terms = terms
        self.load = load
    }

    /// The value, fetched when there is none or it is old. While the provider is unavailable an old one stays good for
    /// as long as the terms allow.
    func current() async throws -> Copy {
        if let copy, clock.now().isWithin(seconds: terms.freshSeconds, of: copy.fetched) { return copy }
        do {
            return try await reloaded()
        } catch let error as ProviderUnavailable {
            guard let copy, clock.now().isWithin(seconds: terms.graceSeconds, of: copy.fetched) else { throw error }
            return copy
        }
    }

    /// A copy that is newer than this one, which lacked something; nil when it is too early to ask for it again.
    func newer(than seen: Copy) async throws -> Copy? {
        if let copy, copy.number > seen.number { return copy }
        if isLoading { return try await reloaded() }
        let now = clock.now()
        if let lastForced, now.isWithin(seconds: terms.coolDownSeconds, of: lastForced) { return nil }
        lastForced = now
        return try await reloaded()
    }

    private func reloaded() async throws -> Copy {
        while isLoading {
            await withCheckedContinuation { waiting.append($0) }
            if let outcome { return try outcome.get() }
        }
        if let failure, clock.now().isWithin(seconds: terms.retrySeconds, of: failure.at) { throw failure.error }
        return try await loadNow()
    }

    private func loadNow() async throws -> Copy {
        isLoading = true
        outcome = nil
        defer { finishLoading() }
        do {
            let value = try await load()
            let loaded = Copy(value: value, fetched: clock.now(), number: (copy?.number ?? 0) + 1)
            copy = loaded
            failure = nil
            outcome = .success(loaded)
            return loaded
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            failure = (error, clock.now())
            outcome = .failure(error)
            throw error
        }
    }

    private func finishLoading() {
        isLoading = false
        let woken = waiting
        waiting = []
        for continuation in woken { continuation.resume() }
    }
}

/// How long something of the provider's is good for.
struct RememberedTerms: Sendable {
    var freshSeconds: Int64 = 3600
    /// While the provider is unavailable.
    var graceSeconds: Int64
    /// Between two fetches that somebody's token asked for.
    var coolDownSeconds: Int64 = 300
    /// After a fetch that failed, everybody is told so for this long.
    var retrySeconds: Int64 = 5

    static let discovery = RememberedTerms(graceSeconds: 86_400)
    /// Shorter, because a key that the provider withdrew counts for that long when nobody can be asked.
    static let keys = RememberedTerms(graceSeconds: 21_600)
}
