import Domain
import Foundation
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Opening the desk") @MainActor struct DeskStartTests {
    private func with(_ configuration: String, _ body: (Workspace, DeskStart.Surroundings) async throws -> Void)
        async throws
    {
        let folder = NSTemporaryDirectory() + "desk-start-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let surroundings = Surroundings(
            clock: { Sample.now }, random: SharedRandom(SystemRandomNumberGenerator()), environment: [:],
            executable: "/bin/true", version: "test")
        let home = Home(path: folder)
        let admin = SetupService.Admin(
            name: "asha", email: "asha@firm.example", password: SecretBytes(utf8: Sample.password))
        try await SetupService(home: home, surroundings: surroundings).create(admin, providers: []).workspace.close()
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: home.configuration))
        let workspace = try Workspace.open(home, surroundings)
        let themes = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("themes").path
        try await body(
            workspace,
            DeskStart.Surroundings(environment: [:], themeFolders: { [themes] }, person: nil, folder: "/exports"))
        workspace.close()
    }

    @Test func `page size and sorts of the last time are taken up, nonsense is not`() async throws {
        try await with("[desk]\npage_size = 50\n") { workspace, surroundings in
            #expect(try DeskStart.deskSettings(workspace, surroundings).pageSize == 50)
            try await workspace.remember(DeskSetting.activityPageSize.rawValue, "100")
            try await workspace.remember(DeskSetting.activitySort.rawValue, "identity:asc")
            try await workspace.remember(DeskSetting.noticeSort.rawValue, "colour:desc")
            let settings = try DeskStart.deskSettings(workspace, surroundings)
            #expect(settings.pageSize(of: .activityPageSize) == 100)
            #expect(settings.pageSize(of: .accountPageSize) == 50)
            #expect(settings.activitySort == ActivitySort(field: .identity, descending: false))
            #expect(settings.noticeSort == .due)
        }
    }

    @Test func `the theme of config.toml is used; one that is missing is named and the desk opens all the same`()
        async throws
    {
        try await with("[desk]\ntheme = \"light\"\n") { workspace, surroundings in
            var problems: [StartProblem] = []
            #expect(DeskStart.theme(workspace, surroundings, &problems).name == "light")
            #expect(problems.isEmpty)
        }
        try await with("[desk]\ntheme = \"sunset\"\n") { workspace, surroundings in
            var problems: [StartProblem] = []
            #expect(DeskStart.theme(workspace, surroundings, &problems) == .dark)
            #expect(problems.map(\.what) == ["Theme sunset is not used"])
        }
    }

    @Test func `several wishes that are not followed are told at once, with the way to all of them`() throws {
        let theme = StartProblem(what: "Theme sunset is not used", why: "it was not found")
        let keys = StartProblem(what: "config.toml", why: "keys.fetch: R is retry already")
        #expect(StartProblem.told([theme]).map(\.title) == ["Theme sunset is not used"])
        let both = StartProblem.told([theme, keys])
        #expect(both.count == 1)
        var bench = Bench(size: Sample.narrow)
        bench.input(.notice(try #require(both.first)))
        for words in ["2 settings", "portaldesk doctor", "Theme sunset", "keys.fetch"] {
            #expect(bench.shows(words), "\(words)")
        }
    }

    @Test func `a theme that is hard to read is used, and the desk and doctor say what is wrong with its file`()
        async throws
    {
        try await with("[desk]\ntheme = \"faint\"\n") { workspace, surroundings in
            let folder = workspace.home.path + "/themes"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let shipped = surroundings.themeFolders().first ?? ""
            let text = try String(contentsOfFile: "\(shipped)/dark.toml", encoding: .utf8)
            let faint = text.replacing("\ntext = { rgb = \"#d0d0d0\"", with: "\ntext = { rgb = \"#202020\"")
            try #require(faint != text)
            try Data(faint.utf8).write(to: URL(fileURLWithPath: "\(folder)/faint.toml"))
            var here = surroundings
            here.themeFolders = { [folder] }
            var problems: [StartProblem] = []
            #expect(DeskStart.theme(workspace, here, &problems) != .dark)
            let problem = try #require(problems.first)
            #expect(problem.what.contains("Theme faint: ") && problem.what.contains("finding"))
            #expect(problem.why.contains("contrast"))
            let remark = DeskSettingsCheck.remarks(workspace.settings, themeFolders: [folder]).first
            #expect(remark?.grade == .warning && remark?.what.contains("contrast") == true)
        }
    }

    @Test func `the glance of the first paint is put right by the files`() {
        var bench = Bench()
        #expect(bench.shows("SANDBOX"))
        bench.input(.simulation(false))
        #expect(!bench.shows("SANDBOX"))
        bench.input(.simulation(true))
        #expect(bench.shows("SANDBOX"))
    }
}
