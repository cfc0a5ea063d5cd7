import SlipwayDomain

/// Telling ID tokens, access tokens and logout tokens apart: one issuer signs them all with one key.
struct TokenKind {
    let header: TokenHeader
    let claims: Claims
    let settings: OIDCSettings

    func checkIsIDToken() throws(TokenRefusal) {
        switch header.type {
        case nil, "jwt": break
        case "at+jwt": throw .accessTokenAsIDToken
        case "logout+jwt": throw .logoutToken
        default: throw .wrongType
        }
        try checkIsNoLogoutToken()
        switch try claims.text(.type)?.lowercased() {
        case "bearer", "refresh", "offline", "dpop": throw .accessTokenAsIDToken
        default: break
        }
    }

    func checkIsAccessToken() throws(TokenRefusal) {
        switch header.type {
        case nil, "jwt", "at+jwt": break
        case "logout+jwt": throw .logoutToken
        case let type? where type == "id" || type.hasPrefix("id_token") || type.hasPrefix("id+"):
            throw .idTokenAsAccessToken
        default: throw .wrongType
        }
        try checkIsNoLogoutToken()
        let type = try claims.text(.type)?.lowercased()
        guard !["nonce", "at_hash", "c_hash", "s_hash"].contains(where: claims.has), type != "id" else {
            throw .idTokenAsAccessToken
        }
        guard type != "refresh", type != "offline" else { throw .wrongType }
        try checkIsNoIDTokenOfSameAudience(type)
    }

    /// Where the API goes by the name of one of our clients, the audience does not tell the two apart: then something has
    /// to stand in the token that no ID token has.
    private func checkIsNoIDTokenOfSameAudience(_ type: String?) throws(TokenRefusal) {
        let clients = [settings.clientID, settings.programs.clientID].compactMap { $0 }
        guard clients.contains(where: settings.apiAudience.isExactly), header.type != "at+jwt", type != "bearer" else {
            return
        }
        guard ["scope", "scp", "client_id"].contains(where: claims.has) else { throw .idTokenAsAccessToken }
    }

    private func checkIsNoLogoutToken() throws(TokenRefusal) {
        let events = claims.value["events"]?.objectValue ?? [:]
        guard events["http://schemas.openid.net/event/backchannel-logout"] == nil else { throw .logoutToken }
    }
}
