internal import Domain
internal import GRDB

/// A filter made concrete before a job is touched: which portals and states, how many jobs of each, which accounts.
/// Knowing the exact counts first is what keeps every page cheap (performance 3).
struct ActivityScope {
    struct Cell: Hashable {
        var portal: Int64
        var status: Int64
    }

    /// Exact number of jobs of each wanted portal and state; states without jobs are absent.
    var counts: [Cell: Int]
    /// nil when any account will do.
    var accounts: AccountScope?
    /// Bounds of the sort start, in milliseconds.
    var range: Range<Int64>?

    var total: Int { counts.values.reduce(0, +) }
    var portals: [Int64] { Set(counts.keys.map(\.portal)).sorted() }
    var statuses: [Int64] { Set(counts.keys.map(\.status)).sorted() }
    var cells: [Cell] { counts.keys.sorted { ($0.portal, $0.status) < ($1.portal, $1.status) } }

    func only(_ isWanted: (Cell) -> Bool) -> ActivityScope {
        var scope = self
        scope.counts = counts.filter { isWanted($0.key) }
        return scope
    }

    /// `portal IN (…) AND status IN (…)` with numbers written out: few distinct texts, and plans that see constants.
    func placeCondition(_ prefix: String = "") -> String {
        "\(prefix)portal IN (\(Self.list(portals))) AND \(prefix)status IN (\(Self.list(statuses)))"
    }

    static func list(_ numbers: [Int64]) -> String { numbers.map(String.init).joined(separator: ", ") }
}

/// A set of accounts, as a condition on `job_account`.
struct AccountScope {
    var condition: String
    var arguments: StatementArguments
    var accountCount: Int
    /// The accounts themselves, when they are few.
    var few: [Member]?

    struct Member {
        var id: Int64
        var portal: Int64
    }

    static let fewest = 4

    /// The plus keeps SQLite from walking all accounts of the portals instead of looking up those that are meant.
    func ids(in portals: [Int64]) -> String {
        "SELECT account_id FROM job_account WHERE \(condition) AND +portal IN (\(ActivityScope.list(portals)))"
    }
}
