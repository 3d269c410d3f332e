internal import GRDB

/// The jobs of accounts, from two indexes: one that holds finished jobs alone, so that the queue need not touch its
/// many pages until a job ends, and the one that keeps unfinished jobs unique.
struct AccountJobs {
    static let finished = "job_by_account"
    static let unfinished = "job_unfinished"
    private static let firstFinished: Int64 = 4

    /// A source of `id`, `account_id`, `status`, `sort_start` and `sort_done`, ending in a condition to go on from.
    /// - Parameter accounts: a condition on `account_id`.
    static func source(
        _ accounts: String, _ arguments: StatementArguments, statuses: [Int64], range: Range<Int64>?
    ) -> (text: String, arguments: StatementArguments) {
        var parts: [String] = []
        var all: StatementArguments = []
        for index in [finished, unfinished] {
            let wanted = statuses.filter { ($0 >= firstFinished) == (index == finished) }
            if wanted.isEmpty { continue }
            let state = index == finished ? "completed_at IS NOT NULL" : "completed_at IS NULL"
            var text =
                "job INDEXED BY \(index) WHERE \(accounts) AND \(state) AND status IN (\(ActivityScope.list(wanted)))"
            all += arguments
            if let range {
                text += " AND sort_start >= ? AND sort_start < ?"
                all += [range.lowerBound, range.upperBound]
            }
            parts.append(text)
        }
        switch parts.count {
        case 0: return ("job WHERE 0", [])
        case 1: return (parts[0], all)
        default:
            let columns = "SELECT id, account_id, status, sort_start, sort_done FROM"
            return ("(\(columns) \(parts[0]) UNION ALL \(columns) \(parts[1])) WHERE 1", all)
        }
    }

    /// The run of one account's jobs in one state.
    static func stream(account: Int64, status: Int64) -> TimeStream {
        let isFinished = status >= firstFinished
        let state = isFinished ? "completed_at IS NOT NULL" : "completed_at IS NULL"
        return TimeStream(
            index: isFinished ? finished : unfinished, condition: "account_id = ? AND \(state) AND status = ?",
            arguments: [account, status])
    }
}
