import Foundation

/// Sequences that terminfo has no names for. Terminals that do not know them ignore them.
enum PrivateModes {
    /// Bracketed paste and reports of focus.
    static let on = "\u{1B}[?2004h\u{1B}[?1004h"
    static let off = "\u{1B}[?2026l\u{1B}[?2004l\u{1B}[?1004l"
    /// Synchronized output: no half-drawn frame is seen.
    static let frameStart = "\u{1B}[?2026h"
    static let frameEnd = "\u{1B}[?2026l"
}

enum Clipboard {
    /// What terminals take at most, in base64.
    static let mostEncoded = 74_994

    /// nil when the text is longer than terminals take.
    static func sequence(for text: String) -> String? {
        let encoded = Data(text.utf8).base64EncodedString()
        return encoded.utf8.count > mostEncoded ? nil : "\u{1B}]52;c;\(encoded)\u{07}"
    }
}

enum TerminalLocale {
    /// Chooses the character type the environment asks for, else a UTF-8 one, else none. True when it is UTF-8.
    static func choose() -> Bool {
        // A named locale that is not installed gives NULL; curses would then silently work in ASCII.
        if setlocale(LC_CTYPE, "") == nil, setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "C") }
        guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
        return String(cString: name).uppercased().filter { $0 != "-" } == "UTF8"
    }
}

enum JobControl {
    /// Stops the whole job, as the terminal itself would, and returns after SIGCONT.
    static func stop() {
        var standard = sigaction()
        var kept = sigaction()
        standard.__sigaction_handler.sa_handler = SIG_DFL
        sigemptyset(&standard.sa_mask)
        sigaction(SIGTSTP, &standard, &kept)
        var only = sigset_t()
        var before = sigset_t()
        sigemptyset(&only)
        sigaddset(&only, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &only, &before)
        kill(0, SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        sigaction(SIGTSTP, &kept, nil)
    }
}
