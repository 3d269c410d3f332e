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
        exit(0)
    }

    /// Shows the desk; the main run loop, which must be running or begin now, then serves it. Inside a block of the
    /// main queue no second run loop may be begun: it would end at once.
    static func open(_ home: Home, _ surroundings: Surroundings) {
        do throws(Complaint) {
            guard home.exists || FileManager.default.fileExists(atPath: home.path) else {
                FirstRun.offer(home, surroundings)
            }
            try DemoMark.check(home)
            let workspace = try Workspace.open(home, surroundings, access: .change)
            let person = try workspace.login.resumeNow()
            let desk = DeskStart.Surroundings(
                environment: surroundings.environment, themeFolders: ThemeFolders.all(surroundings),
                person: person, folder: FileManager.default.currentDirectoryPath)
            loop = try DeskStart.open(workspace, desk) { status in
                workspace.close()
                exit(status)
            }
        } catch {
            Messages.complain(error)
            exit(error.status.rawValue)
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

/// What a newcomer sees who has no workspace yet.
enum FirstRun {
    @MainActor static func offer(_ home: Home, _ surroundings: Surroundings) -> Never {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            Messages.complain(
                Complaint(
                    "there is no workspace at \(home.path)",
                    remedy: "Make one with `portaldesk init`, or try `portaldesk demo`",
                    status: .badConfiguration))
            exit(ExitStatus.badConfiguration.rawValue)
        }
        Messages.line(
            """
            There is no workspace at \(home.path) yet.
              d  try the demo: 74 invented businesses on simulated portals
              s  how to set up your own
              q  quit
            """)
        FileHandle.standardError.write(Data("Choose d, s or q: ".utf8))
        switch readLine()?.trimmingCharacters(in: .whitespaces).lowercased() {
        case "d":
            DemoStart.run(
                Home.resolve(option: nil, environment: surroundings.environment, name: "portaldesk-demo"), DemoSize(),
                surroundings)
        case "s":
            Messages.line(
                "portaldesk init --user NAME --email ADDRESS --provider FILE.toml   makes a workspace with you as its admin."
            )
            exit(0)
        default: exit(0)
        }
    }
}
