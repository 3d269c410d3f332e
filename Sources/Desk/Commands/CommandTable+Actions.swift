import TerminalKit

/// E-invoices and e-way bills: what is registered, made and changed at authorities.
extension CommandTable {
    static let eInvoices: [Command] =
        drafts + ofInvoice(.eInvoices) + eInvoiceList + list(.eInvoices, canSort: false) + eInvoice + draft

    /// What is prepared, before the invoices of the same list.
    private static let drafts: [Command] = [
        Command(
            .open, .eInvoices, "Open the invoice with its QR, or everything that was found in a draft", hint: "open",
            keys: [.enter]),
        Command(
            .add, .eInvoices, "Prepare what a file, a folder or a sheet holds: it is checked and listed as drafts",
            hint: "add files", keys: ["a", "+"]),
        Command(
            .register, .eInvoices,
            "Register the drafts that are in order, or those of them that are marked; asks first", hint: "register",
            keys: ["s"]),
        Command(
            .remove, .eInvoices, "Remove the selected or marked drafts from the list; files stay", hint: "remove",
            keys: ["D", .delete]),
        Command(.undo, .eInvoices, "Bring back the drafts that were removed last", keys: ["U"]),
        Command(
            .template, .eInvoices, "Write the sheet template: a CSV with a title for each column", keys: ["T"]),
        Command(
            .askPortal, .eInvoices, "Fetch a registered invoice from the portal, also one that others registered",
            hint: "fetch", keys: ["g"]),
        Command(.provider, .eInvoices, "Register drafts through another provider", keys: ["o"]),
    ]

    private static let eInvoiceList: [Command] = [
        Command(
            .reconcile, .eInvoices, "Ask the portal now whether it holds it, or the marked ones", keys: ["R"]),
        Command(.back, .eInvoices, "Back", hint: "back", keys: [.escape]),
        Command(
            .refresh, .eInvoices, "Reload the list, and check the files again", keys: ["r", .function(5)]),
    ]

    static let eInvoice: [Command] =
        qr + ofInvoice(.eInvoice) + [
            Command(.copy, .eInvoice, "Copy the IRN to the terminal's clipboard", keys: ["y"]),
            Command(.refresh, .eInvoice, "Reload the invoice", keys: ["r", .function(5)]),
        ]

    private static let qr: [Command] = [
        Command(.back, .eInvoice, "Back to the list, or from the large QR", hint: "back", keys: [.escape]),
        Command(.picture, .eInvoice, "The signed QR alone, as large as fits", hint: "large QR", keys: [.enter, "z"]),
        Command(
            .zoomIn, .eInvoice, "A larger QR; arrows move where it does not fit", hint: "larger", keys: ["+", "="]),
        Command(.zoomOut, .eInvoice, "A smaller QR", hint: "smaller", keys: ["-"]),
    ]

    /// What can be done about one invoice, in the list and on its page.
    private static func ofInvoice(_ scope: CommandScope) -> [Command] {
        [
            Command(.cancel, scope, "Cancel the invoice at the portal, within 24 hours", hint: "cancel", keys: ["X"]),
            Command(.verify, scope, "Compare the signed invoice with a file", hint: "verify", keys: ["v"]),
            Command(.makeBill, scope, "Make the e-way bill of the invoice", hint: "e-way bill", keys: ["b"]),
            Command(.evidence, scope, "Evidence of the action", hint: "evidence", keys: ["l"]),
            Command(.print, scope, "Write the invoice as a page to print, HTML", hint: "print", keys: ["P"]),
            Command(
                .export, scope, "Write the signed invoice, its QR as .png or .svg, or the page to print as .html",
                hint: "export", keys: ["x"]),
        ]
    }

    static let draft: [Command] = [
        Command(.back, .draft, "Back to the list; nothing was sent", hint: "back", keys: [.escape]),
        Command(.wrap, .draft, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
        Command(.copy, .draft, "Copy what was found to the terminal's clipboard", hint: "copy", keys: ["y"]),
        Command(.back, .readInvoice, "Back to the list", hint: "back", keys: [.escape]),
        Command(.wrap, .readInvoice, "Wrap long lines, or not", hint: "wrap", keys: ["w"]),
        Command(.copy, .readInvoice, "Copy what came to the terminal's clipboard", hint: "copy", keys: ["y"]),
        Command(.back, .cancelInvoice, "Leave the invoice as it is", hint: "leave", keys: [.escape]),
    ]

    static let eWayBills: [Command] =
        [
            Command(
                .extendBill, .eWayBills, "Extend the bill: from 8 hours before its end to 8 hours after it",
                hint: "extend", keys: ["e"]),
            Command(
                .watch, .eWayBills, "Only bills that end soon, the first to end first; or all", hint: "watch list",
                keys: ["w"]),
            Command(
                .vehicle, .eWayBills, "Enter the vehicle, or the document of another means of transport (Part B)",
                hint: "vehicle", keys: ["v"]),
            Command(
                .askPortal, .eWayBills, "Ask the system how the bill stands, also what others did to it", hint: "ask",
                keys: ["g"]),
            Command(
                .evidence, .eWayBills, "Evidence of the action", hint: "evidence", keys: ["l", .enter]),
            Command(
                .add, .eWayBills, "Make a bill from a file: first what is wrong, then a question", hint: "from file",
                keys: ["a", "+"]),
            Command(
                .consolidate, .eWayBills, "One consolidated bill for the marked bills, which go on in one vehicle",
                hint: "consolidate", keys: ["c"]),
            Command(.transporter, .eWayBills, "Hand the bill to another transporter", hint: "transporter", keys: ["t"]),
            Command(.cancel, .eWayBills, "Cancel the bill, within 24 hours", hint: "cancel", keys: ["X"]),
            Command(.template, .eWayBills, "Write a bill to fill in, as it is made from a file", keys: ["T"]),
            Command(.askOther, .eWayBills, "Ask the system about a bill of others, by its number", keys: []),
            Command(
                .reconcile, .eWayBills, "Look now what became of the action, or of those of the marked bills",
                keys: ["R"]),
            Command(.back, .eWayBills, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .eWayBills, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.eWayBills, canSort: false) + [
            Command(.back, .changeBill, "Leave the bill as it is", hint: "leave", keys: [.escape])
        ]
}
