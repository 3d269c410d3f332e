import TerminalKit

/// E-invoices and e-way bills: what is registered, made and changed at authorities.
extension CommandTable {
    static let eInvoices: [Command] =
        [
            Command(.open, .eInvoices, "Open the invoice with its QR", hint: "open", keys: [.enter]),
            Command(
                .add, .eInvoices, "Register from a file, a folder or a sheet: first what is wrong, then a question",
                hint: "register", keys: ["a", "+"]),
            Command(
                .cancel, .eInvoices, "Cancel the invoice at the portal, within 24 hours", hint: "cancel", keys: ["X"]),
            Command(
                .verify, .eInvoices, "Compare the signed invoice with a file", hint: "verify", keys: ["v"]),
            Command(.makeBill, .eInvoices, "Make the e-way bill of the invoice", hint: "e-way bill", keys: ["b"]),
            Command(.evidence, .eInvoices, "Evidence of the action", hint: "evidence", keys: ["l"]),
            Command(
                .export, .eInvoices, "Write the signed invoice, or its QR as .png or .svg", hint: "export",
                keys: ["x"]),
            Command(.reconcile, .eInvoices, "Ask the portal now whether it holds it", keys: ["R"]),
            Command(.back, .eInvoices, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .eInvoices, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.eInvoices, canSort: false) + eInvoice + drafts

    static let eInvoice: [Command] = [
        Command(.back, .eInvoice, "Back to the list, or from the large QR", hint: "back", keys: [.escape]),
        Command(.picture, .eInvoice, "The signed QR alone, as large as fits", hint: "large QR", keys: [.enter, "z"]),
        Command(.export, .eInvoice, "Write the signed invoice, or its QR as .png or .svg", hint: "export", keys: ["x"]),
        Command(.cancel, .eInvoice, "Cancel the invoice at the portal, within 24 hours", hint: "cancel", keys: ["X"]),
        Command(.verify, .eInvoice, "Compare the signed invoice with a file", hint: "verify", keys: ["v"]),
        Command(.makeBill, .eInvoice, "Make the e-way bill of the invoice", hint: "e-way bill", keys: ["b"]),
        Command(.evidence, .eInvoice, "Evidence of the action", hint: "evidence", keys: ["l"]),
        Command(.copy, .eInvoice, "Copy the IRN to the terminal's clipboard", keys: ["y"]),
        Command(.refresh, .eInvoice, "Reload the invoice", keys: ["r", .function(5)]),
    ]

    static let drafts: [Command] = [
        Command(
            .register, .drafts, "Register what is in order, after a question", hint: "register", keys: ["a", .enter]),
        Command(.provider, .drafts, "Through another provider", hint: "provider", keys: ["o"]),
        Command(.nextArea, .drafts, "All drafts, those with mistakes, those in order", hint: "which", keys: [.tab]),
        Command(.copy, .drafts, "Copy what is wrong with the selected draft", hint: "copy", keys: ["y"]),
        Command(.back, .drafts, "Back; nothing was sent", hint: "back", keys: [.escape]),
        Command(.refresh, .drafts, "Check the files again", hint: "check again", keys: ["r", .function(5)]),
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
                .evidence, .eWayBills, "Evidence of the action", hint: "evidence", keys: ["l", .enter]),
            Command(.transporter, .eWayBills, "Hand the bill to another transporter", hint: "transporter", keys: ["t"]),
            Command(.cancel, .eWayBills, "Cancel the bill, within 24 hours", hint: "cancel", keys: ["X"]),
            Command(.reconcile, .eWayBills, "Ask the system now where it stands", keys: ["R"]),
            Command(.back, .eWayBills, "Back", hint: "back", keys: [.escape]),
            Command(.refresh, .eWayBills, "Reload the list", keys: ["r", .function(5)]),
        ] + list(.eWayBills, canSort: false) + [
            Command(.back, .changeBill, "Leave the bill as it is", hint: "leave", keys: [.escape])
        ]
}
