import Foundation
import Glibc
import SlipwayPostgres
import SlipwayTesting
import Testing

/// A target that cannot be used: one line that says what to do, the right status, and nothing half-done.
@Suite(.timeLimit(.minutes(15))) struct TargetFaultTests {
    private func sql(_ url: String, _ text: String) async throws {
        try await PostgresSession(try PostgresAddress(url)).run { try $0.run(text) }
    }

    private func name(of url: String) -> String {
        url.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? ""
    }

    @Test func `a server that is not there, a database that is not there, a wrong password`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        try await TestCluster.shared.withDatabase { url in
            try await sql(url, "DROP ROLE IF EXISTS faulty_login; CREATE ROLE faulty_login LOGIN PASSWORD 'right'")
            let database = name(of: url)
            let cases: [(String, Int32, String)] = [
                ("postgres://someone@127.0.0.1:1/none", 69, "cannot be reached"),
                (
                    cluster.tcpURL(user: "faulty_login", database: "not_there", password: "right"), 69,
                    "no such database"
                ),
                (cluster.tcpURL(user: "faulty_login", database: database, password: "wr0ng"), 5, "refused the login"),
            ]
            for (target, status, words) in cases {
                try await Application.with(target: target) { application in
                    #expect(await application.plan().status == 0)
                    let outcome = await application.stage("connect", "--target", target)
                    expect(outcome, status, words)
                    #expect(!outcome.message.contains("wr0ng"))
                    let manifest = try String(contentsOfFile: application.manifest, encoding: .utf8)
                    #expect(!manifest.contains("wr0ng"))
                }
            }
        }
    }

    @Test func `a login that may not make roles is told what an administrator must run`() async throws {
        let cluster = try await TestCluster.shared.cluster()
        try await TestCluster.shared.withDatabase { url in
            try await sql(url, "DROP ROLE IF EXISTS plain_login; CREATE ROLE plain_login LOGIN PASSWORD 'x'")
            let target = cluster.tcpURL(user: "plain_login", database: name(of: url), password: "x")
            try await Application.with(target: target) { application in
                #expect(await application.plan().status == 0)
                expect(
                    await application.stage("connect", "--target", target), 5, "CREATE ROLE",
                    application.name + "_owner")
            }
        }
    }

    @Test func `a target that already has rows is left as it is`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await Application.with(target: url) { application in
                let table = application.name + ".items"
                try await sql(
                    url,
                    "CREATE SCHEMA \(application.name); CREATE TABLE \(table) (id int); INSERT INTO \(table) VALUES (1)"
                )
                #expect(await application.plan().status == 0)
                #expect(await application.stage("preflight").status == 0)
                expect(await application.stage("copy"), 2, "already has items", "target.schema")
                let rows = try await PostgresSession(try PostgresAddress(url)).run {
                    try $0.query("SELECT count(*) FROM \(table)").integer(0, 0)
                }
                #expect(rows == 1)
            }
        }
    }

    @Test func `a copy that another process holds is busy, and says who`() async throws {
        try await TestCluster.shared.withDatabase { url in
            try await Application.with(target: url) { application in
                #expect(await application.plan().status == 0)
                #expect(await application.stage("preflight").status == 0)
                let holder = PostgresSession(try PostgresAddress(url))
                try await holder.run {
                    try $0.run("SELECT pg_advisory_lock(hashtextextended('slipway \(application.name)', 7))")
                }
                expect(await application.stage("copy"), 4, "another process", "server process")
                await holder.close()
                #expect(await application.stage("copy").status == 0)
            }
        }
    }

    @Test func `a certificate that is not trusted, or not the pinned one`() async throws {
        let cluster = try await PrivateCluster.start(settings: ["fsync": "off"], tls: true)
        try await sql(cluster.url, "CREATE ROLE owner_login LOGIN SUPERUSER PASSWORD 'x'")
        let target = cluster.tcpURL(user: "owner_login", database: "postgres", password: "x")
        try await Application.with(target: target + "?sslmode=require") { application in
            #expect(await application.plan().status == 0)
            let outcome = await application.stage("connect", "--target", target + "?sslmode=require")
            #expect(outcome.status == 0 && outcome.output.contains("sha256:"), "\(outcome)")
            expect(await application.stage("connect", "--target", target + "?sslmode=verify-full"), 5, "certificate")
            let pin = "sha256:" + String(repeating: "0", count: 64)
            try application.edit("  tenant_setting:", "  tls_fingerprint: \"\(pin)\"\n  tenant_setting:")
            expect(
                await application.stage("connect", "--target", target + "?sslmode=require"), 2, "does not match", "pins"
            )
        }
        await cluster.stop()
    }

    @Test(.enabled(if: geteuid() == 0, "a small disk can be mounted by root alone"))
    func `a full disk stops the copy, and with room again it ends the same`() async throws {
        try await withTemporaryDirectory { folder in
            let disk = folder + "/disk"
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            try await Tool.shell("/bin/mount", ["-t", "tmpfs", "-o", "size=2m,mode=0777", "tmpfs", disk])
            do {
                try await fill(disk)
            } catch {
                try await Tool.shell("/bin/umount", ["-l", disk])
                throw error
            }
            try await Tool.shell("/bin/umount", ["-l", disk])
        }
    }

    private func fill(_ disk: String) async throws {
        try await Tool.shell("/bin/chmod", ["755", URL(filePath: disk).deletingLastPathComponent().path])
        let space = disk + "/space"
        try FileManager.default.createDirectory(atPath: space, withIntermediateDirectories: true)
        try await Tool.shell("/bin/chown", ["postgres", space])
        let cluster = try await PrivateCluster.start(settings: ["fsync": "off"])
        try await sql(cluster.url, "CREATE TABLESPACE small LOCATION '\(space)'")
        try await sql(
            cluster.url,
            "GRANT CREATE ON TABLESPACE small TO PUBLIC; ALTER DATABASE postgres SET default_tablespace = small")
        try await Application.with(target: cluster.url, rows: 12_000) { application in
            #expect(await application.plan().status == 0)
            #expect(await application.stage("preflight").status == 0)
            expect(await application.stage("copy", "--batch-rows", "500"), 69, "disk is full")
            try await Tool.shell("/bin/mount", ["-o", "remount,size=64m", disk])
            #expect(await application.stage("copy").output.contains("continued an earlier copy"))
            #expect(await application.stage("verify").status == 0)
        }
        await cluster.stop()
    }
}
