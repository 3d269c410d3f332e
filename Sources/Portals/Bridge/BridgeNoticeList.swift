import Domain
import Transport
import Wire

/// Follows the cursor through all pages of notices of one taxpayer.
struct BridgeNoticeList: Sendable {
    /// More pages than any taxpayer has: a provider that never ends is a fault.
    private static let mostPages = 2_000

    let caller: BridgeCaller
    let request: FetchRequest
    let reporter: any FetchReporter

    /// Every notice once, in the order of the list. Delivery is at least once; the highest version counts.
    func all() async throws(PortalFailure) -> [BridgeNotice] {
        var order: [String] = []
        var notices: [String: BridgeNotice] = [:]
        var cursor: String?
        var unknown: Set<String> = []
        for _ in 0..<Self.mostPages {
            let page = try await page(after: cursor)
            unknown.formUnion(page.unknownFields)
            for notice in page.payload.items {
                try check(notice)
                if notices[notice.id] == nil { order.append(notice.id) }
                if notice.version >= notices[notice.id]?.version ?? .min { notices[notice.id] = notice }
            }
            guard page.payload.hasMore else {
                await tell(unknown)
                return order.compactMap { notices[$0] }
            }
            guard let next = page.payload.nextCursor, next != cursor else {
                throw PortalFailure(.portalChanged, "the provider's list of notices does not move on")
            }
            cursor = next
        }
        throw PortalFailure(.portalChanged, "the provider's list of notices does not end")
    }

    private func page(after cursor: String?) async throws(PortalFailure) -> WireJSON.Decoded<BridgeNoticePage> {
        let path = Bridge.Path.notices(of: request.login.identity, cursor: cursor, limit: 100)
        let call = BridgeCaller.Call(method: .get, path: path, deadline: request.deadline, maxResponseBytes: 64 << 20)
        return try await caller.decode(BridgeNoticePage.self, call)
    }

    /// One taxpayer's notice in another's list would be a breach of confidence; nothing of such a list is kept.
    private func check(_ notice: BridgeNotice) throws(PortalFailure) {
        let identity = request.login.identity
        guard notice.portal == identity.portal.rawValue, notice.identity == identity.text else {
            throw PortalFailure(.portalChanged, "the provider's list holds a notice of another taxpayer")
        }
    }

    private func tell(_ unknown: Set<String>) async {
        guard !unknown.isEmpty else { return }
        let names = HarmlessText.line(unknown.sorted().prefix(20).joined(separator: ", "), limit: 300)
        await reporter.log(.warning, "notice", "the provider sends fields that this version does not know: \(names)")
    }
}
