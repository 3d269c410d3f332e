import Foundation
import Testing

/// The rules of docs/architecture.md that a compiler does not hold.
@Suite("The architecture holds")
struct ArchitectureTests {
    /// What each target may import of ours. Arrows point down only.
    private static let arrows: [String: Set<String>] = [
        "Secrets": [],
        "Toml": [],
        "Domain": [],
        "Wire": ["Domain"],
        "Transport": ["Secrets", "CCurl"],
        "Portals": ["Domain", "Secrets", "Wire", "Transport"],
        "Vault": ["Domain", "Secrets"],
        "Trail": ["Secrets"], "Store": ["Domain", "Trail"],
        "Services": [
            "Domain", "Secrets", "Wire", "Transport", "Portals", "Vault", "Store", "Trail", "CProcess", "CQREncode",
            "CPicture",
            "Toml",
        ],
        "TerminalKit": ["Secrets", "Toml", "CNcurses", "CTerminal"],
        "Desk": ["Domain", "Secrets", "Services", "TerminalKit"],
        "Sandbox": ["Domain", "Wire"],
        "portaldesk": ["Desk", "Domain", "Secrets", "Services", "Sandbox"],
        "benchmarks": [
            "Desk", "Domain", "Secrets", "Services", "Sandbox", "Store", "TerminalKit", "Transport", "Vault",
            "CProcess",
        ],
        "CNcurses": [], "CCurl": [], "CQREncode": [], "CPicture": [], "CTerminal": [], "CProcess": [],
    ]

    /// What others wrote, and which targets may know of it.
    private static let outside: [String: Set<String>] = [
        "GRDB": ["Store", "benchmarks"], "GRDBSQLite": ["Store"], "FlyingFox": ["Sandbox", "benchmarks"],
        "FlyingSocks": ["Sandbox", "benchmarks"], "SampleDocuments": ["benchmarks"],
        "ArgumentParser": ["portaldesk"], "SwiftCSV": ["Services"], "TOMLKit": ["Services", "TerminalKit"],
        "Crypto": ["Wire", "Portals", "Vault", "Trail", "Services", "Sandbox"],
        "CryptoExtras": ["Vault", "Wire", "Sandbox"],
        "SwiftASN1": ["Wire", "Sandbox"], "Logging": ["Services"],
    ]

    private static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization",
    ]

    @Test("Every import follows an allowed arrow")
    func imports() throws {
        let files = try SourceTree.files(ending: ".swift")
        #expect(files.count > 100)
        for file in files {
            let allowed = try #require(Self.arrows[file.target], "\(file.target) is not in the table")
            for name in file.imports {
                let isAllowed =
                    Self.arrows[name] != nil
                    ? allowed.contains(name)
                    : Self.system.contains(name) || Self.outside[name]?.contains(file.target) == true
                #expect(isAllowed, "\(file.path) imports \(name)")
            }
        }
    }

    @Test("Every target of Sources stands in the table")
    func targets() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: BuiltProgram.repository + "/Sources")
        #expect(Set(folders) == Set(Self.arrows.keys))
    }

    @Test("One file alone speaks to ncurses")
    func ncurses() throws {
        let importers = try SourceTree.files(ending: ".swift").filter { $0.imports.contains("CNcurses") }
        #expect(importers.count == 1)
    }

    @Test("The top level holds what a reader expects and nothing else")
    func topLevel() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: BuiltProgram.repository)
            .filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(Set(found) == ["Package.swift", "Sources", "Tests", "README.md", "themes", "docs", "LICENSE"])
    }

    @Test("No source file is longer than 400 lines", arguments: ["Sources", "Tests"])
    func lengths(folder: String) throws {
        for file in try SourceTree.files(ending: ".swift", in: folder) + SourceTree.files(ending: ".c", in: folder) {
            #expect(file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 401, "\(file.path)")
        }
    }

    @Test("Nothing in Sources can trap on what the world sends: no forced try, cast or unwrap")
    func force() throws {
        // A closing bracket, name or quote directly before a lone ! is a forced unwrap in formatted code.
        let unwrap = try Regex(#"[A-Za-z0-9_\)\]]!(?![=])"#)
        for file in try SourceTree.files(ending: ".swift") {
            for (number, line) in file.code.enumerated() {
                let place = "\(file.path):\(number + 1): \(line)"
                #expect(!line.contains("try!"), "\(place)")
                #expect(!line.contains("as!"), "\(place)")
                #expect(line.firstMatch(of: unwrap) == nil, "\(place)")
                #expect(!line.contains("fatalError("), "\(place)")
            }
        }
    }

    @Test("No file is called after what it is not: Utils, Helpers, Manager")
    func names() throws {
        for file in try SourceTree.files(ending: ".swift") {
            let name = (file.path as NSString).lastPathComponent
            for word in ["Util", "Helper", "Manager"] { #expect(!name.contains(word), "\(file.path)") }
        }
    }
}
