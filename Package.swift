// swift-tools-version: 6.2
import PackageDescription

/// CI turns every warning of our own targets into an error; a developer's build only shows it.
let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]
let strict: [SwiftSetting] =
    warnings + [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

/// What the desk never calls before its first paint is not loaded with it (libcurl: see CCurl/absent.c), and the
/// relocations of a large static program are kept packed. Both are milliseconds of every start.
let quickStart: [LinkerSetting] = [
    .unsafeFlags([
        "-use-ld=lld", "-L", Context.packageDirectory + "/Sources/CCurl/link", "-Xlinker", "-z", "-Xlinker",
        "pack-relative-relocs",
    ])
]

/// What spends its time waiting for the network, a disk or a person gains nothing from the optimiser, and its minute in
/// every newcomer's build is long.
let plain: [SwiftSetting] = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

/// Millions of mutated answers are for optimised parsers (docs/testing.md). Swift's own checks stay in them.
let fuzzed: [SwiftSetting] =
    Context.environment["PORTALDESK_FUZZ_MUTATIONS"] == nil ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]

func ours(_ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = strict) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], _ settings: [SwiftSetting] = strict
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "PortalDesk",
    products: [.executable(name: "portaldesk", targets: ["portaldesk"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    ],
    targets: [
        .systemLibrary(name: "CNcurses"),
        .target(name: "CCurl", exclude: ["link"], linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CQREncode", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CPicture", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CTerminal"),
        .target(name: "CProcess"),

        ours("Secrets"),
        ours("Toml"),
        ours("Domain", [], strict + fuzzed),
        // Optimised: whole books of invoices come through its ciphers.
        ours("Wire", ["Domain", crypto, cryptoExtras, asn1], strict + fuzzed),
        ours("Transport", ["Secrets", "CCurl"], strict + fuzzed),
        ours("Portals", ["Domain", "Secrets", "Wire", "Transport", crypto], strict + fuzzed),
        ours("Vault", ["Domain", "Secrets", crypto, cryptoExtras]),
        ours("Trail", ["Secrets", crypto]),
        ours("Store", ["Domain", "Trail", grdb]),
        ours(
            "Services",
            [
                "Domain", "Secrets", "Wire", "Transport", "Portals", "Vault", "Store", "Trail", "CProcess", "CQREncode",
                "CPicture", "Toml", crypto, "TOMLKit", "SwiftCSV", logging,
            ]
        ),
        .target(
            name: "TerminalKit", dependencies: ["Secrets", "Toml", "CNcurses", "CTerminal", "TOMLKit"],
            // Links to themes/: a binary that is copied elsewhere still has them.
            resources: [.embedInCode("Theme/Shipped/light.toml"), .embedInCode("Theme/Shipped/mono.toml")],
            swiftSettings: strict
        ),
        ours("Desk", ["Domain", "Secrets", "Services", "TerminalKit"]),
        ours(
            "Sandbox",
            [
                "Domain", "Wire", crypto, cryptoExtras, asn1, "FlyingFox",
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ]
        ),
        .executableTarget(
            name: "portaldesk",
            dependencies: ["Desk", "Domain", "Secrets", "Services", "Sandbox", arguments],
            swiftSettings: plain, linkerSettings: quickStart
        ),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "CProcess", "Desk", "Domain", "SampleDocuments", "Sandbox", "Secrets", "Services", "Store",
                "TerminalKit", "Transport",
                "Vault", grdb, "FlyingFox", .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: strict, linkerSettings: quickStart
        ),

        .target(name: "TestRoom", path: "Tests/TestRoom", swiftSettings: strict),
        .target(
            name: "SampleDocuments", dependencies: ["Domain"], path: "Tests/SampleDocuments", swiftSettings: strict),
        tests("DomainTests", ["Domain"]),
        tests("TerminalKitTests", ["TerminalKit", "Secrets"], exclude: ["Goldens"]),
        tests("TrailTests", ["Trail", "Secrets"]),
        tests("StoreTests", ["Store", "Trail", "Domain", grdb]),
        tests("VaultTests", ["Vault", "Secrets", "Domain"]),
        tests(
            "TransportTests",
            ["Transport", "Secrets", "FlyingFox", .product(name: "FlyingSocks", package: "FlyingFox")]
        ),
        tests(
            "SandboxTests", ["TestRoom", "Sandbox", "Portals", "Transport", "Wire", "Domain", "Secrets", crypto],
            exclude: [
                "Independent/bridge_client.py", "Independent/gstn_client.py", "Independent/efiling_client.py",
                "Independent/nic_client.py", "Independent/nic_signer.py",
            ]
        ),
        tests(
            "FuzzTests", ["Portals", "Services", "Transport", "Wire", "Domain", "Secrets", crypto],
            // Changing an answer should take less time than reading it.
            strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]
        ),
        tests(
            "ServicesTests",
            [
                "TestRoom", "SampleDocuments", "Services", "Sandbox", "Store", "Vault", "Portals", "Domain", "Secrets",
                "Toml",
            ],
            exclude: ["Mail/mail_server.py"]
        ),
        tests(
            "DeskTests", ["TestRoom", "Desk", "TerminalKit", "Services", "Sandbox", "Domain", "Secrets"],
            exclude: ["Goldens"]),
        tests(
            "ProgramTests", ["portaldesk", "SampleDocuments", "Domain"],
            exclude: ["Screens", "Support/pty_driver.py", "Vault/memory_search.py"]),
    ]
)
