import SlipwayOperations

/// The pages of signing in and out, and the first page.
enum SignInPages {
    static func signedOut(next: String?) -> HTMLPage {
        let address = HTMLText.escaped(next ?? "/")
        return HTMLPage(
            title: "Signed out",
            body: "<p>Your session here has ended.</p>\n<p><a href=\"\(address)\">"
                + (next == nil ? "Sign in again" : "Go on to sign out at the provider") + "</a></p>",
            head: next == nil ? "" : "<meta http-equiv=\"refresh\" content=\"0; url=\(address)\">")
    }

    static let signIn = HTMLPage(
        title: "Slipway", body: "<p>You are not signed in.</p>\n<p><a href=\"/auth/login\">Sign in</a></p>")

    /// Who is signed in, and how; with the way out when there is a session.
    static func home(_ caller: Caller, formToken: String?) -> HTMLPage {
        var body = "<dl>\n"
        for (name, value) in [("Signed in as", caller.name), ("Role", caller.role ?? "none")] {
            body += "<dt>\(name)</dt><dd>\(HTMLText.escaped(value))</dd>\n"
        }
        body += "</dl>\n"
        if let formToken {
            body += """
                <form method="post" action="/auth/logout">
                <input type="hidden" name="csrf" value="\(HTMLText.escaped(formToken))">
                <button type="submit">Sign out</button>
                </form>

                """
        }
        return HTMLPage(title: "Slipway", body: body)
    }
}
