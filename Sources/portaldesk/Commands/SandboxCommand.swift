import ArgumentParser
import Domain
import Foundation
import Sandbox
import Services

struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "The simulated portals.", subcommands: [Serve.self, Ledger.self])

    struct Serve: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Serve the simulated portals on 127.0.0.1 until SIGTERM; prints one JSON line when ready.")
        @Option(name: .long, help: "0 picks a free port.") var port: UInt16 = 0
        @Option(name: .long, help: "Number from which the invented businesses are made.") var seed: UInt64?
        @Option(name: .long, help: "Folder of the ledger. Default: sandbox/ in the workspace.") var state: String?
        @Option(name: .long, help: "Folder that gets a provider file and the accounts.") var profileDir: String?
        @Option(name: .long, help: "A fault, NAME or NAME:ARG; may be given several times (docs/sandbox.md).")
        var fault: [String] = []
        @Option(name: .long, help: "How many invented businesses.") var businesses: Int?
        @Option(name: .long, help: "Scales how long simulated fetches take; 0 is at once.") var pace: Double?
        @Option(name: .long, help: "Percent of the logins that meet each kind of trouble; 0 plays none.")
        var troublePercent: Int?
        @Option(name: .long, help: "At least so many notices for each login.") var notices: Int?
        @Option(name: .long, help: "File that gets a line for each request when the sandbox stops.")
        var access: String?
        @Flag(name: .long, help: "Started by a workspace: take its demo's size, end 60 s after the last client.")
        var onDemand = false
        @OptionGroup var place: HomeOption

        func validate() throws {
            if let troublePercent, !(0...100).contains(troublePercent) {
                throw ValidationError("--trouble-percent must be from 0 to 100.")
            }
            if let notices, !(0...1_000).contains(notices) {
                throw ValidationError("--notices must be from 0 to 1000.")
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let home = place.resolved(surroundings)
            var configuration = SandboxConfiguration(stateFolder: state ?? home.sandbox, now: surroundings.clock)
            let size = onDemand ? DemoMark.read(home) : nil
            configuration.port = port
            configuration.profileFolder = profileDir
            configuration.seed = seed ?? size?.seed ?? DemoWorld.defaultSeed
            configuration.businesses = businesses ?? size?.businesses ?? DemoWorld.defaultBusinessCount
            configuration.pace = pace ?? 1
            configuration.idleExit = onDemand ? .seconds(60) : nil
            configuration.faultPercent = troublePercent
            configuration.fewestNotices = notices ?? 0
            configuration.accessFile = access
            configuration.handlesSignals = true
            do throws(SandboxProblem) {
                for text in fault { configuration.faults.append(try SandboxFault(text)) }
                return try await Self.serve(configuration, again: true)
            } catch {
                throw Complaint(
                    "the sandbox cannot run", why: error.message, status: error.isRunning ? .tryLater : .usage)
            }
        }

        /// Another sandbox may serve this folder, or be about to: whoever started us wants that one's line. One that was
        /// about to end leaves the folder to us.
        private static func serve(
            _ configuration: SandboxConfiguration, again: Bool
        ) async throws(SandboxProblem) -> ExitStatus {
            do throws(SandboxProblem) {
                try await SandboxServer(configuration).run { print($0) }
                return .done
            } catch {
                guard error.isRunning else { throw error }
                if let ready = await SandboxReady.awaited(in: configuration.stateFolder) {
                    print(ready)
                    return .tryLater
                }
                guard again else { throw error }
                return try await serve(configuration, again: false)
            }
        }

        private static func print(_ ready: SandboxReady) {
            FileHandle.standardOutput.write(Data((ready.line + "\n").utf8))
        }
    }

    struct Ledger: Performable {
        static let configuration = CommandConfiguration(abstract: "What the simulated portals hold.")
        @Option(name: .long, help: "Folder of the ledger. Default: sandbox/ in the workspace.") var state: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private static func time(_ row: LedgerRow, _ home: Home) -> String {
            guard let at = TimeText.instant(rfc3339: row.acceptedAt) else { return row.acceptedAt }
            return TimeText.full(at, offset: Workspace.utcOffset(of: home, at: at))
        }

        private struct Row: Encodable {
            let row: LedgerRow
            func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let folder = state ?? place.resolved(surroundings).sandbox
            let rows: [LedgerRow]
            do throws(SandboxProblem) {
                rows = try SandboxLedger.read(folder)
            } catch {
                throw Complaint("the ledger cannot be read", why: error.message, status: .badData)
            }
            let home = place.resolved(surroundings)
            try Rows(json: output.json).print(
                rows.map { Row(row: $0) }, header: ["SYSTEM", "KIND", "KEY", "REFERENCE", "ACCEPTED", "CALLS"]
            ) {
                [
                    $0.row.system, $0.row.kind, $0.row.key, $0.row.reference, Self.time($0.row, home),
                    String($0.row.calls),
                ]
            }
            return .done
        }
    }
}
