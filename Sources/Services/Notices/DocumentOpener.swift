import Domain
import Foundation
import Glibc
import Secrets

/// Opens locked PDFs with the qpdf program, and locked archives by itself: a copy without the password, the stored file
/// stays as it came.
///
/// A password reaches qpdf over a pipe (`--password-file=-`), never an argument, a file or the environment.
struct DocumentOpener: Sendable {
    enum Outcome: Sendable, Hashable {
        /// It is no locked PDF, or opens without a password.
        case notLocked
        /// A copy that needs no password stands at `path`; the caller removes it.
        case opened(path: String, recipe: String)
        /// In words for people: why it stays locked, and what to do.
        case locked(String)
        /// Whether it opens is not known; in words, why.
        case undecided(String)
    }

    /// nil when qpdf is not installed.
    let program: String?
    /// Where copies are made; only the owner may look into it.
    let folder: String

    /// For one run of qpdf.
    private let limit: Duration

    /// How copies are called; then follows who makes them.
    private static let prefix = "opened-"

    /// - Parameter path: the search path of the environment; the usual places without one.
    init(path: String?, folder: String, limit: Duration = .seconds(30)) {
        let folders = path.map { $0.split(separator: ":").map(String.init) } ?? ["/usr/local/bin", "/usr/bin", "/bin"]
        program = folders.filter { $0.hasPrefix("/") }.map { $0 + "/qpdf" }.first { access($0, X_OK) == 0 }
        self.folder = folder
        self.limit = limit
    }

    /// Blocks; not for the pool's threads.
    func open(_ file: String, _ candidates: [DocumentKeys.Candidate]) throws(Complaint) -> Outcome {
        switch Self.seal(of: file) {
        case .none: return .notLocked
        case .archive(let archive): return try open(archive, candidates)
        case .pdf: break
        }
        guard let program else {
            return .locked("qpdf is not installed, so no password was tried; apt-get install qpdf")
        }
        // 0: needs a password. 3: encrypted, and opens without one. 2: not encrypted, or an error of qpdf's.
        switch try run(program, ["--requires-password", file]) {
        case 0: break
        case 3: return .notLocked
        case 2:
            // This one tells an error from a file that is not encrypted.
            let shown = try run(program, ["--show-encryption", file])
            return shown == 0 || shown == 3 ? .notLocked : .undecided("qpdf cannot read it")
        default: return Self.unanswered
        }
        let copy = newCopy("pdf")
        for candidate in candidates {
            let status = try run(
                program, ["--password-file=-", "--decrypt", file, copy], feeding: candidate.password)
            // 3 is a success with warnings about the file.
            if status == 0 || status == 3 { return .opened(path: copy, recipe: candidate.recipe) }
            unlink(copy)
            guard status != nil else { return Self.unanswered }
        }
        return .locked("no known password opens it; \(Self.recipes)")
    }

    private func open(
        _ archive: LockedArchive, _ candidates: [DocumentKeys.Candidate]
    ) throws(Complaint) -> Outcome {
        if let danger = archive.danger {
            return .locked("no password was tried, for the archive is dangerous: \(danger)")
        }
        guard archive.lock == .old else {
            return .locked(
                "an archive under a lock that is not opened here, such as AES; 7-Zip opens it; \(Self.recipes)")
        }
        for candidate in candidates {
            guard let plain = archive.opened(with: candidate.password) else { continue }
            let copy = newCopy("zip")
            let descriptor = Glibc.open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            let problem = descriptor < 0 ? errno : plain.withUnsafeBytes { WholeWrite.write($0, to: descriptor) }
            if descriptor >= 0 { close(descriptor) }
            guard problem == 0 else {
                unlink(copy)
                throw Complaint(
                    "an opened copy could not be written", why: String(cString: strerror(problem)),
                    status: .inputOutput)
            }
            return .opened(path: copy, recipe: candidate.recipe)
        }
        return .locked("no known password opens it; \(Self.recipes)")
    }

    private static let recipes = "passwords are made as: \(DocumentKeys.known.joined(separator: "; "))"

    private func newCopy(_ ending: String) -> String {
        "\(folder)/\(Self.prefix)\(getpid())-\(UUID().uuidString).\(ending)"
    }

    private static let unanswered = Outcome.undecided("qpdf took too long or was killed")

    /// Removes the copies of processes that were ended before they could: they stand there without their lock.
    static func clearCopies(in folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            let maker = name.dropFirst(prefix.count).split(separator: "-").first.flatMap { pid_t($0) }
            let isAlive = maker.map { kill($0, 0) == 0 || errno == EPERM } ?? false
            if !isAlive { unlink("\(folder)/\(name)") }
        }
    }

    /// - Returns: the exit status; nil when it was killed or took too long.
    private func run(
        _ program: String, _ arguments: [String], feeding password: SecretBytes = SecretBytes(utf8: "")
    ) throws(Complaint) -> Int32? {
        switch PipedProgram(path: program, arguments: arguments, limit: limit).run(feeding: password) {
        case .success(let end):
            if case .exited(let status) = end.how { return status }
            return nil
        case .failure(let error):
            throw Complaint(
                "qpdf cannot be run", why: String(cString: strerror(error.code.rawValue)), status: .inputOutput)
        }
    }

    private enum Seal {
        case none, pdf
        case archive(LockedArchive)
    }

    /// By what the bytes themselves say: a PDF names its lock in plain text, a ZIP in its table of contents.
    private static func seal(of file: String) -> Seal {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe) else {
            return .none
        }
        if bytes.starts(with: Data("PK\u{3}\u{4}".utf8)) {
            guard let archive = LockedArchive(Array(bytes)), archive.lock != .none else { return .none }
            return .archive(archive)
        }
        guard bytes.prefix(1_024).range(of: Data("%PDF-".utf8)) != nil else { return .none }
        return bytes.range(of: Data("/Encrypt".utf8)) == nil ? .none : .pdf
    }
}
