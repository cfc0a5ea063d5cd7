/// How a device waits for its person: when it asks next, and when it asks no more (RFC 8628, 3.5).
///
/// It counts the seconds it was told to wait, and no clock's: a provider keeps the time itself, and says when it is over.
/// The count only ends what a provider would let wait for ever.
struct DeviceWait: Sendable, Hashable {
    /// Between two questions, where the provider does not say.
    static let usualSeconds: Int64 = 5
    /// What `slow_down` adds.
    static let slowerSeconds: Int64 = 5

    private(set) var intervalSeconds: Int64
    private var leftSeconds: Int64

    init(intervalSeconds: Int64, lifeSeconds: Int64) {
        self.intervalSeconds = intervalSeconds
        leftSeconds = lifeSeconds
    }

    /// How long to wait before the next question. Throws `deviceCodeExpired` when the code's life has been waited out.
    mutating func next() throws(LoginRefusal) -> Int64 {
        guard leftSeconds > 0 else { throw .deviceCodeExpired }
        leftSeconds -= intervalSeconds
        return intervalSeconds
    }

    /// Takes the word by which the token endpoint refused; throws for one that ends the waiting.
    mutating func receive(_ word: ProviderWord) throws(LoginRefusal) {
        switch word.description {
        case "authorization_pending": break
        case "slow_down": intervalSeconds += Self.slowerSeconds
        case "expired_token": throw .deviceCodeExpired
        case "access_denied": throw .refusedByProvider(word)
        default: throw .refusedByTokenEndpoint(word)
        }
    }

    /// The provider did not answer, or cannot now: the next question comes after twice the time.
    mutating func backOff() {
        intervalSeconds *= 2
    }
}
