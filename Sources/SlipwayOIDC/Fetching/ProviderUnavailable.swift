/// The provider did not answer, or said that it cannot now. It says nothing about the token or the login it was needed
/// for: both may be tried again.
package struct ProviderUnavailable: Error, Hashable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case unreachable(String)
        case timedOut
        case status(Int)
    }

    package let document: ProviderDocument
    package let reason: Reason

    package init(_ document: ProviderDocument, _ reason: Reason) {
        self.document = document
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .unreachable(let cause): "\(document) of the provider cannot be reached: \(cause)"
        case .timedOut: "\(document) of the provider did not answer in time"
        case .status(let status): "\(document) of the provider answered \(status)"
        }
    }
}

extension FetchAnswer {
    /// Throws for the statuses by which a server says that it is not the question's fault.
    func checkAvailability(of document: ProviderDocument) throws(ProviderUnavailable) {
        if status >= 500 || status == 429 || status == 408 { throw ProviderUnavailable(document, .status(status)) }
    }
}
