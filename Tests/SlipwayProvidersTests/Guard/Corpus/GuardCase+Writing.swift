import SlipwayProviders

/// Attempts by the way a URL is written.
extension GuardCase {
    static let schemes = refused(
        .scheme,
        [
            "http://login.provider.example/", "http://login.provider.example:443/", "HTTPS://login.provider.example/",
            "Https://login.provider.example/", "ftp://login.provider.example/", "file:///etc/passwd",
            "file://localhost/etc/passwd",
            "gopher://login.provider.example:70/_x", "dict://127.0.0.1:11211/stat", "ldap://login.provider.example/",
            "ldaps://login.provider.example/", "tftp://login.provider.example/x", "ssh://login.provider.example/",
            "ws://login.provider.example/", "wss://login.provider.example/", "data:text/plain,x", "javascript:x",
            "jar:https://login.provider.example/x", "unix:/var/run/docker.sock", "unix:///var/run/docker.sock",
            "http+unix:///var/run/docker.sock", "https+unix:///var/run/docker.sock", "httpss://login.provider.example/",
            "https:login.provider.example", "https:/login.provider.example/", "//login.provider.example/",
            "login.provider.example/token", "/token", "", "://login.provider.example/",
            "view-source:https://login.provider.example/",
            "url:https://login.provider.example/",
        ])

    static let userinfo = refused(
        .userinfo,
        [
            "https://ann@login.provider.example/", "https://ann:pw@login.provider.example/",
            "https://@login.provider.example/",
            "https://:@login.provider.example/", "https://login.provider.example@evil.example/",
            "https://login.provider.example:443@evil.example/", "https://login.provider.example@127.0.0.1/",
            "https://login.provider.example%40evil.example@127.0.0.1/", "https://a@b@login.provider.example/",
            "https://127.0.0.1@login.provider.example/", "https://[::1]@login.provider.example/",
            "https://login.provider.example:@169.254.169.254/", "https://login.provider.example@[::1]:443/",
            "https://login.provider.example@2130706433/",
        ])

    static let characters = refused(
        .characters,
        [
            "https://login.provider.example\\@evil.example/", "https://login.provider.example\\.evil.example/",
            "https:\\\\login.provider.example/", "https://login.provider.example\t/",
            "https://log\tin.provider.example/",
            "https://login.provider.example\n/", "https://login.provider.example/\r\nHost: evil.example",
            "https://login.provider.example/ HTTP/1.1", " https://login.provider.example/",
            "https://login.provider.example/ ",
            "https://login.provider.example\u{0}.evil.example/", "https://login.provider.example/\u{0}",
            "https://login.provider.example/\u{7F}", "\u{1}https://login.provider.example/",
            "ht\ntps://login.provider.example/",
            "https://login.provider.example#@evil.example/", "https://evil.example#login.provider.example",
            "https://login.provider.example/#x", "https://login.provider.example/<x>",
            "https://login.provider.example/\"",
            "https://login.provider.example/{x}", "https://login.provider.example/a|b",
            "https://login.provider.example/^",
            "https://login.provider.example/`x`", "https://login.provider.example/%",
            "https://login.provider.example/%2",
            "https://login.provider.example/%zz", "https://login.provider.example/?q=%g0",
            "https://login.provider.example/\u{85}", "https://login.provider.example/\u{2028}x",
            "https://login.provider.example/caf\u{E9}", "https://login.provider.example\u{AD}/",
            // Letters that IDNA or a normalisation would turn into those of the right name, or of a number.
            "https://\u{FF4C}ogin.provider.example/", "https://login\u{3002}provider\u{3002}example/",
            "https://login\u{FF0E}provider.example/", "https://login\u{FF61}provider.example/",
            "https://login.provider.\u{212F}xample/", "https://log\u{131}n.provider.example/",
            "https://lo\u{262}in.provider.example/", "https://l\u{43E}gin.provider.example/",
            "https://login.provider.example\u{2044}.evil.example/",
            "https://login.provider.example\u{FF0F}evil.example/",
            "https://login.provider.example\u{FF1A}443/", "https://evil.example\u{FF20}login.provider.example/",
            "https://\u{FF11}\u{FF12}\u{FF17}.0.0.1/", "https://\u{2460}27.0.0.1/",
            "https://127\u{3002}0\u{3002}0\u{3002}1/",
            "https://\u{661}\u{662}\u{667}.0.0.1/", "https://\u{1D7CF}27.0.0.1/", "https://[\u{FF1A}\u{FF1A}1]/",
            "https://lo\u{200B}gin.provider.example/", "https://login.provider.example\u{202E}/",
            "https://\u{FF4C}\u{FF4F}\u{FF43}\u{FF41}\u{FF4C}\u{FF48}\u{FF4F}\u{FF53}\u{FF54}/",
            "https://stra\u{DF}e.example/",
            "\u{FF48}ttps://login.provider.example/", "https\u{FF1A}//login.provider.example/",
        ])

    static let hosts =
        refused(
            .host,
            [
                "https:///login.provider.example/", "https://", "https:///", "https://?x", "https://:443/",
                "https://login.provider.example./", "https://login.provider.example.:443/",
                "https://.login.provider.example/",
                "https://login..provider.example/", "https://LOGIN.provider.example/",
                "https://login.Provider.example/",
                "https://login.provider.EXAMPLE/", "https://-login.provider.example/",
                "https://login-.provider.example/",
                "https://login_.provider.example/", "https://login%2Eprovider.example/",
                "https://%6Cogin.provider.example/",
                "https://login.provider.example%00.evil.example/", "https://login.provider.example%2F.evil.example/",
                "https://login.provider.example%09/", "https://login.provider.example%20/",
                "https://login.provider.example%23.evil.example/",
                "https://login.provider.example%5C.evil.example/", "https://login.provider.example,evil.example/",
                "https://login.provider.example;evil.example/", "https://login.provider.example&evil.example/",
                "https://(login.provider.example)/", "https://*.provider.example/", "https://login.provider.example!/",
                "https://[login.provider.example]/", "https://[]/", "https://[/", "https://]/",
                "https://login.provider.example]/",
                "https://\(String(repeating: "a", count: 64)).example/",
                "https://\(Array(repeating: String(repeating: "a", count: 63), count: 4).joined(separator: ".")).example/",
            ])
        + refused(
            .allowed,
            [
                "https://1e3/", "https://evil.example/", "https://provider.example/", "https://example/",
                "https://localhost/",
                "https://evil.login.provider.example/", "https://login.provider.example.evil.example/",
                "https://login-provider.example/", "https://loginprovider.example/",
                "https://evillogin.provider.example/",
                "https://login.provider.example2/", "https://xn--ogin-0cb.provider.example/",
                "https://xn--80ak6aa92e.example/",
                "https://metadata.google.internal/", "https://metadata/", "https://kubernetes.default.svc/",
                "https://127.0.0.1.nip.example/", "https://evil.example?login.provider.example",
                "https://evil.example/login.provider.example", "https://evil.example/@login.provider.example",
                "https://evil.example?@login.provider.example/", "https://login/",
                "https://graph.provider.example.local:8443/",
            ])

    /// A server is called by its usual number or by its name, never by another spelling of the number.
    static let numbers = refused(
        .host,
        [
            "https://2130706433/", "https://0x7f000001/", "https://0x7F000001/", "https://017700000001/",
            "https://127.1/",
            "https://127.0.1/", "https://0x7f.0.0.1/", "https://0x7f.1/", "https://0177.0.0.1/", "https://0177.1/",
            "https://00000177.0.0.1/", "https://127.0.0.01/", "https://127.00.0.1/", "https://127.0.0.1./",
            "https://127.0.0.1../",
            "https://127.0.0.0x1/", "https://127.0.0.256/", "https://383.0.0.1/", "https://127.0.0.1.1/",
            "https://127..0.1/",
            "https://.127.0.0.1/", "https://127.0.0/", "https://127/", "https://0/", "https://0x0/", "https://00/",
            "https://0x/",
            "https://4294967295/", "https://4294967296/", "https://6425673729/", "https://2852039166/",
            "https://0xa9fea9fe/",
            "https://0xA9.0xFE.0xA9.0xFE/", "https://0251.0376.0251.0376/", "https://169.254.43518/",
            "https://169.16689662/",
            "https://0251.254.169.254/", "https://10.1/", "https://192.168.257/", "https://3232235521/",
            "https://login.1/",
            "https://login.0x1/", "https://%31%32%37.0.0.1/", "https://127%2E0%2E0%2E1/", "https://127.0.0.1%00/",
            "https://[127.0.0.1]/", "https://[0:0:0:0:0:0:0:1]/", "https://[0000::1]/",
            "https://[::01]/",
            "https://[::0:1]/", "https://[::1%25lo]/", "https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/",
            "https://[::127.0.0.1]/",
            "https://[::ffff:127.0.0.1]/", "https://[::FFFF:7f00:1]/", "https://[0::ffff:7f00:1]/",
            "https://[64:ff9b::127.0.0.1]/",
            "https://[::1", "https://::1/", "https://[:::1]/", "https://[1::2::3]/", "https://[1:2:3:4:5:6:7]/",
            "https://[1:2:3:4:5:6:7:8:9]/", "https://[12345::]/", "https://[g::]/",
            "https://[::1/",
            "https://[v1.x]/", "https://[2001:DB8::1]/", "https://[2001:db8:0:0:1:0:0:1]/", "https://[+1::]/",
            "https://[-1::]/",
        ])

    static let ports =
        refused(
            .port,
            [
                "https://login.provider.example:/", "https://login.provider.example:0/",
                "https://login.provider.example:0443/",
                "https://login.provider.example:65536/", "https://login.provider.example:99999999/",
                "https://login.provider.example:-443/", "https://login.provider.example:+443/",
                "https://login.provider.example:443a/",
                "https://login.provider.example:0x1bb/", "https://login.provider.example:443:443/",
                "https://login.provider.example:%34/",
                "https://login.provider.example:http/", "https://[::1]evil.example/", "https://[::1]443/",

                "https://127.0.0.1:443:80/", "https://login.provider.example:4.4/",
            ])
        + refused(
            .allowed,
            [
                "https://login.provider.example:80/", "https://login.provider.example:8443/",
                "https://login.provider.example:22/",
                "https://login.provider.example:6379/", "https://login.provider.example:5432/",
                "https://login.provider.example:65535/",
                "https://graph.provider.example/", "https://graph.provider.example:443/",
                "https://graph.provider.example:8444/",
                "https://login.provider.example:1/",
            ])

    static let paths = refused(
        .path,
        [
            "https://login.provider.example/../x", "https://login.provider.example/a/..",
            "https://login.provider.example/a/./b",
            "https://login.provider.example/.", "https://login.provider.example/..",
            "https://login.provider.example/%2e%2e/x",
            "https://login.provider.example/%2E./x", "https://login.provider.example/.%2e",
            "https://login.provider.example/%2e",
            "https://login.provider.example/users/..%2fadmin", "https://login.provider.example/users/%2e%2e%2Fadmin",
            "https://login.provider.example/users/..%5cadmin", "https://login.provider.example/a/..?b",
            "https://login.provider.example//../x",
        ])
}
