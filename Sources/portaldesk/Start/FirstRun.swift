import Desk
import Foundation
import Secrets
import Services

/// `portaldesk` where no workspace is yet: the full-screen choice between one of one's own and the demo.
@MainActor
enum FirstRun {
    private static var loop: FirstRunLoop?

    /// Whether nothing stands there that anybody could have meant.
    static func isDue(_ home: Home) -> Bool {
        if home.exists { return false }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: home.path, isDirectory: &isFolder) else { return true }
        return isFolder.boolValue && (try? FileManager.default.contentsOfDirectory(atPath: home.path))?.isEmpty == true
    }

    /// Shows it and returns; the main run loop serves it.
    ///
    /// - Throws: a `Complaint` (78) without a terminal to ask on.
    static func offer(_ home: Home, _ surroundings: Surroundings) throws(Complaint) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw Complaint(
                "there is no workspace at \(home.path)",
                remedy: "Make one with `portaldesk init`, or try `portaldesk demo`", status: .badConfiguration)
        }
        let demo = Home.resolve(option: nil, environment: surroundings.environment, name: "portaldesk-demo")
        let actions = FirstRunActions(
            create: { draft async throws(FirstRunRefusal) in try await create(draft, home, surroundings) },
            makeDemo: { report async throws(Complaint) in
                try await DemoBuilder(home: demo, size: DemoSize(), surroundings: surroundings).prepare(report)
            })
        loop = try FirstRunLoop.open(place: home.path, environment: surroundings.environment, actions: actions) {
            switch $0 {
            case .workspace(let terminal): DeskRun.open(home, surroundings, on: terminal)
            case .demo(let terminal): DeskRun.open(demo, surroundings, on: terminal)
            case .left(let status): Program.end(status)
            }
        }
    }

    nonisolated private static func create(
        _ draft: FirstRunDraft, _ home: Home, _ surroundings: Surroundings
    ) async throws(FirstRunRefusal) -> SecretBytes {
        let files: [(name: String, text: String)]
        do throws(Complaint) {
            let typed = draft.provider.trimmingCharacters(in: .whitespaces)
            let path = TypedPath.expanded(typed, surroundings.environment)
            files = try InitCommand.files(path.isEmpty ? [] : [path])
        } catch {
            throw FirstRunRefusal(error, field: FirstRunRefusal.provider)
        }
        do throws(Complaint) {
            let admin = SetupService.Admin(name: draft.name, email: draft.email, password: draft.password)
            let created = try await SetupService(home: home, surroundings: surroundings).create(admin, providers: files)
            created.workspace.close()
            return created.recoveryCode
        } catch {
            throw FirstRunRefusal(error)
        }
    }
}
