import Domain

/// What the sandbox accepted, for the command that prints it and for tests.
public enum SandboxLedger {
    static func path(_ folder: String) -> String { "\(folder)/ledger.jsonl" }
    static func tracesPath(_ folder: String) -> String { "\(folder)/traces.jsonl" }
    /// Both registration portals and the e-way bill system.
    static func nicPath(_ folder: String) -> String { "\(folder)/nic.jsonl" }

    /// Rows in the order of acceptance; empty when nothing was ever accepted there.
    /// - Throws: `SandboxProblem` when the folder does not exist.
    public static func read(_ folder: String) throws(SandboxProblem) -> [LedgerRow] {
        guard let bytes = FileBytes.read(path: path(folder)) else {
            throw SandboxProblem("there is no sandbox ledger in \(folder): start `sandbox serve` or the demo first")
        }
        let traces = FileBytes.read(path: tracesPath(folder)) ?? []
        let nic = FileBytes.read(path: nicPath(folder)) ?? []
        let all = rows(bytes, system: "bridge") + rows(traces, system: "traces") + rows(nic, system: nil)
        // RFC 3339 of one zone and precision sorts as the moments do; Swift's sort keeps the order of equals.
        return all.sorted { $0.acceptedAt < $1.acceptedAt }
    }

    /// - Parameter system: nil where several share the file: each event then names its own.
    private static func rows(_ bytes: [UInt8], system: String?) -> [LedgerRow] {
        var rows: [LedgerRow] = []
        var positions: [String: Int] = [:]
        for event in LedgerFile.parse(bytes[...]) {
            // At NIC a document has rows of several kinds.
            let kind = system == nil ? event.acceptance?.kind ?? "" : ""
            let name = "\(event.client)\u{0}\(event.key)\u{0}\(kind)"
            switch event.event {
            case .accepted:
                positions[name] = rows.count
                rows.append(
                    LedgerRow(
                        system: system ?? event.client, kind: event.acceptance?.kind ?? "", key: event.key,
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
