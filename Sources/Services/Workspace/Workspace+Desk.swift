import Domain
import Store

extension Workspace {
    /// Keeps a choice of the user between runs.
    public func remember(_ setting: String, _ value: String) async throws(Complaint) {
        try await write { try $0.setSetting(setting, value) }
    }

    /// Choices kept by `remember`, read before the first paint.
    public func remembered(_ settings: [String]) throws(Complaint) -> [String: String] {
        do {
            return try store.readNow { reader in
                var found: [String: String] = [:]
                for setting in settings { found[setting] = try reader.setting(setting) }
                return found
            }
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    /// What the first paint needs, in one read on the caller's thread.
    public func firstPaint(_ query: ActivityQuery) throws(Complaint) -> (summary: DeskSummary, page: ActivityPage) {
        let (now, soon) = (now, eWayBills.soon)
        do {
            return try store.readNow { reader in
                (try reader.summary(now: now, billsWithin: soon), try reader.activityPage(query))
            }
        } catch {
            throw Complaint(error, home: home.path)
        }
    }
}

extension Workspace {
    /// Whether anything on screen may come from a simulation.
    public var isSimulated: Bool { home.isDemo || providers().isSimulated }

    /// The same for the first paint, at a glance; `isSimulated` has to follow.
    public var seemsSimulated: Bool { home.isDemo || ProviderCatalog.seemsSimulated(folder: home.providers) }
}
