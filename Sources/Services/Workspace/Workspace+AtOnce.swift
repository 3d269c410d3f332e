import Domain
import Store

/// Pages answered on the caller's thread, within the time in which nobody sees a key wait. A page from an index takes a tenth of a
/// millisecond, less than the way to another thread and back; and one picture is drawn instead of two. nil means that
/// it would take longer or that something is wrong: the ordinary, waiting call then answers, or says why not.
extension Workspace {
    private static let patience = Duration.microseconds(700)

    public func atOnce(_ query: ActivityQuery) -> ActivityPage? {
        isInUse ? try? store.readNow { try $0.activityPage(query, within: Self.patience) } : nil
    }

    public func atOnce(_ query: AccountQuery) -> AccountPage? { answer { try $0.accounts(query) } }
    public func atOnce(_ query: NoticeQuery) -> NoticePage? { answer { try $0.notices(query) } }
    public func atOnce(_ query: BusinessQuery) -> BusinessPage? { answer { try $0.businesses(query) } }

    private func answer<T>(_ body: (StoreReader) throws -> T) -> T? {
        guard isInUse else { return nil }
        return (try? store.readAtOnce(within: Self.patience, body)) ?? nil
    }
}
