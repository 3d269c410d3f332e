import Domain
import Wire

extension BridgeService {
    func document(_ request: SandboxRequest, _ id: String) async throws(BridgeError) -> SandboxAnswer {
        guard let cut = id.lastIndex(of: "~") else { throw BridgeError(.notFound, "there is no such document") }
        let (account, notice) = try await find(notice: String(id[..<cut]))
        guard let document = notice.documents.first(where: { $0.id == id }) else {
            throw BridgeError(.notFound, "there is no such document")
        }
        try await loseSession(account, request)
        var bytes = document.bytes
        let hash = ContentHash.sha256(bytes)
        if account.outcome == .wrongHash { bytes.append(UInt8(ascii: "!")) }
        var answer = SandboxAnswer(status: 200, body: bytes, mediaType: "application/pdf")
        answer.headers = [
            (Bridge.Header.entityTag, "\"\(hash)\""), ("Accept-Ranges", "bytes"),
            ("Content-Disposition", "attachment; filename=\"\(document.name)\""),
        ]
        guard let range = request.headers["range"] else { return answer }
        return part(of: answer, range)
    }

    /// The first document of each fetch meets a void token.
    private func loseSession(_ account: DemoAccount, _ request: SandboxRequest) async throws(BridgeError) {
        guard account.outcome == .sessionExpiredMidway else { return }
        let ordinal = await state.fetches(of: account.identity).first?.facts.ordinal ?? 0
        guard await state.count("document \(account.identity) \(ordinal)") == 1 else { return }
        await state.revoke(token: Self.bearer(request))
        throw BridgeError(.tokenExpired, "the bearer token has expired")
    }

    /// One range `bytes=A-B` or `bytes=A-`; anything else is answered whole, as RFC 9110 allows.
    private func part(of answer: SandboxAnswer, _ range: String) -> SandboxAnswer {
        let ends = range.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard range.hasPrefix("bytes="), ends.count == 2, let first = Int(ends[0]), first < answer.body.count,
            first >= 0
        else { return answer }
        let last = min(Int(ends[1]) ?? .max, answer.body.count - 1)
        guard last >= first else { return answer }
        var result = answer
        result.status = 206
        result.headers.append(("Content-Range", "bytes \(first)-\(last)/\(answer.body.count)"))
        result.body = Array(answer.body[first...last])
        return result
    }
}
