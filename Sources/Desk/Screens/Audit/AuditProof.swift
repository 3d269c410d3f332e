import Domain
import TerminalKit

/// The proof of one record, asked for in the list and on the record itself.
enum AuditProof {
    private static let mark = "proof/"

    static func prompt(of sequence: Int64, _ context: ScreenContext) -> Prompt {
        Prompt(
            id: "\(mark)\(sequence)", title: "Save the proof of record \(sequence)", label: "File",
            initial: "\(context.settings.exportFolder)/audit-proof-\(sequence).json",
            hint: "Shows this record and no other; verify.py --proof checks it with the first key of the trail")
    }

    /// What follows from an answer to that prompt; nil for any other answer.
    static func effect(_ answer: Answer, _ context: ScreenContext) -> Effect? {
        guard case .text(let id, let file) = answer, id.hasPrefix(mark), let sequence = Int64(id.dropFirst(mark.count))
        else { return nil }
        return .audit(.proof(sequence, file), context.awaited)
    }
}
