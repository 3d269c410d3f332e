import Domain
import Foundation

// Files that people name: what cannot be read is bad input (65), what cannot be written is I/O (74).
extension Complaint {
    public static func unreadable(_ path: String, _ code: Int32) -> Complaint {
        Complaint(
            "\(HarmlessText.line(path, limit: 1_000)) cannot be read", why: String(cString: strerror(code)),
            remedy: "Check its name and mode",
            status: .badData)
    }

    /// Of a pipe, a device or a socket where a file is asked for.
    public static func irregular(_ path: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(path, limit: 1_000)) cannot be read", why: "it is no regular file",
            remedy: "Name a file", status: .badData)
    }

    static func unwritable(_ path: String, _ code: Int32) -> Complaint {
        if code == EEXIST {
            return Complaint(
                "\(path) exists already", why: "it was left as it is",
                remedy: "Choose another name, or replace it with --force", status: .badData)
        }
        if code == ENXIO {
            return Complaint(
                "cannot write \(path)", why: "no program reads from this pipe",
                remedy: "Start its reader first, or name a file", status: .inputOutput)
        }
        let remedy = code == ENOSPC || code == EDQUOT ? "Free space or choose another place" : "Choose another place"
        return Complaint(
            "cannot write \(path)", why: String(cString: strerror(code)), remedy: remedy, status: .inputOutput)
    }

    static let foreignBytesForTerminal = Complaint(
        "a portal's bytes do not go to a terminal", why: "it would obey whatever commands they hold",
        remedy: "Name a file, or send the output through a pipe", status: .usage)

    static func tooLong(_ what: String, _ text: String, longest: Int) -> Complaint {
        Complaint(TooLong.reason(what, text, longest: longest), status: .badData)
    }
}

/// The wording of a text that is too long, for a row of a sheet and for an option alike.
enum TooLong {
    static func reason(_ what: String, _ text: String, longest: Int) -> String {
        "\(what) has \(text.unicodeScalars.count) characters; \(longest) are the most that are allowed"
    }
}
