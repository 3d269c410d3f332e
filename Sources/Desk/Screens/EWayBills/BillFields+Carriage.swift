import Domain
import TerminalKit

extension BillFields {
    /// How goods go on, as a form says it; what is wrong goes into `errors` by field.
    static func transport(
        _ state: FormState, _ going: Going, _ errors: inout [String: String]
    ) -> TransportDetails {
        var details = TransportDetails()
        details.mode = going.mode.rawValue
        guard !going.isStill else { return details }
        if going == .road {
            let plate = VehicleNumber.normalised(state.text("vehicle").trimmed)
            if plate.isEmpty { errors["vehicle"] = "the number plate is needed" }
            details.vehicleNumber = plate.isEmpty ? nil : plate
            return details
        }
        // `4711 20-11-2026`: its day is the last word.
        let words = state.text("document").split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count >= 2, let day = words.last.flatMap({ LegalDate(typed: $0) }) else {
            errors["document"] = "write number and day, such as 4711 20-11-2026"
            return details
        }
        details.documentNumber = words.dropLast().joined(separator: " ")
        details.documentDate = DocumentDate.text(day)
        return details
    }
}
