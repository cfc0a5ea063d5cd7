/// The contract's media types, written down a second time: what a client was told does not move with the code.
enum ContractMedia {
    static let outcome = "application/vnd.tenantpilot.provider-start-outcome+json"
    static let bootstrap = "application/vnd.tenantpilot.onboarding-bootstrap-start-outcome+json"
    static let detail = "application/vnd.tenantpilot.provider-backed-run-detail+json"
}
