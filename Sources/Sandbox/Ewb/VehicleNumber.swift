/// Shapes of vehicle numbers (facts: nic-einvoice-ewb 6): registered in a state, defence, temporary, Bhutan, Nepal.
enum VehicleNumber {
    static func fits(_ text: String) -> Bool {
        let text = text.uppercased()
        guard (7...15).contains(text.utf8.count), text.utf8.allSatisfy({ $0 < 128 }) else { return false }
        let shape = String(text.map { $0.isNumber ? "9" : $0.isLetter ? "A" : "?" })
        let usual = ["AA999999", "AA99A9999", "AA99AA9999", "AA99AAA9999", "AAA9999", "AA999A9999"]
        if usual.contains(shape) { return true }
        let rest = shape.dropFirst(2)
        return switch text.prefix(2) {
        case "DF": rest.allSatisfy { $0 == "9" }
        case "TM", "BP", "NP": !rest.contains("?")
        default: false
        }
    }
}
