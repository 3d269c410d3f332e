import Foundation

/// One measured budget, as a line for people and for scripts.
struct Finding: Sendable {
    var name: String
    var figure: String
    /// What was run beside it in the same run; empty when there is nothing to compare with.
    var baseline = ""
    var ratio: Double?
    var budget: String
    var isMet: Bool
    var detail = ""

    var line: String {
        let beside = baseline.isEmpty ? "-" : baseline
        let ratio = ratio.map { String(format: "%.2fx", $0) } ?? "-"
        let verdict = isMet ? "met" : "MISSED"
        return [name, figure, beside, ratio, budget, verdict].joined(separator: " | ")
            + (detail.isEmpty ? "" : "\n    \(detail)")
    }
}

/// Findings go to standard output as they come; notes to standard error.
enum Report {
    static func begin() {
        write("budget | figure | baseline beside it | ratio | wanted | verdict")
    }

    static func say(_ finding: Finding) { write(finding.line) }

    /// One row of a table under a budget.
    static func row(_ cells: String...) { write(cells.joined(separator: " | ")) }

    private static func write(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

    static func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

    /// How busy the machine is, for judging the figures.
    static var load: String {
        let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        return text.split(separator: " ").prefix(3).joined(separator: " ")
    }
}
