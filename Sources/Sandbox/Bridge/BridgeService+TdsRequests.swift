import Domain
import Wire

extension BridgeService {
    func requestTds(_ request: SandboxRequest, client: String) async throws(BridgeError) -> SandboxAnswer {
        let key = try requireKey(request)
        let asked = try payload(BridgeTdsRequest.self, request)
        let identity = try identity(Portal.traces.rawValue, asked.identity)
        switch await state.recall(client: client, key: key, fingerprint: request.fingerprint) {
        case .same(let first): return SandboxAnswer(202, row(first))
        case .otherBody: throw BridgeError(.conflict, "this idempotency key was used for another request")
        case .inProgress: throw stillServed()
        case .fresh: break
        }
        guard ["justification_report", "conso_file"].contains(asked.kind), (1...4).contains(asked.quarter) else {
            throw BridgeError(.badRequest, "unknown kind of request or quarter")
        }
        _ = try await requireLogin(identity)
        let facts = LedgerEvent.Acceptance(
            kind: "tds_request", fingerprint: request.fingerprint, portal: Portal.traces.rawValue,
            identity: identity.text, detail: [asked.kind, asked.formType, asked.financialYear, String(asked.quarter)])
        guard let accepted = await state.accept(client: client, key: key, facts) else { throw notStored() }
        return SandboxAnswer(202, row(accepted))
    }

    func listTdsRequests(_ request: SandboxRequest) async throws(BridgeError) -> SandboxAnswer {
        let limit = try limit(request)
        let start = request.query["cursor"].flatMap { Int($0) } ?? 0
        let all = await state.tdsRequests()
        let page = Array(all.dropFirst(max(start, 0)).prefix(limit))
        let end = max(start, 0) + page.count
        let hasMore = end < all.count
        return SandboxAnswer(
            200, BridgeTdsRequestPage(items: page.map(row), nextCursor: hasMore ? String(end) : nil, hasMore: hasMore))
    }

    /// Submitted becomes Available after a while; a fourth of the statements turn out to have no defaults.
    private func row(_ job: AcceptedJob) -> BridgeTdsRequestRow {
        let isReady = now() >= job.acceptedAt + .milliseconds(Int(5_000 * timeline.pace))
        let hasNoDefaults = job.facts.detail.first == "justification_report" && job.facts.detail.last == "4"
        return BridgeTdsRequestRow(
            requestNumber: job.reference, identity: job.facts.identity, kind: job.facts.detail.first ?? "",
            status: isReady ? (hasNoDefaults ? "Not Available" : "Available") : "Submitted",
            requestedAt: WireTime.text(job.acceptedAt))
    }
}
