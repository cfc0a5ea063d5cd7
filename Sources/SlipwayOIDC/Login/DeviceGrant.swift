import SlipwayDomain

/// A sign-in that a device began: where the person goes, and what they type there.
package struct DeviceGrant: Sendable {
    /// For the provider alone: whoever has it gets the tokens.
    let deviceCode: Secret
    package let userCode: String
    /// Where the person types the code; any browser on any machine will do.
    package let address: String
    /// The same with the code in it; nil when the provider has none.
    package let addressWithCode: String?
    package let lifeSeconds: Int64
    /// How long to wait before each question.
    let intervalSeconds: Int64
    let tokens: TokenEndpoint

    /// What is shown to a person stands in plain ASCII, so that a provider cannot draw on a terminal with it.
    init(_ body: JSONValue, tokens: TokenEndpoint) throws(LoginRefusal) {
        guard let code = body["device_code"]?.stringValue, !code.isEmpty,
            let userCode = body["user_code"]?.stringValue, Self.isPlain(userCode),
            let address = body["verification_uri"]?.stringValue, ProviderURL.isAcceptable(address),
            let life = body["expires_in"]?.integerValue, (1...86_400).contains(life)
        else { throw .malformedDeviceAnswer }
        let interval = body["interval"]?.integerValue ?? DeviceWait.usualSeconds
        guard (0...life).contains(interval) else { throw .malformedDeviceAnswer }
        deviceCode = Secret(code)
        self.userCode = userCode
        self.address = address
        addressWithCode = body["verification_uri_complete"]?.stringValue.flatMap {
            ProviderURL.isAcceptable($0) ? $0 : nil
        }
        lifeSeconds = life
        intervalSeconds = max(1, interval)
        self.tokens = tokens
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
