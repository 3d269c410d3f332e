import Domain
import Foundation

/// A job and its log as plain text, for files and pipes.
public enum LogText {
    public static func lines(_ job: Job, _ entries: [JobLogEntry], utcOffset: Int) -> [String] {
        var lines = [
            "Job \(job.id): \(job.kind.rawValue) of \(job.portal.shortName) \(job.identity)\(job.business.isEmpty ? "" : ", \(job.business)")",
            "Status: \(job.status.title)\(job.cause.map { ", \($0.title)" } ?? "")\(job.message.isEmpty ? "" : ": \(job.message)")",
        ]
        if let cause = job.cause, job.status != .done {
            let isOver = job.status == .failed
            lines += [
                "What it means: \(isOver ? cause.meaningWhenOver : cause.meaning)",
                "What to do: \(isOver ? cause.remedyWhenOver : cause.remedy)",
            ]
        }
        lines.append("")
        // Columns, each as wide as its longest word: a step never touches what is said of it.
        let steps = entries.map(\.stepTitle.count).max() ?? 0
        for entry in entries {
            let time =
                "\(TimeText.full(entry.at, offset: utcOffset)).\(Digits.padded(Int(entry.at.milliseconds % 1_000), 3))"
            let level = entry.level.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
            let step = entry.stepTitle.padding(toLength: steps, withPad: " ", startingAt: 0)
            lines.append([time, level, step, entry.message].joined(separator: "  "))
            if !entry.detail.isEmpty { lines += entry.detail.split(separator: "\n").map { "    \($0)" } }
        }
        return lines
    }
}

extension SyncService {
    /// Writes a job's log as text. An existing file is replaced.
    public func saveLog(_ id: JobId, to path: String) async throws(Complaint) {
        let (job, entries) = try await log(id)
        let offset = workspace.utcOffset(at: workspace.now)
        let file = try ExportFile(path: path)
        try file.write(LogText.lines(job, entries, utcOffset: offset).joined(separator: "\n") + "\n")
        try file.close()
    }
}
