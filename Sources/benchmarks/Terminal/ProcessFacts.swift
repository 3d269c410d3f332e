import Foundation

/// What the kernel tells of a running process.
struct ProcessFacts {
    let processId: pid_t

    /// How often each thread was put to sleep or interrupted so far, by the thread's id.
    var contextSwitches: [String: Int] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processId)/task")) ?? []
        return threads.reduce(into: [:]) { counts, thread in
            let lines = Self.lines("/proc/\(processId)/task/\(thread)/status")
            counts[thread] = lines.filter { $0.key.hasSuffix("ctxt_switches") }.values.reduce(0, +)
        }
    }

    /// Resident, and its own of it, in megabytes: own is what no file stands behind.
    var memory: (resident: Double, own: Double) {
        let lines = Self.lines("/proc/\(processId)/status")
        return (Double(lines["VmRSS"] ?? 0) / 1_024, Double(lines["RssAnon"] ?? 0) / 1_024)
    }

    private static func lines(_ path: String) -> [String: Int] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        var found: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let number = parts[1].split(whereSeparator: \.isWhitespace).first else { continue }
            found[String(parts[0])] = Int(number)
        }
        return found
    }
}
