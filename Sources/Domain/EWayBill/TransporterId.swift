/// Who carries goods: a GSTIN, or the TRANSIN of somebody who has none (facts: nic-einvoice-ewb 3.2).
public enum TransporterId {
    /// A mistyped one is told by its check character. How a TRANSIN is made is written nowhere: those that are seen are built
    /// like GSTINs under numbers that are no state's, so what does not fit is a warning there.
    ///
    /// - Parameter code: the portal's for a wrong one.
    static func check(_ text: String?, at path: String, _ code: String) -> [Finding] {
        // Length and characters are the shape's to tell.
        guard let text = text?.uppercased(), text.utf8.count == 15, TextForm.lettersAndDigits.fits(text) else {
            return []
        }
        do throws(IdentifierProblem) {
            _ = try Gstin(text)
            return []
        } catch {
            switch error {
            case .checkCharacter:
                return [
                    Finding(
                        .error, at: path, rule: "transport.transporterForm", code: code, error.message,
                        remedy: "Correct the transporter's GSTIN")
                ]
            case .unknownState where CheckCharacter.of(text.utf8.prefix(14)) == text.utf8.last: return []
            case .unknownState, .length, .shape, .range:
                return [
                    Finding(
                        .warning, at: path, rule: "transport.transporterForm",
                        "is \(text), which is neither a GSTIN nor built like a TRANSIN", remedy: "See that it is right")
                ]
            }
        }
    }
}
