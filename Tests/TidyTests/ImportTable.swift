/// What each target may import: the table of the design, for the targets there are.
enum ImportTable {
    /// What comes with the compiler and reaches nothing outside of the process.
    static let language: Set<String> = ["Swift", "Synchronization"]

    static let allowed: [String: Set<String>] = [
        "SlipwayDomain": ["Crypto", "CryptoExtras"],
        "SlipwaySQL": [],
        // Foundation, because GRDB hands out blobs as its Data.
        "SlipwaySQLite": ["SlipwaySQL", "GRDB", "GRDBSQLite", "Foundation"],
        "SlipwayPostgres": ["SlipwaySQL", "CLibPQ", "Glibc", "Foundation"],
        "SlipwayStore": ["SlipwayDomain", "SlipwaySQL"],
        "SlipwayOperations": ["SlipwayDomain", "SlipwaySQL", "SlipwayStore", "Logging"],
        "SlipwayEngine": ["SlipwayDomain", "SlipwaySQL", "SlipwayStore", "Logging", "ServiceLifecycle"],
        // The store for its records and errors alone: no statement of SQL is written there.
        "SlipwayWeb": [
            "SlipwayDomain", "SlipwaySQL", "SlipwayStore", "SlipwayOperations", "SlipwayOIDC", "Foundation",
            "Hummingbird",
            "HTTPTypes",
            "Logging", "NIOCore",
        ],
        // Foundation, to read a URL as the HTTP client will.
        "SlipwayOIDC": [
            "SlipwayDomain", "AsyncHTTPClient", "Crypto", "Foundation", "JWTKit", "Logging", "NIOCore",
            "NIOHTTP1",
        ],
        // Glibc, to ask the system for all addresses of a name: NIO hands out the first.
        "SlipwayProviders": [
            "SlipwayDomain", "SlipwayPostgres", "SlipwaySQL", "AsyncHTTPClient", "Crypto", "Foundation", "Glibc",
            "JWTKit", "Logging",
            "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "NIOTLS",
        ],
        "SlipwayLab": [
            "SlipwayDomain", "Crypto", "Foundation", "HTTPTypes", "Hummingbird", "JWTKit", "Logging", "NIOCore",
        ],
        "SlipwayYAML": ["Yams"],
        "SlipwayCatalogue": ["SlipwayDomain", "SlipwayYAML"],
        "SlipwayCutover": [
            "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayYAML", "Crypto", "Foundation",
            "Glibc",
        ],
        "SlipwayTesting": [
            "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "Foundation", "Logging", "Testing",
        ],
        "slipway": [
            "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayStore", "SlipwayCatalogue",
            "SlipwayCutover", "SlipwayOperations", "SlipwayEngine", "SlipwayLab", "SlipwayOIDC", "SlipwayProviders",
            "SlipwayWeb",
            "SlipwayYAML",
            "ArgumentParser", "AsyncHTTPClient", "Foundation", "Glibc",
            "Hummingbird", "Logging", "NIOCore", "NIOHTTP1", "ServiceLifecycle", "UnixSignals",
        ],
    ]
}

extension Rule {
    static let imports = eachFile("each target imports what the design lets it") { file in
        guard let target = file.target, let code = file.swift?.tokens else { return [] }
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return code.indices.compactMap { index in
            guard code[index].is("import") else { return nil }
            let words = code[(index + 1)...].prefix(2).map(\.text)
            guard let module = words.first(where: { !kinds.contains($0) }) else { return nil }
            guard let allowed = ImportTable.allowed[target] else {
                let message = "no row for \(target) → add it to ImportTable.swift, as the design has it"
                return Violation(path: file.path, line: code[index].line, message: message)
            }
            guard !allowed.union(ImportTable.language).contains(module) else { return nil }
            let may = allowed.isEmpty ? "nothing but the standard library" : allowed.sorted().joined(separator: ", ")
            let message = "import \(module) → \(target) imports \(may); put the code where \(module) belongs"
            return Violation(path: file.path, line: code[index].line, message: message)
        }
    }
}
