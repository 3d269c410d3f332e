import Services

/// Memory of the desk after two hundred pages.
enum MemoryBudget {
    static func measure(_ home: Home, _ programs: Programs) throws {
        let session = try programs.startDesk(home.path)
        defer { session.end() }
        _ = try session.firstPaint()
        let facts = ProcessFacts(processId: session.processId)
        let before = facts.memory
        for _ in 0..<200 { _ = session.type("]", quiet: 5) }
        let after = facts.memory
        Report.say(
            Finding(
                name: "memory of the desk after 200 pages",
                figure: "\(after.resident.text(1)) MB resident, \(after.own.text(1)) MB of it private",
                baseline: "\(before.resident.text(1)) and \(before.own.text(1)) MB after the first paint",
                ratio: after.resident / max(before.resident, 0.001), budget: "40 MB and 10 MB",
                isMet: after.resident <= 40 && after.own <= 10))
    }
}
