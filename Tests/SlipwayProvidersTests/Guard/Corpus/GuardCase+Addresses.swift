import SlipwayProviders

/// Attempts by where a name leads, or by an address among the connection's own endpoints.
extension GuardCase {
    static let literals =
        listed(
            .address,
            [
                "https://127.0.0.1", "https://127.255.255.254", "https://0.0.0.0", "https://10.0.0.1",
                "https://169.254.169.254",
                "https://172.16.0.1", "https://192.168.1.1", "https://100.100.100.200", "https://255.255.255.255",
                "https://[::1]", "https://[::]", "https://[fe80::1]", "https://[fd00:ec2::254]",
                "https://[::ffff:7f00:1]",
                "https://[::ffff:5db8:d822]", "https://[64:ff9b::7f00:1]", "https://[2002:7f00:1::]",
                "https://[2001::1]",
                "https://[ff02::1]", "https://[::7f00:1]",
            ])
        + listed(
            .scheme, ["http://127.0.0.1:8080", "http://93.184.216.34", "http://[::1]:8080", "http://localhost:8080"])
        + listed(.userinfo, ["https://a@login.provider.example"])
        + listed(.host, ["https://2130706433", "https://127.1", "https://LOGIN.provider.example"])

    /// The first and the last address of each block that is refused, and one between.
    static let edges = resolved(
        .address,
        [
            "0.0.0.0", "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.20.30.40", "10.255.255.255", "100.64.0.0",
            "100.100.100.200",
            "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254",
            "169.254.255.255",
            "172.16.0.0", "172.20.1.1", "172.31.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.255", "192.168.0.0",
            "192.168.1.1",
            "192.168.255.255", "198.18.0.0", "198.19.0.1", "198.19.255.255", "224.0.0.0", "239.255.255.250",
            "239.255.255.255",
            "240.0.0.0", "250.1.2.3", "255.255.255.255", "::", "::1", "fc00::", "fd00:ec2::254",
            "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe80::", "fe80::1", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "ff00::",
            "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::ffff:0.0.0.0", "::ffff:255.255.255.255",
            "64:ff9b::",
            "64:ff9b::255.255.255.255", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "2002::",
            "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff",
        ])

    /// IPv6 addresses that a translator would take to an IPv4 one, of the loopback, of a network, of anywhere.
    static let translated = resolved(
        .address,
        [
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.168.0.1",
            "::ffff:93.184.216.34",
            "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b::93.184.216.34",
            "64:ff9b:1::127.0.0.1",
            "64:ff9b:1:2::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "2002:c0a8:101::1",
            "2002:5db8:d822::",
            "2001:0:5db8:d822:0:0:80ff:fffe", "2001:0:0:0:0:0:5601:5601", "2001::a247:27dd", "::127.0.0.1",
            "::10.0.0.1",
            "::169.254.169.254", "::192.168.1.1", "::2",
        ])

    /// One bad address among good ones is enough, wherever it stands.
    static let several = resolved(
        .address,
        [
            "93.184.216.34 127.0.0.1", "127.0.0.1 93.184.216.34", "93.184.216.34 10.0.0.1 93.184.216.35",
            "93.184.216.34 ::1", "2606:2800:220:1::1 fe80::1", "2606:2800:220:1::1 93.184.216.34 169.254.169.254",
            "93.184.216.34 93.184.216.35 93.184.216.36 93.184.216.37 0.0.0.0", "::ffff:93.184.216.34 93.184.216.34",
        ])

    /// A provider on this machine has the loopback, and plain HTTP there; nothing else becomes right by that.
    static let local =
        resolved(
            .address,
            [
                "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.17.0.1", "::ffff:127.0.0.1", "fe80::1", "0.0.0.0",
                "::",
            ],
            isLocal: true)
        + resolved(nil, ["127.0.0.1", "::1", "127.0.0.2", "93.184.216.34"], isLocal: true)
        + listed(
            .address,
            ["http://10.0.0.1:8080", "http://93.184.216.34", "http://0.0.0.0:8080", "http://169.254.169.254"],
            isLocal: true)
        + listed(nil, ["http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]:8080"], isLocal: true)
        + [
            GuardCase(
                url: "http://lab.provider.example/", answers: [["93.184.216.34"]],
                endpoints: ["http://lab.provider.example"],
                isLocal: true, refusedBy: .address),
            GuardCase(
                url: "http://lab.provider.example/", answers: [["127.0.0.1", "10.0.0.1"]],
                endpoints: ["http://lab.provider.example"], isLocal: true, refusedBy: .address),
            GuardCase(
                url: "http://lab.provider.example/", answers: [["127.0.0.1"]],
                endpoints: ["http://lab.provider.example"],
                isLocal: true, refusedBy: nil),
            GuardCase(
                url: "http://127.0.0.1:8081/", endpoints: ["http://127.0.0.1:8080"], isLocal: true, refusedBy: .allowed),
            GuardCase(
                url: "http://127.0.0.2:8080/", endpoints: ["http://127.0.0.1:8080"], isLocal: true, refusedBy: .allowed),
            GuardCase(url: "http://login.provider.example/", isLocal: true, refusedBy: .allowed),
        ]
}
