import Logging
import SlipwayDomain

/// The keys of the one issuer, from the one place its discovery document names. A token never says where to look.
struct KeySet: Sendable {
    private let remembered: Remembered<[ProviderKey]>

    init(
        discovery: Remembered<Discovery>, fetch: any Fetch, clock: any WallClock, terms: RememberedTerms = .keys,
        logger: Logger
    ) {
        remembered = Remembered(clock: clock, terms: terms) {
            let url = try await discovery.current().value.keysEndpoint
            let keys = try await Self.fetched(from: url, by: fetch)
            logger.info("the issuer's keys were fetched", metadata: ["keys": "\(keys.count)"])
            return keys
        }
    }

    /// The key that a token's header asks for. A name that nobody here knows is a reason to fetch the keys anew, once in
    /// five minutes. Throws `TokenRefusal`, or what fetching threw.
    func key(named id: String?, for algorithm: SignatureAlgorithm) async throws -> ProviderKey {
        let copy = try await remembered.current()
        guard let id else { return try Self.onlyKey(of: copy.value, for: algorithm) }
        var named = Self.keys(named: id, in: copy.value)
        if named.isEmpty, let newer = try await remembered.newer(than: copy) {
            named = Self.keys(named: id, in: newer.value)
        }
        guard !named.isEmpty else { throw TokenRefusal.unknownKey }
        let fitting = named.filter { $0.algorithms.contains(algorithm) }
        guard let key = fitting.first else { throw TokenRefusal.algorithmNotOfKey }
        guard fitting.count == 1 else { throw TokenRefusal.ambiguousKey }
        return key
    }

    /// How many keys there are that can be worked with.
    func count() async throws -> Int {
        try await remembered.current().value.count
    }

    private static func onlyKey(
        of keys: [ProviderKey], for algorithm: SignatureAlgorithm
    ) throws(TokenRefusal) -> ProviderKey {
        guard let key = keys.first else { throw .unknownKey }
        guard keys.count == 1 else { throw .keyIDMissing }
        guard key.algorithms.contains(algorithm) else { throw .algorithmNotOfKey }
        return key
    }

    private static func keys(named id: String, in keys: [ProviderKey]) -> [ProviderKey] {
        keys.filter { $0.id?.isExactly(id) == true }
    }

    private static func fetched(from url: String, by fetch: any Fetch) async throws -> [ProviderKey] {
        let answer = try await fetch.fetch(FetchRequest(.keys, at: url))
        try answer.checkAvailability(of: .keys)
        guard answer.status == 200 else { throw ProviderRefusal.status(.keys, answer.status) }
        guard let document = try? JSONValue(parsing: answer.body), let keys = document["keys"]?.arrayValue else {
            throw ProviderRefusal.malformed(.keys)
        }
        return keys.compactMap(ProviderKey.init)
    }
}
