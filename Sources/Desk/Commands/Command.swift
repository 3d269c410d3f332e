import TerminalKit

/// Where a command is valid. A screen belongs to one scope; `everywhere` is asked after it.
public enum CommandScope: String, CaseIterable, Sendable {
    case everywhere, portals, configure, editLogin, jobLog, notices, businesses, editBusiness, inbox, history,
        authenticator, noticeCalendar, noticeStory, addNotice, relay, sessions, connect, coverage, strays, stray,
        failures, schedules, addSchedule, authority, providers, operations, operation, eInvoices, eInvoice,
        draft, cancelInvoice, readInvoice, eWayBills, changeBill, providerFiles, apiUsers, apiUser,
        importRefusals, tdsRequests, tdsRequest, audit, auditRecord, auditReport, auditPaper, auditKeys,
        support, supportText

    public var title: String {
        switch self {
        case .everywhere: "Everywhere"
        case .portals: "Portal Integration"
        case .configure: "Configure panel"
        case .editLogin: "Edit login"
        case .jobLog: "Job log"
        case .notices: "Notices & Orders"
        case .businesses: "Businesses"
        case .editBusiness: "Edit business"
        case .inbox: "Demo inbox"
        case .history: "History of a login"
        case .authenticator: "Authenticator app"
        case .noticeCalendar: "Calendar of due dates"
        case .noticeStory: "History of a notice"
        case .addNotice: "Enter a notice"
        case .relay: "Waiting for people"
        case .sessions: "API sessions at GSTN"
        case .connect: "Connect a GSTIN"
        case .coverage: "Coverage"
        case .audit: "Audit trail"
        case .auditRecord: "A record of the audit trail"
        case .auditReport: "Verification of the trail"
        case .auditPaper: "Checkpoint of the trail"
        case .auditKeys: "Keys of the trail"
        case .strays: "Records set aside"
        case .stray: "A record set aside"
        case .failures: "Failures by cause"
        case .schedules: "Schedules"
        case .addSchedule: "Add a schedule"
        case .authority: "Written authority"
        case .providers: "Providers"
        case .operations: "GSTN actions"
        case .operation: "Evidence of an action"
        case .eInvoices: "E-invoices"
        case .eInvoice: "An e-invoice"
        case .draft: "Findings of a draft"
        case .cancelInvoice: "Cancel an e-invoice"
        case .readInvoice: "What a portal showed"
        case .providerFiles: "Provider files"
        case .apiUsers: "API users"
        case .tdsRequests: "Files asked of TRACES"
        case .tdsRequest: "Form of a file of TRACES"
        case .apiUser: "Form of an API user"
        case .importRefusals: "Lines that an import refused"
        case .eWayBills: "E-way bills"
        case .changeBill: "Form of an e-way bill"
        case .support: "Support bundle"
        case .supportText: "Texts of a support bundle"
        }
    }
}

/// One line of the command table: hints, help, palette, key configuration and docs/keys.md all come from it.
public struct Command: Sendable {
    public let id: CommandId
    public let scope: CommandScope
    /// What it does, as the help shows it.
    public let title: String
    /// One or two words for the hints bar; empty when it is not among the keys that matter most.
    public let hint: String
    public let keys: [Key]

    public init(_ id: CommandId, _ scope: CommandScope, _ title: String, hint: String = "", keys: [Key]) {
        self.id = id
        self.scope = scope
        self.title = title
        self.hint = hint
        self.keys = keys
    }
}
