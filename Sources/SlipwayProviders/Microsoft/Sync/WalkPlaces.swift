import SlipwayDomain
import Synchronization

/// Where walks stopped that failed on their way, for the next attempt of the same run.
final class WalkPlaces: Sendable {
    /// Forgetting one costs time and nothing else.
    private static let most = 100

    private let places = Mutex<[EffectKey: GroupWalk]>([:])

    /// Hands out a place once.
    func take(_ key: EffectKey) -> GroupWalk? {
        places.withLock { $0.removeValue(forKey: key) }
    }

    func keep(_ walk: GroupWalk, for key: EffectKey) {
        places.withLock { places in
            if places.count >= Self.most { places = [:] }
            places[key] = walk
        }
    }
}
