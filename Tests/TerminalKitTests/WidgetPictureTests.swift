import Testing

@testable import TerminalKit

@Suite("Widgets look as drawn in Goldens/") struct WidgetPictureTests {
    private func canvas(_ columns: Int, _ rows: Int) -> Canvas { Canvas(size: Size(columns: columns, rows: rows)) }

    private static let columns = [
        TableColumn(id: "n", title: "Sr. No.", width: .fixed(7), alignment: .right),
        TableColumn(id: "portal", title: "Portal Type", width: .fixed(11), dropOrder: 1),
        TableColumn(id: "id", title: "Portal Identity", width: .fixed(15)),
        TableColumn(id: "status", title: "Status", width: .fixed(9)),
        TableColumn(id: "name", title: "Business", width: .flexible(least: 10), dropOrder: 2),
    ]

    private func table(_ content: Table.Content, focused: Bool = true) -> Table {
        Table(
            columns: Self.columns, content: content, sort: .init(columnId: "portal", isAscending: false),
            isFocused: focused, isMarked: { $0 == 3 })
    }

    private var rows: Table.Content {
        .rows(count: 40) { index in
            [
                Line("\(index + 1)"), "GST", "09AAFHH6756K1ZQ",
                index == 2 ? Line("✗ Failed", .danger) : Line("✓ Done", .success),
                index % 2 == 0 ? "हिन्दी व्यापार" : "Harihar & Co",
            ]
        }
    }

    @Test func `a table paints the selected row over its whole width and says how many rows are hidden`() throws {
        var wide = canvas(78, 8)
        table(rows).draw(TableState(selectedIndex: 2), on: &wide, in: wide.bounds)
        try Golden.check(wide, "table-wide")
        var unfocused = canvas(78, 8)
        table(rows, focused: false).draw(
            TableState(selectedIndex: 20, offset: 15), on: &unfocused, in: unfocused.bounds)
        try Golden.check(unfocused, "table-unfocused")
    }

    @Test func `a narrow table drops its optional columns, the highest number first`() throws {
        var narrow = canvas(50, 6)
        table(rows).draw(TableState(), on: &narrow, in: narrow.bounds)
        try Golden.check(narrow, "table-narrow")
    }

    @Test func `a table shows grey bars while loading and a sentence when empty`() throws {
        var loading = canvas(78, 5)
        table(.loading(rows: 3)).draw(TableState(), on: &loading, in: loading.bounds)
        try Golden.check(loading, "table-loading")
        var empty = canvas(60, 7)
        let text = Line("No failed jobs in the last 7 days. Press r to refresh, or F to fetch everything.", .muted)
        table(.message(text)).draw(TableState(), on: &empty, in: empty.bounds)
        try Golden.check(empty, "table-empty")
    }

    @Test func `a card keeps its right-hand notes and cuts the left ones`() throws {
        let card = Card(
            key: "1", title: "GST Portal", icon: "₹", heading: "Goods and Services Tax Portal",
            rows: [
                .init(Badge(glyph: "●", word: "Connected", role: .success).line, right: Line("71/74 verified", .muted)),
                .init("last fetch 18:40", right: Line("3 new", .warning)),
            ], button: Line("⚙ Configure", .key), isFocused: true)
        var both = canvas(66, 9)
        let wide = card.draw(on: &both, in: Rect(x: 0, y: 0, width: 40, height: 9))
        card.draw(on: &both, in: Rect(x: 41, y: 0, width: 25, height: 9), index: 1)
        try Golden.check(both, "card")
        #expect(wide.target(x: 35, y: 7) == HitTarget("configure", 0))
        #expect(wide.target(x: 5, y: 3) == HitTarget("card", 0))
    }

    @Test func `the header, the hints and the paginator give up their least important parts first`() throws {
        var screen = canvas(90, 7)
        for (row, width) in [(0, 90), (1, 60), (2, 30)] {
            let line = Rect(x: 0, y: row, width: width, height: 1)
            HeaderLine(
                path: ["PortalDesk", "Portal Integration"], banner: "SANDBOX",
                notes: [Line("● 2 running", .running), Line("asha (admin)", .muted)]
            ).draw(on: &screen, in: line)
        }
        for (row, width) in [(3, 90), (4, 50)] {
            Paginator(total: 4884, page: 0, pageSize: 20)
                .draw(on: &screen, in: Rect(x: 0, y: row, width: width, height: 1))
        }
        let hints = HintsBar(hints: [
            .init(keys: "↑↓", title: "select"), .init(keys: "⏎", title: "open"),
            .init(keys: "l", title: "log", isEnabled: false), .init(keys: "?", title: "help"),
        ])
        hints.draw(on: &screen, in: Rect(x: 0, y: 5, width: 60, height: 1))
        hints.draw(on: &screen, in: Rect(x: 0, y: 6, width: 24, height: 1))
        try Golden.check(screen, "lines")
    }

    @Test func `a dialog dims what lies behind it and stands on No`() throws {
        var screen = canvas(60, 12)
        screen.put("what lies behind, in danger", x: 0, y: 0, style: Style(.danger))
        let dialog = Dialog.confirm(title: "Remove account", body: "Remove the login of 09AAFHH6756K1ZQ?")
        let hits = dialog.draw(focused: dialog.safeButton, on: &screen, in: screen.bounds)
        try Golden.check(screen, "dialog")
        #expect(hits.regions.map(\.target) == [HitTarget("button", 0), HitTarget("button", 1)])
        #expect(dialog.handle(.enter, focused: dialog.safeButton) == .chosen(id: "no"))
    }

    @Test func `toasts stack upwards at the right`() throws {
        var screen = canvas(60, 9)
        let toasts = [
            Toast(.success, "Triggered Successfully"), Toast(.danger, "Fetch failed", detail: "Press l to see why."),
        ]
        Toast.draw(toasts, on: &screen, in: screen.bounds)
        try Golden.check(screen, "toasts")
    }

    @Test func `a menu keeps disabled entries with their reason`() throws {
        var screen = canvas(50, 7)
        let menu = Menu(
            title: "Actions",
            entries: [
                .init(id: "edit", key: "e", title: "Edit"),
                .init(id: "log", key: "l", title: "Log", disabledReason: "this job succeeded"),
            ])
        menu.draw(selected: 0, on: &screen, anchor: Point(x: 4, y: 0), in: screen.bounds)
        try Golden.check(screen, "menu")
        #expect(menu.handle("l", selected: 0) == .refused(reason: "this job succeeded"))
        #expect(menu.handle("e", selected: 1) == .chosen(id: "edit"))
    }

    @Test func `a form shows labels, dots, the hint of the focused field and errors`() throws {
        let form = Form(
            fields: [
                .init(id: "user", label: "Username", error: "must not be empty"),
                .init(id: "pass", label: "Password", kind: .masked, hint: "8 to 15 characters"),
                .init(id: "kind", label: "Kind", kind: .choice(["regular", "composition"])),
            ],
            buttons: [.init(id: "submit", title: "Submit"), .init(id: "cancel", title: "Cancel")],
            message: Line("✗ Not Verified: the portal said \"Invalid password\"", .danger))
        var state = FormState(form)
        _ = state.handle(.tab, in: form)
        for letter in "t!ger" { _ = state.handle(.character(letter), in: form) }
        var screen = canvas(60, form.height(width: 56) + 2)
        let drawing = form.draw(state, on: &screen, in: screen.bounds.inset(columns: 2, rows: 1))
        try Golden.check(screen, "form")
        #expect(drawing.cursor == Point(x: 18, y: 3))
    }

    @Test func `the palette ranks by fit and marks the letters; help can be searched`() throws {
        let palette = Palette(items: [
            .init(id: "refresh", title: "Refresh the list", keys: "r"),
            .init(id: "fetch", title: "Fetch data", keys: "f"),
            .init(id: "filter", title: "Filter by date", keys: "/", disabledReason: "nothing to filter"),
        ])
        let found = palette.hits(for: "fd")
        #expect(found.map(\.item.id) == ["fetch", "filter"])
        var screen = canvas(76, 8)
        palette.draw(query: LineEditor("fd"), hits: found, selected: 0, on: &screen, in: screen.bounds)
        try Golden.check(screen, "palette")
        let help = HelpOverlay(
            title: "Keys here",
            sections: [
                .init(
                    title: "Moving",
                    entries: [.init(keys: "↑↓", title: "select"), .init(keys: "g", title: "first row")]),
                .init(title: "Jobs", entries: [.init(keys: "l", title: "log", disabledReason: "no job selected")]),
            ])
        var overlay = canvas(60, 12)
        help.draw(query: LineEditor(), offset: 0, on: &overlay, in: overlay.bounds)
        try Golden.check(overlay, "help")
        #expect(help.rows(matching: "LOG").count == 2)
    }

    @Test func `a reason that does not fit behind its title goes on below it, whole`() {
        let reason = "Only failed, cancelled or waiting jobs can be retried"
        let help = HelpOverlay(
            title: "Keys here",
            sections: [
                .init(
                    title: "Jobs",
                    entries: [
                        .init(keys: "R", title: "Retry the selected jobs", disabledReason: reason),
                        .init(keys: "l", title: "Log", disabledReason: "No job"),
                    ])
            ])
        let rows = help.rows(matching: "", columns: 40).map(\.text)
        #expect(rows.allSatisfy { Text.width($0) <= 40 && !$0.contains("…") })
        #expect(rows[1] == "  R  Retry the selected jobs" && rows.last == "  l  Log  No job")
        let below = rows[2..<(rows.count - 1)]
        #expect(below.allSatisfy { $0.hasPrefix("     ") })
        #expect(below.map { String($0.dropFirst(5)) }.joined(separator: " ") == reason)
    }

    @Test func `a progress bar fills by eighths`() {
        var screen = canvas(20, 1)
        ProgressBar(fraction: 0.4).draw(on: &screen, in: screen.bounds)
        #expect(screen.textRows == ["█████▋░░░░░░░░  40 %"])
    }
}
