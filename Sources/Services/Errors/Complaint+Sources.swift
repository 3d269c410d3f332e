import Domain
import Portals
import Store
import Vault

// The one place where errors from below become words for people.
extension Complaint {
    public init(_ problem: StoreProblem, home: String) {
        switch problem {
        case .locked:
            self.init(
                "the workspace is locked", why: "another program has held the database for more than 5 seconds",
                remedy: "Close that program, then try again", status: .tryLater)
        case .full:
            self.init(
                "the disk is full", why: "nothing of the last change was stored, and nothing stored before is lost",
                remedy: "Free space where \(home) is, then try again", status: .inputOutput)
        case .readOnly:
            self.init(
                "the workspace cannot be written", why: "the disk or the file is read-only",
                remedy: "Make \(home) writable, then try again", status: .inputOutput)
        case .io(let detail):
            self.init(
                "the disk failed", why: detail, remedy: "Check the disk; `portaldesk doctor` checks the workspace",
                status: .inputOutput)
        case .corrupt(let detail):
            self.init(
                "the database is damaged", why: detail,
                remedy: "Stop all of PortalDesk and restore a backup of \(home)",
                status: .inputOutput)
        case .newerSchema(let found, let known):
            self.init(
                "the workspace was made by a newer PortalDesk",
                why: "its schema is \(found), this program knows \(known)",
                remedy: "Use the newer program", status: .badConfiguration)
        case .notAWorkspace:
            self.init(
                "\(home) holds no PortalDesk database", remedy: "Name the right folder with --home",
                status: .badConfiguration)
        case .missing:
            self.init(
                "there is no workspace at \(home)", remedy: "Make one with `portaldesk init`, or try `portaldesk demo`",
                status: .badConfiguration)
        case .refused(let reason):
            self.init(reason, status: .badData)
        case .trail(let reason): self = .damagedTrail(reason)
        default:
            self.init("the database did not answer", why: "\(problem)", remedy: "Try again", status: .tryLater)
        }
    }

    public init(_ problem: VaultProblem) {
        switch problem {
        case .keyMissing(let file):
            self.init(
                "the vault's key \(file) is missing", why: "without it no stored password can be read",
                remedy: "Restore the file from a backup", status: .badConfiguration)
        case .keyUnreadable(let file, let reason):
            self.init(
                "the vault's key \(file) cannot be used", why: reason, remedy: "Check its owner and mode 0600",
                status: .notPermitted)
        case .keyOpenToOthers(let file, let mode):
            self.init(
                "the vault's key \(file) is open to others", why: "its mode is \(String(mode, radix: 8))",
                remedy: "Close it with: chmod 600 \(file)", status: .badConfiguration)
        case .keyMalformed(let file):
            self.init(
                "the vault's key \(file) is damaged", remedy: "Restore the file from a backup",
                status: .badConfiguration)
        case .keyExists(let file):
            self.init(
                "a vault key stands at \(file) already", remedy: "Use another --home", status: .badConfiguration)
        case .unknownFormat:
            self.init(
                "a stored password was sealed by a newer PortalDesk", remedy: "Use the newer program",
                status: .badConfiguration)
        case .doesNotOpen:
            self.init(
                "a stored password does not open", why: "it was changed, moved or sealed under another key",
                remedy: "Enter the password again", status: .badData)
        case .anotherKey(let id):
            self.init(
                "a stored password was sealed to another vault key", why: "its key is \(id)",
                remedy: "Finish the rotation: `portaldesk vault rotate`", status: .badConfiguration)
        case .keysExchanged:
            self.init(
                "the vault stays closed", why: "a key in the database is not one of this vault: somebody put it there",
                remedy: "Find out who writes the database, and restore it from a backup", status: .badData)
        case .randomUnavailable:
            self.init("the system gives no random numbers", remedy: "Try again later", status: .inputOutput)
        }
    }

    public init(_ problems: ConfigurationProblems) {
        let lines = problems.problems.map(\.description).joined(separator: "; ")
        self.init(lines, remedy: "Mend the file, then try again", status: .badConfiguration)
    }

    public init(_ failure: PortalFailure) {
        if failure.isUnrecorded {
            self.init(
                "the call was not made", why: failure.message,
                remedy: "Make room where the workspace is, or let it be written, then try again", status: .inputOutput)
            return
        }
        let status: ExitStatus =
            switch failure.cause {
            case .providerAuth, .portalDown, .portalTimeout: .unavailable
            case .otpRequired, .captchaRequired: .tryLater
            default: .refused
            }
        // Whoever is told so asked by hand: nothing goes on behind it.
        let remedy =
            switch failure.cause {
            case .portalChanged: "Check the address in the provider file"
            case _ where failure.cause.disposition == .retry: "Try again later"
            default: failure.cause.remedy
            }
        self.init(failure.cause.title, why: failure.message, remedy: remedy, status: status)
    }

    /// Any error as a complaint; what is not ours is named by its type only, for its text may hold anything.
    public init(_ error: any Error, home: String) {
        switch error {
        case let complaint as Complaint: self = complaint
        case let problem as StoreProblem: self.init(problem, home: home)
        case let problem as VaultProblem: self.init(problem)
        case let problems as ConfigurationProblems: self.init(problems)
        case let failure as PortalFailure: self.init(failure)
        case is CancellationError: self.init("cancelled", status: .tryLater)
        default:
            self.init(
                "an unexpected error happened", why: String(describing: type(of: error)),
                remedy: "Try again; if it stays, run `portaldesk doctor`", status: .inputOutput)
        }
    }
}
