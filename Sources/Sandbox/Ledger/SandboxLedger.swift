import Domain

/// What the sandbox accepted, for the command that prints it and for tests.
public enum SandboxLedger {
    static func path(_ folder: String) -> String { "\(folder)/ledger.jsonl" }

    /// Rows in the order of acceptance; empty when nothing was ever accepted there.
    /// - Throws: `SandboxProblem` when the folder does not exist.
    public static func read(_ folder: String) throws(SandboxProblem) -> [LedgerRow] {
        guard let bytes = FileBytes.read(path: path(folder)) else {
            throw SandboxProblem("there is no sandbox ledger in \(folder): start `sandbox serve` or the demo first")
        }
        var rows: [LedgerRow] = []
        var positions: [String: Int] = [:]
        for event in LedgerFile.parse(bytes[...]) {
            let name = "\(event.client)\u{0}\(event.key)"
            switch event.event {
            case .accepted:
                positions[name] = rows.count
                rows.append(
                    LedgerRow(
                        system: "bridge", kind: event.acceptance?.kind ?? "", key: event.key,
                        reference: event.reference,
                        acceptedAt: TimeText.rfc3339(Instant(milliseconds: event.at)), calls: 1))
            case .repeated:
                if let position = positions[name] { rows[position].calls += 1 }
            case .challengeAnswered, .cancelled: break
            }
        }
        return rows
    }
}
