import Domain
import Wire

extension BridgeService {
    func listNotices(_ request: SandboxRequest) async throws(BridgeError) -> SandboxAnswer {
        let identity = try identity(request.query["portal"] ?? "", request.query["identity"] ?? "")
        let limit = try limit(request)
        guard let account = await state.account(identity) else { throw BridgeError(.notFound, "unknown identity") }
        let cursor = try request.query["cursor"].map { text throws(BridgeError) in
            guard let cursor = NoticeCursor(text) else {
                throw BridgeError(.badRequest, "the cursor is not one of ours")
            }
            return cursor
        }
        if account.outcome == .portalChanged {
            return SandboxAnswer(
                status: 200, body: Array(#"{"d":{"results":"<table class=new>\u001b[31mmoved</table>"}}"#.utf8))
        }
        let all = await shown(account, ordinal: cursor?.ordinal)
        let rest = all.notices.filter { cursor?.isBefore($0) ?? true }
        var page = Array(rest.prefix(limit))
        let hasMore = rest.count > page.count
        let next = page.last.map { NoticeCursor(ordinal: all.ordinal, updatedAt: $0.updatedAt, id: $0.notice.id).text }
        if account.outcome == .cursorRepeats, let last = page.last { page.append(last) }
        var items = page.map(\.listItem)
        if account.outcome == .strayRecord, cursor == nil, !items.isEmpty {
            (items[0].dueDate, items[0].demand) = ("soon", "1e25")
        }
        let answer = BridgeNoticePage(
            items: items, nextCursor: hasMore ? next : nil, hasMore: hasMore, asOf: WireTime.text(now()))
        var sent = finish(SandboxAnswer(200, answer), account)
        sent.identity = identity.text
        if !hasMore {
            for place in all.places { sent.completes[place] = all.notices.count { $0.notice.place == place.rawValue } }
        }
        return sent
    }

    /// Notices of the places that the latest finished fetch could read, ordered by (updated_at, id).
    private func shown(_ account: DemoAccount, ordinal: Int?) async -> (
        notices: [SandboxNotice], places: [Place], ordinal: Int
    ) {
        for job in await state.fetches(of: account.identity) where ordinal == nil || job.facts.ordinal == ordinal {
            let standing = timeline.standing(job, at: now())
            guard standing.state == .succeeded || standing.state == .partial else { continue }
            let read = standing.done.filter(\.isRead).map(\.place)
            let places = Set(read.map(\.rawValue))
            let notices = book.notices(of: account, ordinal: job.facts.ordinal)
                .filter { places.contains($0.notice.place) }
                .sorted { ($0.updatedAt, $0.notice.id) < ($1.updatedAt, $1.notice.id) }
            return (notices, read, job.facts.ordinal)
        }
        return ([], [], 0)
    }

    func limit(_ request: SandboxRequest) throws(BridgeError) -> Int {
        guard let text = request.query["limit"] else { return Bridge.Limit.defaultPage }
        guard let limit = Int(text), (1...Bridge.Limit.page).contains(limit) else {
            throw BridgeError(.badRequest, "limit is 1 to \(Bridge.Limit.page)")
        }
        return limit
    }

    private func finish(_ answer: SandboxAnswer, _ account: DemoAccount) -> SandboxAnswer {
        var answer = answer
        switch account.outcome {
        case .dropAfterHeaders: answer.delivery = .cutAfterHeaders
        case .unknownField:
            let text = String(decoding: answer.body, as: UTF8.self)
            answer.body = Array(text.replacing("\"version\":", with: "\"officer_mood\":\"calm\",\"version\":").utf8)
        default: break
        }
        return answer
    }

    func showNotice(_ id: String) async throws(BridgeError) -> SandboxAnswer {
        let (account, notice) = try await find(notice: id)
        var detail = notice.detail
        if account.outcome == .emptyThenFull, await state.count("detail \(id)") <= 2 { detail.documents = [] }
        return SandboxAnswer(200, detail)
    }

    /// An id names its identity, so that nothing must be looked up but the latest fetch.
    func find(notice id: String) async throws(BridgeError) -> (DemoAccount, SandboxNotice) {
        let parts = id.split(separator: "~").map(String.init)
        guard parts.count == 4, let portal = Portal(rawValue: parts[0]),
            let account = await state.account(PortalIdentity(stored: portal, parts[1])),
            let notice = await shown(account, ordinal: nil).notices.first(where: { $0.notice.id == id })
        else { throw BridgeError(.notFound, "there is no such notice") }
        return (account, notice)
    }
}
