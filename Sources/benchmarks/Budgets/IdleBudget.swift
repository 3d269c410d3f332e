import Domain
import Foundation
import Services

/// Nothing moves, so nothing may happen: three seconds away from a change of the minute.
enum IdleBudget {
    static func measure(_ home: Home, _ programs: Programs) throws {
        let session = try programs.startDesk(home.path)
        defer { session.end() }
        _ = try session.firstPaint()
        _ = session.type("]", quiet: 300)
        let second = Int32(Int64(Date().timeIntervalSince1970) % 60)
        if second > 40 { _ = session.listen(milliseconds: (61 - second) * 1_000) }
        // The pool's threads end by themselves after five seconds without work.
        _ = session.listen(milliseconds: 12_000)
        let facts = ProcessFacts(processId: session.processId)
        let before = facts.contextSwitches
        let bytes = session.listen(milliseconds: 3_000)
        let after = facts.contextSwitches
        let changed = before.keys.filter { after[$0] != before[$0] }
        let switches = changed.reduce(0) { $0 + max((after[$1] ?? 0) - (before[$1] ?? 0), 1) }
        Report.say(
            Finding(
                name: "idle for 3 s", figure: "\(switches) context switches, \(bytes) bytes", budget: "0 and 0",
                isMet: switches == 0 && bytes == 0, detail: "\(before.count) threads before, \(after.count) after"))
    }
}
