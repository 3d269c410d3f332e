import Domain
import Store
import Wire

extension EWayBillService {
    /// A page of the bills that the desk knows.
    public func page(_ query: EWayBillQuery) async throws(Complaint) -> EWayBillPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.eWayBills(query) }
    }

    /// How long before its end a bill counts as one that expires soon, by the settings.
    public var soon: Duration { .seconds(3_600 * workspace.settings.eWayBills.warnHours) }
}
