/// How long a call may take and how much may come back.
package struct CallLimits: Sendable {
    /// For the whole of a call, from the first look-up to the last byte, redirects among it.
    package var totalMilliseconds = 10_000
    /// For one of several addresses of a name, so that a silent one leaves time for the next.
    package var connectMilliseconds = 3000
    package var bodyBytes = 1 << 20
    package var headerBytes = 64 << 10

    package init() {}
}
