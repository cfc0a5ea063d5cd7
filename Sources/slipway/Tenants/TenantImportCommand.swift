import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations

struct TenantImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring tenants from the application they were in.",
        discussion: """
            The file is JSON Lines: name, tenant_id, external_id, and what a tenant carried itself: app_client_id, \
            app_client_secret (encrypted as the application had it), app_certificate_thumbprint, app_notes. \
            `slipway connection adopt-legacy` moves those into connections. A line that cannot be taken is named, and the \
            others are. Exit status: 0 all were taken, 2 some were not.
            """)
    @Argument(help: "The file.")
    var file: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw CommandFailure(status: .unreachable, description: "\(file) cannot be read as UTF-8 text")
            }
            let installation = try await Installation(data)
            let tenants = TenantImport(installation.changes)
            var (taken, failed) = (0, 0)
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            where !line.allSatisfy(\.isWhitespace) {
                do {
                    let json = try JSONValue(parsing: Array(line.utf8))
                    _ = try await tenants.add(try TenantImport.Line(json), installation.context())
                    taken += 1
                } catch let error where error is JSONSyntaxError || error is ImportFailure || error is Tenants.Failure {
                    failed += 1
                    Console.warn("line \(index + 1): \(error)")
                }
            }
            console.line("\(Figures.count(taken, "tenant")) imported, \(failed) not")
            try console.result(["imported": .integer(Int64(taken)), "failed": .integer(Int64(failed))])
            if failed > 0 { throw ExitStatusOnly(status: .blocked) }
        }
    }
}
