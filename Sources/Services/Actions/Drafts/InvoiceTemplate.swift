/// The columns that a sheet of drafts can have, for whoever makes such a sheet.
public enum InvoiceTemplate {
    public struct Column: Sendable, Hashable {
        /// As it stands in the header.
        public var title: String
        /// By names on the wire, such as `DocDtls.No`; works as a title too.
        public var path: String
        /// Whether every invoice needs it, and where it is an item's column every item.
        public var isMandatory: Bool
        public var isItem: Bool
        /// Other titles that are understood.
        public var others: [String]
    }

    /// In the order of a header.
    public static let columns: [Column] = DraftTitles.all.compactMap { title in
        DraftColumn.all.first { $0.path == title.path }.map {
            Column(
                title: title.title, path: title.path, isMandatory: $0.isMandatory, isItem: $0.isItem,
                others: title.others)
        }
    }

    /// The first line of a sheet.
    public static var header: String { columns.map(\.title).joined(separator: ",") }
}
