import ArgumentParser
import Desk
import Domain
import Foundation
import Services

/// Opens the desk and gives the main thread to it.
@MainActor
enum DeskRun {
    private static var loop: DeskLoop?

    static func start(home option: String?, _ surroundings: Surroundings) -> Never {
        start(Home.resolve(option: option, environment: surroundings.environment), surroundings)
    }

    static func start(_ home: Home, _ surroundings: Surroundings) -> Never {
        open(home, surroundings)
        RunLoop.main.run()
        Program.end(0)
    }

    /// Shows the desk; the main run loop, which must be running or begin now, then serves it. Inside a block of the
    /// main queue no second run loop may be begun: it would end at once.
    ///
    /// - Parameter held: the terminal of the first start, which goes on being ours.
    static func open(_ home: Home, _ surroundings: Surroundings, on held: HeldTerminal? = nil) {
        do throws(Complaint) {
            guard !FirstRun.isDue(home) else {
                return try FirstRun.offer(home, surroundings)
            }
            try DemoMark.check(home)
            let workspace = try Workspace.open(home, surroundings, access: .change)
            let person = try workspace.login.resumeNow()
            let desk = DeskStart.Surroundings(
                environment: surroundings.environment, themeFolders: { ThemeFolders.all(surroundings) },
                person: person, folder: FileManager.default.currentDirectoryPath)
            loop = try DeskStart.open(workspace, desk, on: held) { status in
                workspace.close()
                Program.end(status)
            }
        } catch {
            held?.close()
            Messages.complain(error)
            Program.end(error.status.rawValue)
        }
    }
}

/// `portaldesk` without a command.
struct DeskOpen: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Open the full-screen desk (the default).")
    @OptionGroup var place: HomeOption

    @MainActor func runDesk(_ surroundings: Surroundings) -> Never { DeskRun.start(home: place.home, surroundings) }
}
