import ArgumentParser
import Foundation
import Services

/// The composition root. Synchronous, so that the main actor stays on the real main thread.
@main
enum Program {
    static let version = "0.1.0"

    static func main() {
        signal(SIGPIPE, SIG_IGN)
        umask(0o077)
        // Before any key is read.
        Hardening.apply()
        var arguments = CommandLine.arguments
        if !arguments.isEmpty { arguments.removeFirst() }
        let surroundings = Surroundings.live(version: version)
        arguments = TypedPath.expanded(arguments: arguments, surroundings.environment)
        // The desk's path reads its one option by hand: the parser costs a millisecond of the first paint.
        if let home = deskHome(arguments) {
            MainActor.assumeIsolated { DeskRun.start(home: home, surroundings) }
        }
        do {
            let command = try PortalDesk.parseAsRoot(arguments)
            if let desk = command as? any DeskCommand {
                MainActor.assumeIsolated { desk.runDesk(surroundings) }
            }
            run(command, surroundings)
        } catch {
            refuse(error)
        }
    }

    /// Ends the process where it stands. `exit` would take apart what other threads still use: a desk that was reading
    /// when it was told to end crashed in it, or hung.
    static func end(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    /// nil unless the arguments are none, or `--home DIR` alone.
    private static func deskHome(_ arguments: [String]) -> String?? {
        if arguments.isEmpty { return .some(nil) }
        // What is no folder the parser refuses.
        if arguments.count == 2, arguments[0] == "--home", !arguments[1].allSatisfy(\.isWhitespace) {
            return .some(arguments[1])
        }
        return nil
    }

    private static func run(_ command: any ParsableCommand, _ surroundings: Surroundings) -> Never {
        guard let command = command as? any Performable else {
            var command = command
            do {
                try command.run()
                Program.end(0)
            } catch {
                refuse(error)
            }
        }
        Task.detached {
            let status = await Undertaking.$words.withValue(Usage.words(of: type(of: command))) {
                await outcome(of: command, surroundings)
            }
            await EnteredWorkspaces.leave()
            Program.end(status.rawValue)
        }
        dispatchMain()
    }

    private static func outcome(of command: any Performable, _ surroundings: Surroundings) async -> ExitStatus {
        do throws(Complaint) {
            let status = try await command.perform(surroundings)
            FullDiskNote.tell()
            return status
        } catch {
            Messages.complain(Usage.pointed(error, at: type(of: command)))
            return error.status
        }
    }

    /// Help and version go to stdout; a usage error is one line on stderr and 64.
    private static func refuse(_ error: any Error) -> Never {
        let code = PortalDesk.exitCode(for: error)
        guard code.rawValue != 0 else { PortalDesk.exit(withError: error) }
        Messages.line("portaldesk: \(Usage.line(for: error))")
        Program.end(ExitStatus.usage.rawValue)
    }
}

/// A command that does its work in one task.
protocol Performable: ParsableCommand, Sendable {
    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus
}

/// A command that may open the full-screen desk.
protocol DeskCommand: ParsableCommand {
    @MainActor func runDesk(_ surroundings: Surroundings) -> Never
}
