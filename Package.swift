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
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .target(
            name: "SlipwayDomain",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
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
            name: "SlipwayCutover",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "slipway",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayStore", "SlipwayCutover",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "SlipwayTesting",
            dependencies: ["SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres"],
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
        .testTarget(
            name: "SlipwayDomainTests", dependencies: ["SlipwayDomain", "SlipwayTesting"], swiftSettings: house),
        .testTarget(
            name: "SlipwaySQLTests", dependencies: ["SlipwaySQL", "SlipwayTesting"], exclude: ["Snapshots"],
            swiftSettings: house),
        .testTarget(
            name: "SlipwayStoreTests",
            dependencies: ["SlipwayDomain", "SlipwaySQL", "SlipwayStore", "SlipwayTesting"],
            exclude: ["Snapshots"],
            swiftSettings: house
        ),
        .testTarget(
            name: "SlipwayCutoverTests",
            dependencies: [
                "SlipwayDomain", "SlipwaySQL", "SlipwaySQLite", "SlipwayPostgres", "SlipwayCutover", "SlipwayTesting",
                "slipway",
            ],
            exclude: ["Snapshots"],
            swiftSettings: house
        ),
        .testTarget(name: "TidyTests", exclude: ["long-functions.txt"], swiftSettings: house),
        .testTarget(
            name: "SlipwayCommandTests", dependencies: ["SlipwayPostgres", "SlipwayTesting", "slipway"],
            swiftSettings: house),
    ]
)
