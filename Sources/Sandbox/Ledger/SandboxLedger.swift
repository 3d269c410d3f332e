import Domain

/// What the sandbox accepted, for the command that prints it and for tests.
public enum SandboxLedger {
    static func path(_ folder: String) -> String { "\(folder)/ledger.jsonl" }
    static func tracesPath(_ folder: String) -> String { "\(folder)/traces.jsonl" }

    /// Rows in the order of acceptance; empty when nothing was ever accepted there.
    /// - Throws: `SandboxProblem` when the folder does not exist.
    public static func read(_ folder: String) throws(SandboxProblem) -> [LedgerRow] {
        guard let bytes = FileBytes.read(path: path(folder)) else {
            throw SandboxProblem("there is no sandbox ledger in \(folder): start `sandbox serve` or the demo first")
        }
        let traces = FileBytes.read(path: tracesPath(folder)) ?? []
        let all = rows(bytes, system: "bridge") + rows(traces, system: "traces")
        // RFC 3339 of one zone and precision sorts as the moments do; Swift's sort keeps the order of equals.
        return all.sorted { $0.acceptedAt < $1.acceptedAt }
    }

    private static func rows(_ bytes: [UInt8], system: String) -> [LedgerRow] {
        var rows: [LedgerRow] = []
        var positions: [String: Int] = [:]
        for event in LedgerFile.parse(bytes[...]) {
            let name = "\(event.client)\u{0}\(event.key)"
            switch event.event {
            case .accepted:
                positions[name] = rows.count
                rows.append(
                    LedgerRow(
                        system: system, kind: event.acceptance?.kind ?? "", key: event.key,
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
