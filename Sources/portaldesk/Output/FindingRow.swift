import Domain
import Services

/// What is wrong with a document, as a row.
struct FindingRow: Encodable {
    static let header = ["FILE", "GRADE", "FIELD", "CODE", "WHAT IS WRONG", "WHAT TO DO"]

    let source, severity, path, rule: String
    @OrNull var code: String?
    let problem, remedy: String

    init(_ finding: Finding, of source: String) {
        self.source = source
        (severity, path, rule) = (finding.severity.rawValue, finding.path, finding.rule)
        (problem, remedy) = (finding.problem, finding.remedy)
        code = finding.code
    }

    /// What cannot be read at all, for scripts: people are told on standard error.
    init(_ refusal: Complaint, of source: String) {
        self.source = source
        (severity, path, rule) = (Finding.Severity.error.rawValue, "", "unreadable")
        problem = [refusal.what, refusal.why].filter { !$0.isEmpty }.joined(separator: ": ")
        remedy = refusal.remedy
        code = nil
    }

    static func print(_ rows: [FindingRow], _ output: JsonFlag) throws(Complaint) {
        try Rows(json: output.json).print(rows, header: header) {
            [$0.source, $0.severity, $0.path, $0.code ?? "", $0.problem, $0.remedy]
        }
    }
}
