/// What time it is: the one way any part of Slipway asks, so that a test can answer.
package protocol WallClock: Sendable {
    func now() -> Timestamp
}
