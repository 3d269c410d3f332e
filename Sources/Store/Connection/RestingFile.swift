internal import GRDB
internal import Glibc

/// A database that nobody has open: all of it stands in its one file, and that can be read where nothing can be written.
struct RestingFile {
    private let file: String
    private let state: State

    private struct State: Equatable {
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    /// nil while there is a write-ahead log: somebody writes, or has left something in it.
    init?(_ file: String) {
        guard StoreFiles(database: file).logByteCount ?? 0 == 0, let state = Self.state(of: file) else { return nil }
        (self.file, self.state) = (file, state)
    }

    /// Whether what was read is still what stands there; else it may be of two moments.
    var isUnchanged: Bool {
        StoreFiles(database: file).logByteCount ?? 0 == 0 && Self.state(of: file) == state
    }

    /// Takes no lock and makes no file: the connection lives for this one read.
    func read<T>(label: String, _ body: (Database) throws -> T) throws -> T {
        do {
            let queue = try DatabaseQueue(
                path: "file:\(Self.escaped(file))?immutable=1", configuration: ConnectionSettings.reader(label: label))
            defer { try? queue.close() }
            return try queue.read(body)
        } catch {
            throw StoreProblem.mapped(error)
        }
    }

    private static func state(of file: String) -> State? {
        var status = stat()
        guard stat(file, &status) == 0 else { return nil }
        return State(
            size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }

    /// As a path stands in a URI.
    private static func escaped(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let isPlain =
                byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".") || Character(Unicode.Scalar(byte)).isASCIIWord
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }
}

extension Character {
    fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
