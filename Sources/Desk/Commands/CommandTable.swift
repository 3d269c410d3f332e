import TerminalKit

/// The one table of commands. The order is the order of hints and help.
public enum CommandTable {
    public static let all: [Command] =
        portals + configure + editLogin + jobLog + notices + businesses + editBusiness + importRefusals + inbox
        + history + authenticator + noticeCalendar + noticeStory + addNotice + relay + failures + sessions + connect
        + coverage + strays + audit + schedules + authority + providers + providerFiles + apiUsers + tdsRequests
        + operations
        + eInvoices
        + eWayBills
        + support
        + everywhere

    /// The commands that can be given in `scope`, each once: its own before the general ones.
    public static func commands(in scope: CommandScope) -> [Command] {
        let own = all.filter { $0.scope == scope }
        return own + everywhere.filter { general in !own.contains { $0.id == general.id } }
    }

    /// Whether a command can be given from within a field, by a key that the field has no use for.
    static func worksWhileTyping(_ id: CommandId) -> Bool { id == .refresh || everywhere.contains { $0.id == id } }

    static let portals: [Command] =
        [
            Command(.open, .portals, "Open the selected job, or the focused card", hint: "open", keys: [.enter]),
            Command(.errorLog, .portals, "Error log of a failed job", hint: "log", keys: ["l"]),
            Command(.configure, .portals, "Configure the portal of the selection", hint: "configure", keys: ["c"]),
            Command(.configureGst, .portals, "Configure the GST Portal", keys: ["1"]),
            Command(.configureIncomeTax, .portals, "Configure the Income Tax Portal", keys: ["2"]),
            Command(.configureTraces, .portals, "Configure the TDS Portal (TRACES)", keys: ["3"]),
            Command(
                .fetch, .portals, "Fetch the selected identity, or all of the focused portal", hint: "fetch",
                keys: ["f"]),
            Command(.fetchAll, .portals, "Fetch every configured account of every portal", keys: ["F"]),
            Command(.retry, .portals, "Retry the selected or marked jobs now", keys: ["R"]),
            Command(.cancel, .portals, "Cancel the selected or marked jobs", keys: ["X"]),
            Command(.nextArea, .portals, "To the next card, or back to the table", keys: [.tab]),
            Command(.previousArea, .portals, "To the previous card", keys: [.backtab]),
            Command(.refresh, .portals, "Reload the table and the cards", hint: "refresh", keys: ["r", .function(5)]),
        ] + list(.portals)

    static let configure: [Command] =
        [
            Command(
                .actions, .configure, "Actions menu of the selected business", hint: "actions", keys: [.enter, "."]),
            Command(.edit, .configure, "Edit user name and password", hint: "edit", keys: ["e"]),
            Command(.fetch, .configure, "Fetch Data of the selected or marked businesses", hint: "fetch", keys: ["f"]),
            Command(.verify, .configure, "Verify the login: exactly one attempt", hint: "verify", keys: ["v"]),
            Command(
                .history, .configure, "Who changed the login, verified it, saw its password", hint: "history",
                keys: ["h"]),
            Command(
                .authority, .configure, "Written authority of the taxpayer: look, record, withdraw", keys: ["w"]),
            Command(
                .goNotices, .configure, "Notices & Orders of the selected identity",
                keys: ["N", .alt("n"), .function(7)]),
            Command(.goCoverage, .configure, "Coverage of the selected identity", keys: ["C", .alt("c")]),
            Command(.refresh, .configure, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.configure, canSort: false)

    static let editLogin: [Command] = [
        Command(
            .reveal, .editLogin, "Show the stored password after a mailed code, or hide it", hint: "show password",
            keys: [.function(2)]),
        Command(.inbox, .editLogin, "The demo's inbox, where its codes arrive", hint: "inbox", keys: [.function(3)]),
        Command(.resendCode, .editLogin, "Send another code", hint: "another code", keys: [.function(4)]),
        Command(.back, .editLogin, "Cancel: discard the changes", hint: "cancel", keys: [.escape]),
    ]

    static let authority: [Command] = [
        Command(.back, .authority, "Back; what was not recorded is discarded", hint: "back", keys: [.escape])
    ]

    static let history: [Command] = [
        Command(.back, .history, "Back", hint: "back", keys: [.escape]),
        Command(.undo, .history, "Put back the user name of the last change", hint: "undo user name", keys: ["U"]),
        Command(.refresh, .history, "Reload the list", keys: ["r", .function(5)]),
    ]

    static let inbox: [Command] = [
        Command(.previousPage, .inbox, "To the newer message", hint: "newer", keys: [.left, "k", "["]),
        Command(.nextPage, .inbox, "To the older message", hint: "older", keys: [.right, "j", "]"]),
        Command(.back, .inbox, "Back", hint: "back", keys: [.escape]),
        Command(.refresh, .inbox, "Look for new messages", keys: ["r", .function(5)]),
    ]

    static let authenticator: [Command] = [
        Command(
            .back, .authenticator, "Leave; a secret that was not confirmed is forgotten", hint: "leave",
            keys: [.escape])
    ]

    static let jobLog: [Command] = [
        Command(.back, .jobLog, "Back to the table", hint: "back", keys: [.escape]),
        Command(.search, .jobLog, "Search in the log", hint: "search", keys: ["/"]),
        Command(.editCredential, .jobLog, "Edit the login that this job used", hint: "edit login", keys: ["e"]),
        Command(.retry, .jobLog, "Retry the job now", hint: "retry", keys: ["R"]),
        Command(.nextMatch, .jobLog, "Next match", hint: "next", keys: ["n"]),
        Command(.previousMatch, .jobLog, "Previous match", keys: ["N"]),
        Command(.wrap, .jobLog, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
        Command(.times, .jobLog, "Show times of day, seconds since start, or none", hint: "times", keys: ["t"]),
        Command(.copy, .jobLog, "Copy the whole log to the terminal's clipboard", hint: "copy", keys: ["y"]),
        Command(.save, .jobLog, "Save the log to a file", hint: "save", keys: ["s"]),
        Command(.refresh, .jobLog, "Reload the log", keys: ["r", .function(5)]),
    ]

    static let businesses: [Command] =
        [
            Command(.open, .businesses, "Edit the selected business", hint: "edit", keys: [.enter, "e"]),
            Command(.add, .businesses, "Add a business", hint: "add", keys: ["a"]),
            Command(.importFile, .businesses, "Import businesses from a CSV file", hint: "import", keys: ["i"]),
            Command(.back, .businesses, "Back", hint: "back", keys: [.escape]),
            Command(.remove, .businesses, "Remove the selected business", keys: ["D", .delete]),
            Command(.refresh, .businesses, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.businesses, canSort: false)

    static let importRefusals: [Command] = [
        Command(.back, .importRefusals, "Back to the businesses", hint: "back", keys: [.escape]),
        Command(.wrap, .importRefusals, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
        Command(.copy, .importRefusals, "Copy the lines to the terminal's clipboard", hint: "copy", keys: ["y"]),
    ]

    static let editBusiness: [Command] = [
        Command(.back, .editBusiness, "Cancel: discard the changes", hint: "cancel", keys: [.escape])
    ]

    static let everywhere: [Command] = [
        Command(
            .goRelay, .everywhere, "Captchas and one-time passwords that jobs wait for", hint: "answer",
            keys: [.function(9), .alt("a")]),
        Command(.palette, .everywhere, "All commands by name", hint: "command", keys: [":", .control("p")]),
        Command(.help, .everywhere, "The keys that work here", hint: "help", keys: ["?", .function(1)]),
        Command(.goPortals, .everywhere, "Go to Portal Integration", keys: [.alt("p"), .function(6)]),
        Command(.goNotices, .everywhere, "Go to Notices & Orders", keys: [.alt("n"), .function(7)]),
        Command(.goBusinesses, .everywhere, "Go to Businesses", keys: [.alt("b"), .function(8)]),
        Command(.goFailures, .everywhere, "Go to Failures by cause", keys: [.alt("f")]),
        Command(.goCoverage, .everywhere, "Go to Coverage: what every place said", keys: [.alt("c")]),
        Command(.goSessions, .everywhere, "Go to API sessions at GSTN", keys: [.alt("g")]),
        Command(.goSchedules, .everywhere, "Go to Schedules: what is done by the calendar", keys: [.alt("t")]),
        Command(.goProviders, .everywhere, "Go to Providers: how those do who reach the portals", keys: [.alt("o")]),
        Command(
            .goApiUsers, .everywhere, "Go to API users: who asks authorities for each GSTIN", keys: [.alt("u")]),
        Command(
            .goOperations, .everywhere, "Go to GSTN actions: what was asked of authorities, and where it stands",
            keys: [.alt("x")]),
        Command(.goEInvoices, .everywhere, "Go to E-invoices", keys: [.alt("i")]),
        Command(.goEWayBills, .everywhere, "Go to E-way bills, and how long they hold", keys: [.alt("w")]),
        Command(
            .goTdsRequests, .everywhere, "Go to Files asked of TRACES: justification reports and conso files",
            keys: [.alt("r")]),
        Command(.goStrays, .everywhere, "Go to Records set aside", keys: [.alt("s")]),
        Command(.goAudit, .everywhere, "Go to the audit trail: what was done, by whom", keys: [.alt("v")]),
        Command(
            .auditHistory, .everywhere,
            "What the audit trail tells of the selected job, notice, action, login or business",
            keys: [.alt("h")]),
        Command(
            .goSupport, .everywhere, "Support bundle of this screen, logs and versions, masked", keys: [.alt("k")]),
        Command(.back, .everywhere, "Back one layer", keys: [.escape]),
        Command(.redraw, .everywhere, "Repaint the screen", keys: [.control("l")]),
        Command(.suspend, .everywhere, "Suspend; `fg` comes back", keys: [.control("z")]),
        Command(.inbox, .everywhere, "The demo's inbox, where its codes arrive", keys: []),
        Command(.authenticator, .everywhere, "Authenticator app: set it up, or remove it", keys: []),
        Command(
            .lock, .everywhere, "Lock the desk: keys are wiped, the screen is blank", keys: [.alt("l"), .function(12)]),
        Command(.logOut, .everywhere, "Log out: end the session of the desk and of commands", keys: []),
        Command(.toggleMouse, .everywhere, "Mouse on or off", keys: []),
        Command(.quit, .everywhere, "Quit", hint: "quit", keys: ["q", .control("c")]),
    ]

    /// What every paged list can do.
    static func list(_ scope: CommandScope, canSort: Bool = true) -> [Command] {
        let sorts = [
            Command(.sort, scope, "Sort by the next column", keys: ["s"]),
            Command(.reverseSort, scope, "Reverse the sort", keys: ["S"]),
        ]
        return [Command(.filter, scope, "Filter as you type", hint: "filter", keys: ["/"])]
            + (canSort ? sorts : [])
            + [
                Command(.previousPage, scope, "Previous page", keys: [.left, "["]),
                Command(.nextPage, scope, "Next page", keys: [.right, "]"]),
                Command(.firstPage, scope, "First page", keys: [Key(.home, .control), "{"]),
                Command(.lastPage, scope, "Last page", keys: [Key(.end, .control), "}"]),
                Command(.goToPage, scope, "Go to a page by number", keys: ["p"]),
                Command(
                    .pageSize, scope,
                    scope == .portals || scope == .relay
                        ? "Rows a page: 10, 20, 50, 100" : "Rows a page: 10, 20, 50, 100, or what fits",
                    keys: ["z"]),
                Command(.mark, scope, "Mark the selected row, and go on to the next", keys: [.space]),
                Command(.markRange, scope, "Mark every row from the last mark to here", keys: ["V"]),
                Command(.markAll, scope, "Mark every row of the page", keys: ["A"]),
                Command(.invertMarks, scope, "Invert the marks of the page", keys: ["*"]),
                Command(.copy, scope, "Copy the identity or reference", keys: ["y"]),
            ]
    }
}
