import ArgumentParser

struct PortalDesk: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portaldesk",
        abstract: "Looks after the tax portals of many businesses: logins, notices, GSTN actions.",
        discussion: "Without a command it opens the full-screen desk.",
        version: Program.version,
        subcommands: [
            DeskOpen.self, DemoCommand.self, InitCommand.self, LoginCommand.self, LogoutCommand.self,
            WhoamiCommand.self,
            UserCommand.self, BusinessCommand.self, AccountCommand.self, VaultCommand.self, AuthenticatorCommand.self,
            AuditCommand.self,
            FetchCommand.self, GspCommand.self, EInvoiceCommand.self, EWayBillCommand.self, OperationCommand.self,
            JobCommand.self, CoverageCommand.self, StrayCommand.self, TdsCommand.self, NoticeCommand.self,
            WorkerCommand.self,
            ScheduleCommand.self,
            ProviderCommand.self,
            MailCommand.self, SandboxCommand.self, ThemeCommand.self, PathsCommand.self, DoctorCommand.self,
            SupportCommand.self,
        ],
        defaultSubcommand: DeskOpen.self
    )
}

/// Options that every command takes.
struct HomeOption: ParsableArguments {
    @Option(name: .long, help: "The workspace's folder. Else $PORTALDESK_HOME, else the XDG data folder.")
    var home: String?

    func validate() throws {
        // A variable that is not set in a script: the folder that one stands in is not meant.
        if let home, home.allSatisfy(\.isWhitespace) {
            throw ValidationError("--home is empty: name the workspace's folder, or leave the option out.")
        }
    }
}

struct JsonFlag: ParsableArguments {
    @Flag(name: .long, help: "JSON Lines on standard output, one object a row.")
    var json = false
}
