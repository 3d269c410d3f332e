import ArgumentParser
import Domain
import Services

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Portal logins.",
        subcommands: [
            List.self, Set.self, Verify.self, Import.self, Remove.self, Reveal.self, History.self, Undo.self,
            Authority.self, Provider.self,
        ])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "List logins; never a password.")
        @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal?
        @Option(name: .long, help: "verified or not_verified.") var status: AccountStatus?
        @Option(name: .long, help: "Part of an identity, user name or business name.") var text: String?
        @OptionGroup var paging: PageOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try paging.check()
            let workspace = try await place.enter(surroundings)
            let query = AccountQuery(
                portal: portal, text: text, status: status, page: paging.page, perPage: paging.perPage)
            let found = try await workspace.credentials.accounts(query)
            let offset = workspace.utcOffset(at: workspace.now)
            try paging.print(
                found.rows, of: found.pageCount, total: found.total, output,
                header: ["PORTAL", "IDENTITY", "USERNAME", "STATUS", "REASON", "CHECKED", "BUSINESS"],
                as: { AccountLine(account: $0) }
            ) { $0.cells(offset) }
            return .done
        }
    }

    struct Set: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Store user name and password of a login, and verify it.")
        @OptionGroup var who: IdentityOptions
        @Option(name: .long, help: "The user name at the portal.") var username: String
        @Option(
            name: .long,
            help: "File with the password, - for standard input; else a prompt, except where a GSP needs none.")
        var passwordFile: String?
        @Option(name: .long, help: "The provider that serves it from now on, from `provider list`.")
        var provider: String?
        @Flag(name: .long, help: "Only store it.") var noVerify = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings, opensVault: true)
            guard try await workspace.credentials.account(identity) != nil else {
                throw Complaint(
                    "no business has the \(identity.portal.shortName) identity \(identity)",
                    remedy: "Add the business first: `portaldesk business add`", status: .badData)
            }
            // A GSP opens its session with the taxpayer's OTP; a password serves the bridge and people only.
            let isNeeded = try await workspace.server(of: identity, choosing: provider)?.isGsp != true
            let password =
                isNeeded || passwordFile != nil
                ? try SecretInput.read(file: passwordFile, prompt: "Password of \(identity): ") : nil
            // First who is handed the password, then the password.
            if let provider { try await workspace.credentials.setProvider(identity, provider) }
            try await workspace.credentials.setLogin(
                identity, username: username, password: password)
            if !noVerify { return try await Verification.run(identity, workspace, output) }
            try await AccountLine.print(identity, workspace, output)
            return .done
        }
    }

    struct Provider: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Let another provider serve a login than the one that serves its portal.")
        @OptionGroup var who: IdentityOptions
        @Argument(help: "The provider, from `provider list`; none goes back to the portal's own.") var name: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings)
            try await workspace.credentials.setProvider(identity, name)
            let server = try await workspace.server(of: identity)
            Messages.line("\(identity) is served by \(server?.name ?? "nobody").")
            try await AccountLine.print(identity, workspace, output)
            return .done
        }
    }

    struct Verify: Performable {
        static let configuration = CommandConfiguration(abstract: "Verify a login: exactly one attempt at the portal.")
        @OptionGroup var who: IdentityOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            return try await Verification.run(identity, try await place.enter(surroundings, opensVault: true), output)
        }
    }

    struct Remove: Performable {
        static let configuration = CommandConfiguration(abstract: "Forget user name and password of a login.")
        @OptionGroup var who: IdentityOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings, opensVault: true)
            try await workspace.credentials.removeLogin(identity)
            try await AccountLine.print(identity, workspace, output)
            return .done
        }
    }
}

enum Verification {
    /// Queues the verification, waits for it, and says what the portal answered.
    static func run(
        _ identity: PortalIdentity, _ workspace: Workspace, _ output: JsonFlag
    ) async throws(Complaint) -> ExitStatus {
        let result = try await workspace.sync.trigger(.verify, [identity], by: .command)
        if let refused = result.refused.first {
            throw Complaint("\(identity) cannot be verified", why: refused.reason, status: .badData)
        }
        let jobs = try await workspace.sync.wait(for: result.ids) { _ in }
        guard let job = jobs.first else {
            throw Complaint("the verification was not watched to its end", status: .tryLater)
        }
        try await AccountLine.print(identity, workspace, output)
        if job.status == .done {
            Messages.line("Verified: the \(identity.portal.title) accepted the login of \(identity).")
            return .done
        }
        throw Verification.complaint(job)
    }

    static func complaint(_ job: Job) -> Complaint {
        let cause = job.cause ?? .internal
        let status: ExitStatus =
            switch (job.status, cause) {
            case (.needsInput, _), (.retrying, _): .tryLater
            case (_, .providerAuth), (_, .portalDown), (_, .portalTimeout): .unavailable
            default: .refused
            }
        return Complaint(
            "\(job.kind.rawValue) of \(job.identity) \(job.status == .failed ? "failed" : job.status.title.lowercased()): \(cause.title)",
            why: job.message, remedy: "`portaldesk job log \(job.id)` tells every step", status: status)
    }
}
