import Domain
import Services

/// One finding about a checked file; a file that is in order has one of grade `fine`.
struct CheckRow: Encodable {
    enum Grade: String, Encodable { case fine, warning, unfilled, problem }

    let file: String
    let grade: Grade
    let message: String
    /// Where it stands, from 1; nil for what stands nowhere.
    @OrNull var line: Int?
    let key: String

    init(_ file: String, _ grade: Grade, _ message: String, line: Int? = nil, key: String = "") {
        self.file = HarmlessText.line(file, limit: 2_000)
        self.grade = grade
        self.message = HarmlessText.line(message, limit: 2_000)
        self.line = line
        self.key = HarmlessText.line(key, limit: 200)
    }

    init(_ file: String, _ grade: Grade, _ problem: ConfigurationProblem) {
        self.init(
            file, grade, problem.description, line: problem.line > 0 ? problem.line : nil, key: problem.key)
    }

    init(_ file: String, _ found: CheckedProviderFile.Finding) {
        let grade: Grade =
            switch found.grade {
            case .warning: .warning
            case .unfilled: .unfilled
            case .problem: .problem
            }
        self.init(file, grade, found.message, line: found.line, key: found.key)
    }

    /// Prints what was found, once: rows on standard output with `--json`, else lines for people.
    ///
    /// - Returns: 78 unless the file is ready for use.
    static func print(_ found: [CheckRow], of file: String, fine: String, json: Bool) throws(Complaint) -> ExitStatus {
        let isFine = found.allSatisfy { $0.grade == .warning }
        let rows = isFine ? found + [CheckRow(file, .fine, fine)] : found
        for row in rows {
            if json {
                try Rows(json: true).printObject(row)
            } else {
                switch row.grade {
                case .fine: Messages.line("\(row.file): \(row.message)")
                case .warning: Messages.line("! \(row.message)")
                case .unfilled, .problem: Messages.line(row.message)
                }
            }
        }
        return isFine ? .done : .badConfiguration
    }
}
