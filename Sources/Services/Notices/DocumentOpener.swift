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
    }

    /// nil when qpdf is not installed.
    let program: String?
    /// Where copies are made; only the owner may look into it.
    let folder: String

    private static let limit = Duration.seconds(30)

    /// - Parameter path: the search path of the environment; the usual places without one.
    init(path: String?, folder: String) {
        let folders = path.map { $0.split(separator: ":").map(String.init) } ?? ["/usr/local/bin", "/usr/bin", "/bin"]
        program = folders.filter { $0.hasPrefix("/") }.map { $0 + "/qpdf" }.first { access($0, X_OK) == 0 }
        self.folder = folder
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
        // 0: needs a password. 2: not encrypted. 3: encrypted, and opens without one.
        let need = try run(program, ["--requires-password", file], feeding: SecretBytes(utf8: ""))
        guard need == 0 else { return .notLocked }
        let copy = "\(folder)/opened-\(UUID().uuidString).pdf"
        for candidate in candidates {
            let status = try run(
                program, ["--password-file=-", "--decrypt", file, copy], feeding: candidate.password)
            // 3 is a success with warnings about the file.
            if status == 0 || status == 3 { return .opened(path: copy, recipe: candidate.recipe) }
            unlink(copy)
        }
        return .locked(
            "no known password opens it; passwords are made as: \(DocumentKeys.known.joined(separator: "; "))")
    }

    /// - Returns: the exit status; 2, an error of qpdf's, when it was killed or took too long.
    private func run(_ program: String, _ arguments: [String], feeding password: SecretBytes) throws(Complaint) -> Int32
    {
        switch PipedProgram(path: program, arguments: arguments, limit: Self.limit).run(feeding: password) {
        case .success(let end):
            if case .exited(let status) = end.how { return status }
            return 2
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
