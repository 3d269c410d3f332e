import ArgumentParser
import Foundation
import Services

struct DemoCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "A demo workspace on simulated portals; opens the desk.",
        discussion: "An existing demo is opened as it is. The user is demo, the password demo.")
    @OptionGroup var place: HomeOption
    @Option(name: .long, help: "Finished jobs in its history.") var jobs: Int = DemoSize().jobs
    @Option(name: .long, help: "Invented businesses in it.") var businesses: Int = DemoSize().businesses
    @Flag(name: .long, help: "Only make the workspace.") var noDesk = false

    func validate() throws {
        guard (0...10_000_000).contains(jobs) else { throw ValidationError("--jobs must be from 0 to 10000000.") }
        guard (1...100_000).contains(businesses) else {
            throw ValidationError("--businesses must be from 1 to 100000.")
        }
    }

    @MainActor func runDesk(_ surroundings: Surroundings) -> Never {
        let home =
            place.home.map { Home(path: $0) }
            ?? Home.resolve(option: nil, environment: surroundings.environment, name: "portaldesk-demo")
        DemoStart.run(home, DemoSize(jobs: jobs, businesses: businesses), surroundings, opensDesk: !noDesk)
    }
}

enum DemoStart {
    /// Builds the demo unless it stands, then opens the desk on it.
    @MainActor static func run(_ home: Home, _ size: DemoSize, _ surroundings: Surroundings, opensDesk: Bool = true)
        -> Never
    {
        if opensDesk, isatty(STDOUT_FILENO) != 1 {
            Messages.complain(
                Complaint(
                    "The desk needs a terminal, but standard output is not one",
                    remedy: "Use --no-desk to only make the demo", status: .badConfiguration))
            Program.end(ExitStatus.badConfiguration.rawValue)
        }
        let builder = DemoBuilder(home: home, size: size, surroundings: surroundings)
        Task.detached { await prepare(builder, opensDesk) }
        RunLoop.main.run()
        Program.end(0)
    }

    private static func prepare(_ builder: DemoBuilder, _ opensDesk: Bool) async {
        do throws(Complaint) {
            try await builder.prepare { done, count in
                if count > 100_000 { Messages.progress("making the demo's history", done, of: count) }
            }
        } catch {
            Messages.complain(error)
            Program.end(error.status.rawValue)
        }
        DispatchQueue.main.async {
            MainActor.assumeIsolated { () -> Void in finish(builder.home, opensDesk, builder.surroundings) }
        }
    }

    @MainActor private static func finish(_ home: Home, _ opensDesk: Bool, _ surroundings: Surroundings) {
        guard opensDesk else {
            Messages.line(
                "Demo ready at \(home.path). The user is demo, the password demo. Open it with: portaldesk --home \(home.path)"
            )
            Messages.line("Invoices and an e-way bill to try: \(DemoSamples.folder(home))")
            Messages.line(
                "Mailed codes: `portaldesk mail show`, or F3 where the desk asks. One-time passwords and captchas: the desk says where each lies; GSTN's is always 575757, the letters of a TRACES captcha stand in `portaldesk sandbox ledger`, all else as otp in \(home.sandbox)/profiles/accounts.jsonl."
            )
            Program.end(0)
        }
        DeskRun.open(home, surroundings)
    }
}
