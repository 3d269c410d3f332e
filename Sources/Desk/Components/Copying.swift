import Domain
import TerminalKit

extension Screen {
    /// Sends a value to the terminal's clipboard and says so; there is no way to know whether the terminal took it.
    func copied(_ text: String) -> [Effect] {
        [.copy(text), .toast(Toast(.info, "\(HarmlessText.line(text, limit: 40)) sent to the clipboard"))]
    }
}
