import Domain
import Services
import TerminalKit

extension BusinessesScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        ListHeading(
            title: "Businesses", placeholder: "name, group or identity",
            note: isImporting ? Line("importing…", .running) : .empty)
    }

    func columns(_ context: ScreenContext) -> [TableColumn] { [list.serialColumn] + Self.columns }

    private static let columns = [
        TableColumn(id: "pan", title: "PAN", width: .fixed(10)),
        TableColumn(id: "gstins", title: "GSTIN", width: .fixed(20)),
        TableColumn(id: "tans", title: "TAN", width: .fixed(15)),
        TableColumn(id: "group", title: "Group", width: .flexible(least: 8, weight: 1), dropOrder: 1),
        TableColumn(id: "name", title: "Business Name", width: .flexible(least: 16, weight: 3)),
    ]

    func emptyText(_ context: ScreenContext) -> String {
        "No business yet. Press a to add one, or i to import a spreadsheet."
    }

    func cells(_ business: Business, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(serial.grouped, .muted), Line(business.pan?.text ?? "—", business.pan == nil ? .muted : .text),
            Self.several(business.gstins), Self.several(business.tans), Line(business.group, .muted),
            Line(business.name),
        ]
    }

    private static func several(_ identities: [String]) -> Line {
        guard let first = identities.first else { return Line("—", .muted) }
        return Line([Span(first, .text), Span(identities.count > 1 ? " +\(identities.count - 1)" : "", .accent)])
    }
}
