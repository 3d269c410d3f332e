import Domain
import Wire

extension TracesBook {
    /// Files that were asked for, the latest first. What was submitted on the base date is ready two days later.
    func requests(of account: DemoAccount, today: LegalDate) -> [TracesRequestRow] {
        var random = SeededRandom(seed, "traces \(account.identity) requests")
        let kinds = ["Justification Report Download", "NSDL Conso File", "Bulk Form 16A File"]
        let ends: [TracesRequestStatus] = [.available, .available, .disabled, .failed, .notAvailable]
        let statements = statements(of: account)
        let isLong = account.outcome == .pageTwo || account.outcome == .cursorRepeats
        let count = isLong ? 120 : ends.count
        return (0..<count).map { index in
            let statement = random.pick(statements, or: statements[0])
            let askedOn = baseDate.adding(days: -index)
            let isReady = today.dayNumber - askedOn.dayNumber >= 2 || index > 0
            let status = isReady ? ends[index % ends.count] : .submitted
            return TracesRequestRow(
                requestedOn: TracesPrint.date(askedOn), number: random.digits(9),
                financialYear: TracesPrint.year(statement.year), quarter: "Q\(statement.quarter)", form: statement.form,
                kind: kinds[index % kinds.count], status: status.rawValue,
                remarks: remarks(status, index, account))
        }
    }

    private func remarks(_ status: TracesRequestStatus, _ index: Int, _ account: DemoAccount) -> String {
        if account.outcome == .hostileText { return HostileText.samples[index % HostileText.samples.count] }
        switch status {
        case .submitted, .available: return ""
        case .disabled: return "Duplicate of an earlier request"
        case .failed: return "Please contact CPC-TDS"
        case .notAvailable: return "Statement processed without default"
        }
    }

    /// The file of a request, closed by the password that TRACES documents for its kind.
    func file(_ row: TracesRequestRow, of account: DemoAccount) -> [UInt8] {
        let tan = account.identity.text
        let password: String? =
            switch row.kind {
            case "Justification Report Download": "JR_\(tan)_\(row.form)_\(row.quarter)_\(row.financialYear)"
            case "Bulk Form 16A File": tan
            default: nil
            }
        let content = "SIMULATED ^\(tan)^\(row.form)^\(row.quarter)^\(row.financialYear)^\(row.kind)\r\n"
        return ZipFile.bytes(
            name: "\(tan)_\(row.form)_\(row.quarter).txt", content: Array(content.utf8), password: password)
    }
}
