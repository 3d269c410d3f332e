import Foundation
import Services

/// How large a demo is.
struct DemoSize: Sendable, Codable {
    var jobs = 4_884
    var businesses = 74
    var seed: UInt64 = 20_261_120
}

/// `demo.json`: says that a workspace is a demo, how large, and whether it was built to its end.
struct DemoMark: Codable {
    var size: DemoSize
    var isComplete: Bool

    static func read(_ home: Home) -> DemoSize? { load(home)?.size }

    static func load(_ home: Home) -> DemoMark? {
        // Asked at each start, of workspaces that are no demos most of all.
        guard home.isDemo, let data = try? Data(contentsOf: URL(fileURLWithPath: home.demoMark)) else { return nil }
        return try? JSONDecoder().decode(DemoMark.self, from: data)
    }

    /// A demo whose building was cut off would pass for an empty workspace, and the next `demo` would clear it away.
    static func check(_ home: Home) throws(Complaint) {
        guard load(home)?.isComplete == false else { return }
        throw Complaint(
            "the demo at \(home.path) was not built to its end",
            remedy: "Run `portaldesk demo --home \(home.path)` again: it is built anew", status: .badConfiguration)
    }

    func write(_ home: Home) throws(Complaint) {
        do {
            try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: home.demoMark), options: .atomic)
        } catch {
            throw Complaint(
                "cannot write \(home.demoMark)", remedy: "Free space or choose another --home", status: .inputOutput)
        }
    }
}
