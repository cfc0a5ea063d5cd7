/// Wakes a loop. It carries nothing: whoever wakes reads what is due. Many calls before the loop gets to it are one.
package struct Wake: Sendable {
    let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func callAsFunction() {
        continuation.yield()
    }

    func finish() {
        continuation.finish()
    }
}
