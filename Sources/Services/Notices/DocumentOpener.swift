import Domain
import Foundation
import Secrets

/// Opens locked PDFs with the qpdf program: a copy without the password, the stored file stays as it came.
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
        case .archive:
            return .locked("a locked archive; known passwords: \(DocumentKeys.known.joined(separator: "; "))")
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
        let copy = "\(folder)/\(Self.prefix)\(getpid())-\(UUID().uuidString).pdf"
        for candidate in candidates {
            let status = try run(
                program, ["--password-file=-", "--decrypt", file, copy], feeding: candidate.password)
            // 3 is a success with warnings about the file.
            if status == 0 || status == 3 { return .opened(path: copy, recipe: candidate.recipe) }
            unlink(copy)
            guard status != nil else { return Self.unanswered }
        }
        return .locked(
            "no known password opens it; passwords are made as: \(DocumentKeys.known.joined(separator: "; "))")
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

    private enum Seal { case none, pdf, archive }

    /// By what the bytes themselves say: a PDF names its lock in plain text, a ZIP in each entry.
    private static func seal(of file: String) -> Seal {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe) else {
            return .none
        }
        if bytes.starts(with: Data("PK\u{3}\u{4}".utf8)), bytes.count > 7 {
            return bytes[bytes.startIndex + 6] & 1 == 1 ? .archive : .none
        }
        guard bytes.prefix(1_024).range(of: Data("%PDF-".utf8)) != nil else { return .none }
        return bytes.range(of: Data("/Encrypt".utf8)) == nil ? .none : .pdf
    }
}
