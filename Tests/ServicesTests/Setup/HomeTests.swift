import Domain
import Foundation
import Secrets
import Testing

@testable import Services

/// Where a workspace is, and what is checked before anything is put into it.
@Suite struct HomeTests {
    @Test func theOptionComesFirstThenTheVariableThenTheDataFolder() {
        let all = ["PORTALDESK_HOME": "/a", "XDG_DATA_HOME": "/b", "HOME": "/c"]
        #expect(Home.resolve(option: "/d/../e", environment: all).path == "/e")
        #expect(Home.resolve(option: nil, environment: all).path == "/a")
        #expect(Home.resolve(option: nil, environment: ["XDG_DATA_HOME": "/b", "HOME": "/c"]).path == "/b/portaldesk")
        #expect(
            Home.resolve(option: nil, environment: ["XDG_DATA_HOME": "b", "HOME": "/c"]).path
                == "/c/.local/share/portaldesk")
        #expect(Home.resolve(option: nil, environment: ["PORTALDESK_HOME": "", "HOME": "/c"]).path.hasPrefix("/c/"))
    }

    private func modes(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func aNewWorkspaceIsClosedToOthers() async throws {
        let place = try Place()
        let workspace = try await place.newWorkspace(providers: ["a.toml": ProviderFileTests.file()])
        workspace.workspace.close()
        let home = place.home
        for folder in home.folders { #expect(try modes(folder) == 0o700) }
        for file in [home.database, home.configuration, home.run + "/session", home.providers + "/a.toml"] {
            #expect(try modes(file) == 0o600)
        }
        #expect(try String(contentsOfFile: home.configuration, encoding: .utf8) == Settings.template)
    }

    @Test func nothingIsPutIntoAFolderThatOthersCanRead() async throws {
        let place = try Place()
        try FileManager.default.createDirectory(
            atPath: place.home.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let refused = await complaint { try await place.newWorkspace() }
        #expect(refused?.status == .badConfiguration && refused?.remedy.contains("chmod 700") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.home.path).isEmpty)
    }

    @Test func aWorkspaceThatWasOpenedToOthersIsRefused() async throws {
        let place = try Place()
        try await place.workspace().close()
        chmod(place.home.path, 0o750)
        let refused = await complaint { try Workspace.open(place.home, place.surroundings) }
        #expect(refused?.status == .badConfiguration)
    }

    @Test func aMissingHomeAFileAndAnEmptyFolderAreNoWorkspace() async throws {
        let place = try Place()
        let file = try place.file("file", "x")
        chmod(file, 0o600)
        for path in [place.folder + "/none", file, place.folder] {
            let refused = await complaint { try Workspace.open(Home(path: path), place.surroundings) }
            #expect(refused?.status == .badConfiguration)
        }
        #expect(!FileManager.default.fileExists(atPath: place.folder + "/none"))
    }

    @Test func aFileInTheWayIsNamed() async throws {
        let place = try Place()
        try FileManager.default.createDirectory(
            atPath: place.home.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = try place.file("home/log", "x")
        let refused = await complaint { try await place.newWorkspace() }
        #expect(refused?.status == .inputOutput && refused?.what.hasSuffix("/log") == true)
    }

    @Test func aWorkspaceIsNotMadeTwice() async throws {
        let place = try Place()
        try await place.workspace().close()
        let refused = await complaint { try await place.newWorkspace() }
        #expect(refused?.status == .badData)
    }

    @Test func foldersThatWereClearedAwayAreMadeAgain() async throws {
        let place = try Place()
        try await place.workspace().close()
        for folder in [place.home.run, place.home.logs, place.home.documents] {
            try FileManager.default.removeItem(atPath: folder)
        }
        let workspace = try Workspace.open(place.home, place.surroundings)
        workspace.acting.current = .program("test")
        #expect(try await workspace.businesses.page(BusinessQuery()).total == 0)
        #expect(place.home.folders.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        workspace.close()
    }

    @Test func settingsThatAreNoTextAreNotTakenForNone() async throws {
        let place = try Place()
        try await place.workspace().close()
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: place.home.configuration))
        let refused = await complaint { try Workspace.open(place.home, place.surroundings) }
        #expect(refused?.status == .badConfiguration)
    }

    @Test(arguments: [("", "a@b.example"), ("a b", "a@b.example"), ("asha", "nobody"), ("asha", "a@b\u{1B}.example")])
    func anAdminWithoutAProperNameOrAddressIsRefused(name: String, email: String) async throws {
        let place = try Place()
        let admin = SetupService.Admin(name: name, email: email, password: SecretBytes(utf8: "x"))
        let refused = await complaint {
            try await SetupService(home: place.home, surroundings: place.surroundings).create(admin, providers: [])
        }
        #expect(refused?.status == .badData && refused?.description.contains("\u{1B}") == false)
        #expect(!FileManager.default.fileExists(atPath: place.home.path))
    }

    @Test func `a path is made plain, and what is above a linked folder is what the system says`() throws {
        #expect(Home(path: "//srv/./desk//main/").path == "/srv/desk/main")
        #expect(Home(path: "/srv/none/../desk").path == "/srv/desk")
        #expect(Home(path: "/..").path == "/")
        #expect(Home(path: "").path == FileManager.default.currentDirectoryPath)
        let place = try Place()
        let files = FileManager.default
        try files.createDirectory(atPath: place.folder + "/far/deep", withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: place.folder + "/near", withDestinationPath: place.folder + "/far/deep")
        #expect(Home(path: place.folder + "/near/..").path.hasSuffix("/far"))
    }
}
