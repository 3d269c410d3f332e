import Domain
import Services

/// What is asked of the calendar of fetches and digests.
public enum ScheduleWish: Hashable, Sendable {
    case overview
    /// A new one, or one that was removed a moment ago.
    case add(Schedule)
    case enable(String, Bool)
    case remove(Schedule)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let schedules = workspace.schedules
        switch self {
        case .overview: return .schedules(try await schedules.overview())
        case .add(let draft):
            let isServed = try await schedules.add(draft).isServed
            return Self.told("\(draft.name) stands in the calendar", isServed: isServed)
        case .enable(let name, let isEnabled):
            let isServed = try await schedules.enable(name, isEnabled)
            return Self.told("\(name) is \(isEnabled ? "on" : "off")", isServed: isServed)
        case .remove(let schedule):
            try await schedules.remove(schedule.name)
            return .scheduleRemoved(schedule)
        }
    }

    private static func told(_ text: String, isServed: Bool) -> Loaded {
        isServed ? .done(text) : .told(text, detail: "it is done while a worker runs; you can start none")
    }
}
