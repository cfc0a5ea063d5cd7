import SlipwayProviders

/// Attempts by where a first, right server sends its caller, and by names that lead elsewhere the second time.
extension GuardCase {
    static let redirects =
        redirected(
            .scheme,
            [
                "http://login.provider.example/", "ftp://login.provider.example/", "file:///etc/passwd",
                "HTTPS://login.provider.example/", "javascript:x", "gopher://127.0.0.1/", "unix:/var/run/docker.sock",
            ])
        + redirected(
            .allowed,
            [
                "https://evil.example/", "//evil.example/", "https://127.0.0.1/", "//127.0.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::1]/", "https://login.provider.example:8443/", "https://graph.provider.example/",
                "https://localhost/",
                "https://login.provider.example.evil.example/", "https://10.0.0.1/",
            ])
        + redirected(
            .userinfo,
            [
                "https://login.provider.example@evil.example/", "//login.provider.example@127.0.0.1/",
                "//a:b@login.provider.example/",
            ])
        + redirected(
            .host,
            [
                "https://2130706433/", "//0x7f.1/", "https://127.1/", "https://login.provider.example./",
                "///evil.example/",
                "https:///evil.example", "https://[::ffff:127.0.0.1]/",
            ])
        + redirected(
            .characters,
            [
                "https://login.provider.example\\@evil.example/", "/\\evil.example/", "\\\\evil.example/", "/a b",
                "/%zz",
            ])
        + redirected(.port, ["https://login.provider.example:0/", "//login.provider.example:99999/"])
        + redirected(.path, ["/../admin", "../../admin", "./x", "/a/%2e%2e/b"])
        + redirected(
            nil,
            [
                "/next", "next", "?page=2", "https://login.provider.example/next",
                "https://login.provider.example:443/next",
                "//login.provider.example/next", "https://graph.provider.example:8443/v1/me", "/next#part",
            ])

    static let rebinding: [GuardCase] =
        [
            "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
            "0.0.0.0",
        ].flatMap { second in
            [
                // A second question would get another answer: there must be none, so this passes.
                GuardCase(
                    url: "https://login.provider.example/", answers: [[publicAddress], [second]], refusedBy: nil),
                // After a redirect there is one, and what it brings is judged.
                GuardCase(
                    url: "https://login.provider.example/start", location: "/next",
                    answers: [[publicAddress], [second]],
                    refusedBy: .address),
                GuardCase(
                    url: "https://login.provider.example/start", location: "https://graph.provider.example:8443/",
                    answers: [[publicAddress], [publicAddress, second]], refusedBy: .address),
            ]
        }

    static let passing =
        passed([
            "https://login.provider.example", "https://login.provider.example/",
            "https://login.provider.example:443/token",
            "https://login.provider.example?x=1", "https://login.provider.example/a/b/c?d=e&f=%20g",
            "https://graph.provider.example:8443/v1/groups",
            "https://graph.provider.example:8443/v1/groups?$filter=startswith(displayName,'a')&$top=5",
            "https://login.provider.example//x", "https://login.provider.example/...",
            "https://login.provider.example/a..b/.c",
            "https://login.provider.example/?next=https://evil.example/", "https://login.provider.example/?q=a/../b",
            "https://login.provider.example/caf%C3%A9", "https://login.provider.example/a@b",
            "https://login.provider.example/a:b;c=d,e",
            "https://login.provider.example/users/a%2Fb", "https://login.provider.example/?m=a@b.example",
        ])
        + listed(
            nil,
            [
                "https://xn--bcher-kva.example", "https://idp", "https://a-b.c--d.example:10443", "https://1.example",
                "https://93.184.216.34:8443", "https://[2606:2800:220:1::1]",
            ])
        + resolved(
            nil,
            [
                "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
                "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:1::", "2003::",
                "2606:2800:220:1::1",
                "64:ff9a:ffff::", "64:ff9b:0:1::", "64:ff9b:2::", "fbff::", "fe00::", "fec0::", "::fffe:7f00:1",
                "93.184.216.34 93.184.216.35 2606:2800:220:1::1",
            ])
}
