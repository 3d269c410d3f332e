import SampleDocuments

/// The two actions that are proven.
enum ProvenAction: String, Sendable, CaseIterable {
    case invoice = "IRN"
    case bill = "e-way bill"

    /// Kind of its row in the sandbox's ledger.
    var ledgerKind: String { self == .invoice ? "irn" : "ewb" }
    var command: [String] { [self == .invoice ? "einvoice" : "ewaybill", "generate"] }
    /// First letter of its documents' numbers: none is a part of another.
    var letter: String { self == .invoice ? "I" : "B" }

    func document(_ documents: SampleDocuments, _ number: String) -> String {
        self == .invoice ? documents.invoice(number) : documents.bill(number)
    }
}
