import TerminalKit

/// The screens around the portals themselves: what they ask, what they said, and what went wrong there.
extension CommandTable {
    static let relay: [Command] = [
        Command(.sendAnswer, .relay, "Pass the answer on; the next question follows", hint: "send", keys: [.enter]),
        Command(
            .newPicture, .relay, "Another picture where that is no login attempt, or another question when time is up",
            hint: "new picture", keys: [.function(4), "r"]),
        Command(.nextArea, .relay, "To the queue, or back to the answer", hint: "queue", keys: [.tab, .backtab]),
        Command(.errorLog, .relay, "Log of the job that waits", hint: "log", keys: ["l"]),
        Command(.cancel, .relay, "Cancel the job that waits", keys: ["X"]),
        Command(.previousPage, .relay, "Previous page", keys: [.left, "["]),
        Command(.nextPage, .relay, "Next page", keys: [.right, "]"]),
        Command(.refresh, .relay, "Reload the queue", keys: [.function(5)]),
        Command(.back, .relay, "Empty the field, or go back", hint: "back", keys: [.escape]),
    ]

    static let failures: [Command] =
        [
            Command(
                .act, .failures, "What helps against the cause: fix the login, retry or verify all, answer, connect",
                hint: "what helps", keys: ["a"]),
            Command(.open, .failures, "To the jobs of the cause; the log of a job", hint: "jobs", keys: [.enter]),
            Command(.nextArea, .failures, "To the jobs, or back to the causes", keys: [.tab, .backtab]),
            Command(.errorLog, .failures, "Log of the selected job", hint: "log", keys: ["l"]),
            Command(.editCredential, .failures, "Edit the login of the selected job", keys: ["e"]),
            Command(.retry, .failures, "Retry the selected or marked jobs now", hint: "retry", keys: ["R"]),
            Command(.undo, .failures, "Take the last retry of all back, as far as nothing has begun", keys: ["U"]),
            Command(.back, .failures, "To the causes, or back", hint: "back", keys: [.escape]),
            Command(.refresh, .failures, "Reload", keys: ["r", .function(5)]),
        ] + list(.failures, canSort: false)

    static let schedules: [Command] = [
        Command(.add, .schedules, "Add a schedule", hint: "add", keys: ["a", "+"]),
        Command(.enable, .schedules, "Let the selected schedule rest, or run again", hint: "on or off", keys: ["o"]),
        Command(.remove, .schedules, "Remove the selected schedule", hint: "remove", keys: ["D", .delete]),
        Command(.undo, .schedules, "Put back the schedule that was removed here last", keys: ["U"]),
        Command(.back, .schedules, "Back", hint: "back", keys: [.escape]),
        Command(.refresh, .schedules, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        Command(.copy, .schedules, "Copy the rule to the terminal's clipboard", keys: ["y"]),
        Command(.back, .addSchedule, "Cancel: discard the entry", hint: "cancel", keys: [.escape]),
    ]

    static let providers: [Command] = [
        Command(.test, .providers, "Ask the selected provider whether it answers; no login", hint: "test", keys: ["t"]),
        Command(
            .retry, .providers, "Retry what stands because of the selected provider", hint: "retry", keys: ["R"]),
        Command(
            .checkFiles, .providers, "Check every provider file, and show each mistake with its line",
            hint: "check files", keys: ["c"]),
        Command(.remove, .providers, "Remove the selected provider with its file and secrets", keys: ["D"]),
        Command(.goFailures, .providers, "Failures by cause", hint: "failures", keys: [.alt("f"), .enter]),
        Command(
            .goApiUsers, .providers, "API users at authorities, by GSTIN", hint: "API users", keys: [.alt("u")]),
        Command(.undo, .providers, "Take the last retry back, as far as nothing has begun", keys: ["U"]),
        Command(.back, .providers, "Back", hint: "back", keys: [.escape]),
        Command(.refresh, .providers, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        Command(.copy, .providers, "Copy the provider's address", keys: ["y"]),
    ]

    static let providerFiles: [Command] = [
        Command(.back, .providerFiles, "Back to the providers", hint: "back", keys: [.escape]),
        Command(.refresh, .providerFiles, "Check the files again", hint: "again", keys: ["r", .function(5)]),
        Command(.wrap, .providerFiles, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
        Command(.copy, .providerFiles, "Copy what was found to the terminal's clipboard", hint: "copy", keys: ["y"]),
    ]

    static let support: [Command] = [
        Command(.write, .support, "Write the bundle", hint: "write", keys: [.enter]),
        Command(.mark, .support, "Leave the selected part out, or take it in again", hint: "leave out", keys: [.space]),
        Command(.showTexts, .support, "Read the masked texts of the selected part", hint: "read", keys: ["v"]),
        Command(.save, .support, "Write the bundle into another file", hint: "write elsewhere", keys: ["s"]),
        Command(
            .keepWords, .support, "Leave words of portals and people as they are, or mask them again",
            hint: "keep words",
            keys: ["w"]),
        Command(
            .lookUpMask, .support, "What a mask of a bundle that was made here stands for", hint: "look up", keys: ["l"]
        ),
        Command(.copy, .support, "Copy where the bundle lies to the terminal's clipboard", keys: ["y"]),
        Command(.back, .support, "Back to where you came from; ends the collecting", hint: "back", keys: [.escape]),
        Command(.refresh, .support, "Collect it again", keys: ["r", .function(5)]),
        Command(.back, .supportText, "Back to the bundle", hint: "back", keys: [.escape]),
        Command(.wrap, .supportText, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
        Command(.copy, .supportText, "Copy the text to the terminal's clipboard", hint: "copy", keys: ["y"]),
    ]

    static let tdsRequests: [Command] = [
        Command(
            .add, .tdsRequests, "Ask TRACES for a justification report or a conso file", hint: "ask for a file",
            keys: ["a", "+"]),
        Command(
            .remove, .tdsRequests, "Withdraw the selected request, as long as the portal was not asked",
            hint: "withdraw", keys: ["D", .delete]),
        Command(.filter, .tdsRequests, "Filter as you type", hint: "filter", keys: ["/"]),
        Command(.back, .tdsRequests, "Back", hint: "back", keys: [.escape]),
        Command(.refresh, .tdsRequests, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        Command(.copy, .tdsRequests, "Copy the portal's number, else the TAN", hint: "copy", keys: ["y"]),
        Command(.back, .tdsRequest, "Cancel: discard the entry", hint: "cancel", keys: [.escape]),
    ]

    static let apiUsers: [Command] = [
        Command(
            .open, .apiUsers, "Set the selected API user anew: name and password", hint: "set anew",
            keys: [.enter, "e"]),
        Command(.add, .apiUsers, "Keep an API user", hint: "add", keys: ["a", "+"]),
        Command(
            .remove, .apiUsers, "Forget the selected API user and its password", hint: "forget", keys: ["D", .delete]),
        Command(.filter, .apiUsers, "Filter as you type", hint: "filter", keys: ["/"]),
        Command(.back, .apiUsers, "Back", hint: "back", keys: [.escape]),
        Command(.refresh, .apiUsers, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        Command(.copy, .apiUsers, "Copy the GSTIN to the terminal's clipboard", keys: ["y"]),
        Command(.back, .apiUser, "Cancel: discard the entry", hint: "cancel", keys: [.escape]),
    ]

    static let sessions: [Command] =
        [
            Command(
                .open, .sessions, "Connect the selected GSTIN, step by step", hint: "connect", keys: [.enter, "c"]),
            Command(
                .editCredential, .sessions, "Edit the login of the selected GSTIN", hint: "edit login", keys: ["e"]),
            Command(.back, .sessions, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .sessions, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        ] + list(.sessions, canSort: false)

    static let connect: [Command] = [
        Command(.back, .connect, "Leave; what is done stays done", hint: "leave", keys: [.escape])
    ]

    static let coverage: [Command] =
        [
            Command(
                .fetch, .coverage, "Fetch the identities of the selected or marked places", hint: "fetch", keys: ["f"]),
            Command(
                .goNotices, .coverage, "Notices & Orders of the selected identity", hint: "notices",
                keys: ["N", .alt("n"), .function(7)]),
            Command(.back, .coverage, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .coverage, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        ] + list(.coverage, canSort: false)

    static let strays: [Command] =
        [
            Command(.open, .strays, "Open the record as the portal sent it", hint: "open", keys: [.enter]),
            Command(.back, .strays, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .strays, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        ] + list(.strays, canSort: false) + [
            Command(.back, .stray, "Back to the list", hint: "back", keys: [.escape]),
            Command(.wrap, .stray, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
            Command(.copy, .stray, "Copy the record to the terminal's clipboard", hint: "copy", keys: ["y"]),
            Command(.refresh, .stray, "Reload the record", keys: ["r", .function(5)]),
        ]

    static let audit: [Command] =
        [
            Command(.open, .audit, "Open the record", hint: "open", keys: [.enter]),
            Command(.verify, .audit, "Verify the whole trail and its checkpoints", hint: "verify", keys: ["v"]),
            Command(.export, .audit, "Export the trail for an auditor", hint: "export", keys: ["e"]),
            Command(
                .proveRecord, .audit, "Save a proof that the selected record stands in the signed trail", hint: "proof",
                keys: ["P"]),
            Command(.signCheckpoint, .audit, "Sign a checkpoint of the trail now", hint: "sign", keys: ["s"]),
            Command(
                .trailKeys, .audit, "The keys that have signed, and changing the one that signs", hint: "keys",
                keys: ["K"]),
            Command(.back, .audit, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .audit, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.audit, canSort: false) + [
            Command(.back, .auditRecord, "Back to the list", hint: "back", keys: [.escape]),
            Command(
                .reveal, .auditRecord, "Open the sealed request and answer; that is on record", hint: "open sealed",
                keys: ["o"]),
            Command(
                .proveRecord, .auditRecord, "Save a proof that the record stands in the signed trail", hint: "proof",
                keys: ["P"]),
            Command(.wrap, .auditRecord, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
            Command(.copy, .auditRecord, "Copy the record to the terminal's clipboard", hint: "copy", keys: ["y"]),
            Command(.refresh, .auditRecord, "Reload the record", keys: ["r", .function(5)]),
            Command(.back, .auditReport, "Back to the trail", hint: "back", keys: [.escape]),
            Command(
                .resumeTrail, .auditReport, "Let the trail go on in which something is wrong", hint: "let it go on",
                keys: ["R"]),
            Command(.copy, .auditReport, "Copy the report to the terminal's clipboard", hint: "copy", keys: ["y"]),
            Command(.back, .auditPaper, "Back", hint: "back", keys: [.escape]),
            Command(.wrap, .auditPaper, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
            Command(.copy, .auditPaper, "Copy the text to the terminal's clipboard", hint: "copy", keys: ["y"]),
            Command(.back, .auditKeys, "Back to the trail", hint: "back", keys: [.escape]),
            Command(
                .rotateKey, .auditKeys, "Let another key sign from now on; the one before vouches for it",
                hint: "change key", keys: ["R"]),
            Command(.wrap, .auditKeys, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
            Command(.copy, .auditKeys, "Copy the keys to the terminal's clipboard", hint: "copy", keys: ["y"]),
            Command(.refresh, .auditKeys, "Reload the keys", keys: ["r", .function(5)]),
        ]

    static let operations: [Command] =
        [
            Command(.open, .operations, "Open the evidence of the action", hint: "evidence", keys: [.enter]),
            Command(
                .reconcile, .operations, "Ask the portal now whether it holds it, or the marked ones", hint: "look now",
                keys: ["R"]),
            Command(
                .settle, .operations, "Say what you found at the portal; of several marked, that it holds none",
                hint: "settle", keys: ["n"]),
            Command(
                .discard, .operations, "Give up what the portal does not hold: the selected or the marked ones",
                keys: ["x"]),
            Command(.back, .operations, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .operations, "Reload the list", hint: "refresh", keys: ["r", .function(5)]),
        ] + list(.operations, canSort: false) + [
            Command(.back, .operation, "Back to the list", hint: "back", keys: [.escape]),
            Command(.previousPage, .operation, "What came to the attempt before", hint: "answer before", keys: ["["]),
            Command(.nextPage, .operation, "What came to the next attempt", hint: "next answer", keys: ["]"]),
            Command(.wrap, .operation, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
            Command(.copy, .operation, "Copy the evidence to the terminal's clipboard", hint: "copy", keys: ["y"]),
            Command(.refresh, .operation, "Reload the evidence", keys: ["r", .function(5)]),
        ]
}
