import Domain
import Wire

/// Which registered invoice a portal is asked for (facts: nic-einvoice-ewb 3.1).
public enum InvoiceQuestion: Sendable, Hashable {
    /// 64 lower-case hexadecimal digits.
    case irn(String)
    case document(type: DocumentKind, number: String, date: LegalDate)

    /// The call, without identities.
    public var call: String {
        switch self {
        case .irn: "GET Invoice/irn"
        case .document: "GET Invoice/irnbydocdetails"
        }
    }

    func path(_ profile: ProviderProfile) -> String {
        switch self {
        case .irn(let irn): IrpPath.byIrn.text(["irn": irn], profile)
        case .document(let type, let number, let date):
            IrpPath.byDocument.text(
                [
                    "type": type.rawValue, "number": DocumentNumber.normalised(number),
                    "date": DocumentDate.text(date),
                ], profile)
        }
    }
}
