import Foundation
import Secrets
import Services

/// A new authenticator on the terminal's alternate screen, which leaves nothing in the scrollback: the QR code where
/// there is room, the letters, and a line for the first code. On standard error, so that no pipe gets any of it.
struct EnrolmentScreen {
    private let enrolment: AuthenticatorService.Enrolment
    private let code: QrCode?
    private let saved: termios
    /// Why there is no picture; empty when there is one.
    private let absence: String
    private let colours: String

    /// Rows below the picture.
    private static let textRows = 8

    init(_ enrolment: AuthenticatorService.Enrolment, environment: [String: String]) {
        self.enrolment = enrolment
        var attributes = termios()
        tcgetattr(STDIN_FILENO, &attributes)
        saved = attributes
        // Dark on light whatever the theme: the fixed colours of the cube where there are any.
        colours = (environment["TERM"] ?? "").contains("256") ? "38;5;16;48;5;231" : "30;47"
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        guard locale.uppercased().contains("UTF") else {
            (code, absence) = (nil, "This terminal shows only ASCII, so there is no QR code.")
            return
        }
        do throws(Complaint) {
            let code = try QrCode(enrolment.uri)
            let (columns, rows) = (max(code.columns, 50), code.rows + Self.textRows)
            let size = Self.size()
            let fits = size.columns >= columns && size.rows >= rows
            self.code = fits ? code : nil
            absence =
                fits
                ? "" : "The QR code needs a window of \(columns)x\(rows); this one is \(size.columns)x\(size.rows)."
        } catch {
            (code, absence) = (nil, error.description)
        }
    }

    func open() {
        var raw = saved
        // Ctrl-C is read as a key: the alternate screen must be left on every way out.
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
        put("\u{1B}[?1049h")
    }

    func close() {
        put("\u{1B}[2J\u{1B}[H\u{1B}[?1049l")
        var before = saved
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
    }

    func draw(_ problem: String) {
        put("\u{1B}[2J\u{1B}[H")
        if let code {
            for line in code.lines { put("\u{1B}[\(colours)m\(line)\u{1B}[0m\r\n") }
            put("\r\nScan it with your authenticator app, or type these letters:\r\n\r\n    ")
        } else {
            put("\(absence)\r\n\r\nType these letters into your authenticator app:\r\n\r\n    ")
        }
        _ = enrolment.letters.withBytes { WholeWrite.write($0, to: STDERR_FILENO) }
        put("\r\n\r\n\(problem.isEmpty ? "Then enter the code that it shows; Esc gives up." : problem)\r\nCode: ")
    }

    /// One line, shown as it is typed: a code is of no use once it was taken. nil for Esc, Ctrl-C, or nothing at all.
    func readCode() -> SecretBytes? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1 {
            switch byte {
            case 10, 13: return bytes.isEmpty ? nil : SecretBytes(consuming: &bytes)
            case 3, 4, 27: return nil
            case 8, 127:
                if bytes.popLast() != nil { put("\u{8} \u{8}") }
            case 48...57 where bytes.count < 12, 32 where bytes.count < 12:
                bytes.append(byte)
                put(String(UnicodeScalar(byte)))
            default: break
            }
        }
        return nil
    }

    private static func size() -> (columns: Int, rows: Int) {
        var window = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return (80, 24) }
        return (Int(window.ws_col), Int(window.ws_row))
    }

    private func put(_ text: String) { Messages.put(text) }
}
