/// Number plates as e-way bills take them (facts: nic-einvoice-ewb 6).
public enum VehicleNumber {
    /// Capital letters and digits, without blanks and dashes.
    public static func normalised(_ text: String) -> String {
        String(text.uppercased().filter { $0.isAsciiDigit || ("A"..."Z").contains($0) })
    }

    private static let shapes = ["@@######", "@@##@####", "@@##@@####", "@@##@@@####", "@@@####", "@@###@####"]

    /// Shapes of states' plates; `DF` of defence, `TM` temporary, `BP` of Bhutan and `NP` of Nepal with letters and digits
    /// behind them.
    public static func isValid(_ text: String) -> Bool {
        guard (4...20).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) })
        else { return false }
        if shapes.contains(where: { matches(text, $0) }) { return true }
        let rest = text.dropFirst(2)
        switch text.prefix(2) {
        case "DF": return rest.allSatisfy(\.isAsciiDigit)
        case "TM", "BP", "NP": return true
        default: return false
        }
    }

    private static func matches(_ text: String, _ shape: String) -> Bool {
        text.utf8.count == shape.utf8.count
            && zip(text.utf8, shape.utf8).allSatisfy { (48...57).contains($0) == ($1 == UInt8(ascii: "#")) }
    }
}
