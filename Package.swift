// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is compiled the same way; a warning is an error.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "slipway",
    products: [
        .executable(name: "slipway", targets: ["slipway"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.9.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: [
        .target(
            name: "SlipwayDomain",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .target(name: "SlipwaySQL", swiftSettings: house),
        .target(
            name: "SlipwaySQLite",
            dependencies: [
                "SlipwaySQL",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house
        ),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "SlipwayPostgres", dependencies: ["SlipwaySQL", "CLibPQ"], swiftSettings: house),
        .target(name: "SlipwayStore", dependencies: ["SlipwayDomain", "SlipwaySQL"], swiftSettings: house),
        .target(
            name: "SlipwayOperations",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwayStore", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayEngine",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwayStore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayWeb",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwayStore", "SlipwayOperations", "SlipwayOIDC",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayOIDC",
            dependencies: [
                "SlipwayDomain",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayProviders",
            dependencies: [
                "SlipwayDomain", "SlipwayPostgres", "SlipwaySQL",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayLab",
            dependencies: [
                "SlipwayDomain",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayYAML", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: house),
        .target(
            name: "SlipwayCatalogue", dependencies: ["SlipwayDomain", "SlipwayYAML"],
            resources: [
                .embedInCode("Providers/microsoft.yaml"), .embedInCode("Providers/postgres.yaml"),
                .embedInCode("Providers/oidc.yaml"), .embedInCode("Providers/keycloak.yaml"),
                .embedInCode("Providers/newapi.yaml"), .embedInCode("Providers/kubernetes.yaml"),
                .embedInCode("Providers/document-ai.yaml"), .embedInCode("Providers/ksef.yaml"),
                .embedInCode("Providers/maps-eta.yaml"), .embedInCode("Providers/background-sync.yaml"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayCutover",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayYAML",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "slipway",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayStore", "SlipwayCutover",
                "SlipwayCatalogue", "SlipwayOperations", "SlipwayEngine", "SlipwayLab", "SlipwayOIDC",
                "SlipwayProviders", "SlipwayWeb",
                "SlipwayYAML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayTesting",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "cutover-bench",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Benchmarks/CutoverBench",
            swiftSettings: house
        ),
        .executableTarget(
            name: "gate-bench",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayStore", "SlipwayOperations",
                "SlipwayEngine",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/GateBench",
            swiftSettings: house
        ),
        .testTarget(
            name: "SlipwayDomainTests", dependencies: ["SlipwayDomain", "SlipwayTesting"],
            exclude: ["Access/Snapshots", "Board/Snapshots", "Dispatch/Snapshots", "Runs/Snapshots"],
            swiftSettings: house),
        // Optimised: it goes through hundreds of thousands of states.
        .testTarget(
            name: "SlipwayModelTests", dependencies: ["SlipwayDomain", "SlipwayTesting"],
            exclude: ["Exploration/Snapshots"], swiftSettings: house + [.unsafeFlags(["-O"])]),
        .testTarget(
            name: "SlipwaySQLTests", dependencies: ["SlipwaySQL", "SlipwayTesting"], exclude: ["Snapshots"],
            swiftSettings: house),
        .testTarget(
            name: "SlipwayStoreTests",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayStore", "SlipwayTesting",
            ],
            exclude: ["Snapshots"],
            swiftSettings: house
        ),
        .testTarget(
            name: "SlipwayDispatchTests",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayStore", "SlipwayCatalogue",
                "SlipwayOperations", "SlipwayEngine", "SlipwayOIDC", "SlipwayProviders", "SlipwayWeb", "SlipwayTesting",
                "SlipwayYAML",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Access/Snapshots", "HTTP/Snapshots"],
            swiftSettings: house
        ),
        .testTarget(
            name: "SlipwayCutoverTests",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayStore", "SlipwayCutover",
                "SlipwayTesting", "SlipwayYAML", "slipway",
            ],
            exclude: ["Snapshots"],
            swiftSettings: house
        ),
        .testTarget(
            name: "SlipwayOIDCTests",
            dependencies: [
                "SlipwayDomain", "SlipwayOIDC", "SlipwayTesting",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "SlipwayProvidersTests",
            dependencies: [
                "SlipwayDomain", "SlipwayProviders", "SlipwayLab", "SlipwayPostgres", "SlipwaySQL", "SlipwayTesting",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: house
        ),
        .testTarget(name: "TidyTests", exclude: ["long-functions.txt"], swiftSettings: house),
        .testTarget(
            name: "SlipwayCommandTests",
            dependencies: ["SlipwayDomain", "SlipwaySQL", "SlipwayPostgres", "SlipwayTesting", "slipway"],
            swiftSettings: house),
    ]
)
