import ArgumentParser
import Domain
import Services

/// `einvoice template`.
struct EInvoiceTemplate: Performable {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "The first line of a sheet of drafts; with --columns what each column is.",
        discussion: """
            A sheet has one row for each item; rows of one document follow each other or repeat its number. Columns may \
            stand in any order, and those that are not needed may be left out.
            """)
    @Flag(name: .long, help: "A table of the columns: field, whether it is needed, other titles.") var columns = false
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable {
        let title, field: String
        let needed, of_item: Bool
        let other_titles: [String]

        init(_ column: InvoiceTemplate.Column) {
            (title, field) = (column.title, column.path)
            (needed, of_item, other_titles) = (column.isMandatory, column.isItem, column.others)
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        guard columns || output.json else {
            try Rows.text(InvoiceTemplate.header)
            return .done
        }
        try Rows(json: output.json).print(
            InvoiceTemplate.columns.map(Row.init), header: ["COLUMN", "FIELD", "NEEDED", "OF", "ALSO CALLED"]
        ) {
            [
                $0.title, $0.field, $0.needed ? "yes" : "", $0.of_item ? "item" : "document",
                $0.other_titles.joined(separator: ", "),
            ]
        }
        return .done
    }
}
