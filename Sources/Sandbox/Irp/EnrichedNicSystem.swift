import Domain
import Wire

/// A simulated GSP in front of NIC that does the cryptography itself: a token of its own, plain JSON, `success` and
/// `result` (facts: nic-einvoice-ewb 2.6). The same invoices and bills stand behind it.
struct EnrichedNicSystem: SandboxSystem {
    let name = "nic-enriched"
    /// Also good for the EWB calls, which go through the same desk.
    let irp: IrpSystem
    let ewb: EwbSystem
    /// Bearer tokens that were given; they last as long as the process.
    let tokens = GspTokens()

    private static let invoices = "/enriched/ei/api"
    private static let bills = "/enriched/ewb"

    var longestBody: Int { irp.longestBody }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        let answer = await served(request, trace: trace)
        await irp.book.settle()
        return answer
    }

    private func served(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        do throws(NicRefusal) {
            if request.path == GspTokens.path { return try authenticate(request) }
            let gstin = try admit(request)
            if let refusal = try irp.access.heldBack(gstin, self) { return refusal }
            let played = irp.access.played(gstin)
            try played.withhold(isRead: request.method == "GET" && !request.path.contains("/master/"))
            var outcome: NicBook.Outcome
            if request.path.hasPrefix(Self.invoices + "/") {
                let path = String(request.path.dropFirst(Self.invoices.utf8.count))
                outcome = try await invoiceCall(path, request, gstin)
            } else if request.path.hasPrefix(Self.bills + "/") {
                outcome = try await billCall(request, gstin)
            } else {
                throw NicRefusal("", "There is no such call")
            }
            outcome.result = played.shown(outcome.result)
            var answer = Self.success(outcome)
            answer.identity = gstin
            return answer
        } catch {
            return error.answer ?? Self.failure(error)
        }
    }

    /// What resellers say in HTTP 200 when the government's portal does not answer them.
    func refusal(_ fault: SandboxFault.Kind, trace: String) -> SandboxAnswer {
        if fault == .rateLimited { return Self.page(for: fault) }
        return Self.failure(NicRefusal("", "GSPGSTDOWN: the portal does not answer"))
    }

    private func authenticate(_ request: SandboxRequest) throws(NicRefusal) -> SandboxAnswer {
        guard let token = tokens.token(for: request) else { throw Self.denied }
        let body = JsonTree.made([
            "access_token": .text(token), "token_type": .text("bearer"), "expires_in": .number(2_591_999),
            "scope": .text("gsp"),
        ])
        return SandboxAnswer(status: 200, body: body.bytes)
    }

    private static var denied: NicRefusal {
        let body = JsonTree.made(["error": .text("access_denied")])
        return NicRefusal(answer: SandboxAnswer(status: 401, body: body.bytes))
    }

    /// - Returns: the GSTIN, when token, user, password and a new request id are there.
    private func admit(_ request: SandboxRequest) throws(NicRefusal) -> String {
        guard tokens.admits(request) else { throw Self.denied }
        guard let gstin = request.headers["gstin"]?.uppercased() else { throw NicRefusal("1004", "GSTIN is missing") }
        guard let id = request.headers["requestid"], !id.isEmpty, irp.access.sessions.spend(requestId: id) else {
            throw NicRefusal("", "requestid is missing or was used before")
        }
        let family: NicUsers.Family = request.path.hasPrefix(Self.bills) ? .ewb : .irp
        _ = try irp.access.open(
            gstin, family, name: NicAccess.header(request, "user_name", "username") ?? "",
            password: request.headers["password"] ?? "", isForced: false)
        return gstin
    }

    private func invoiceCall(
        _ path: String, _ request: SandboxRequest, _ gstin: String
    ) async throws(NicRefusal) -> NicBook.Outcome {
        let book = irp.book
        let caller = NicBook.Caller(gstin: gstin, system: irp.name, copies: request.copies)
        let query = request.query
        switch (request.method, path.lowercased()) {
        case ("POST", "/invoice"): return try await book.register(Self.body(request), caller)
        case ("POST", "/invoice/cancel"): return try await book.cancelInvoice(Self.body(request), caller)
        case ("GET", "/invoice/irn"):
            return NicBook.Outcome(result: try await book.invoice(query["irn"] ?? "", caller))
        case ("GET", "/invoice/irnbydocdetails"):
            return NicBook.Outcome(result: try await irp.byDocument(request, caller))
        case ("GET", "/master/gstin"), ("GET", "/master/syncgstin"):
            return try await book.taxpayer(query["gstin"] ?? "", anew: path.lowercased().hasSuffix("syncgstin"))
        case ("POST", "/ewaybill"): return try await book.makeBill(Self.body(request), caller)
        case ("GET", "/ewaybill/irn"):
            return NicBook.Outcome(result: try await book.bill(ofIrn: query["irn"] ?? "", caller))
        case ("POST", "/ewayapi"):
            let asked = try Self.body(request)
            return NicBook.Outcome(result: try await book.perform(query["action"] ?? "CANEWB", asked, caller))
        default: throw NicRefusal("", "There is no such call")
        }
    }

    private func billCall(_ request: SandboxRequest, _ gstin: String) async throws(NicRefusal) -> NicBook.Outcome {
        let caller = NicBook.Caller(gstin: gstin, system: ewb.name, copies: request.copies)
        if request.method == "POST" {
            let asked = try Self.body(request)
            return NicBook.Outcome(result: try await ewb.book.perform(request.query["action"] ?? "", asked, caller))
        }
        return NicBook.Outcome(result: try await ewb.read(request.segments, request.query, caller))
    }

    private static func body(_ request: SandboxRequest) throws(NicRefusal) -> JsonTree {
        guard let tree = JsonReader.read(request.body), case .object = tree else {
            throw NicRefusal("5002", "Payload is no JSON object")
        }
        return tree
    }

    private static func success(_ outcome: NicBook.Outcome) -> SandboxAnswer {
        let tree = JsonTree.made([
            "success": .flag(true), "message": .text("Done"), "result": outcome.result,
            "info": outcome.infos.isEmpty ? nil : .list(outcome.infos),
        ])
        return SandboxAnswer(status: 200, body: tree.bytes)
    }

    static func failure(_ refusal: NicRefusal) -> SandboxAnswer {
        let words = refusal.reasons.map { $0.code.isEmpty ? $0.message : "\($0.code) : \($0.message)" }
        let tree = JsonTree.made([
            "success": .flag(false), "message": .text(words.joined(separator: ", ")),
            "result": refusal.infos.isEmpty ? nil : .list(refusal.infos),
        ])
        return SandboxAnswer(status: 200, body: tree.bytes)
    }

    func forgetToken(of request: SandboxRequest) { tokens.forgetToken(of: request) }

    func accounts() -> [ProfileFolder.AccountLine] { [] }

    func profileFiles(at address: String) -> [String: String] {
        let text = """
            # A simulated GSP that does NIC's cryptography itself. Nothing in this file is secret.
            name = "sandbox-irp-enriched"
            connector = "irp"
            simulated = true
            irp_name = "NIC1"

            [urls]
            base = "\(address)\(Self.invoices)"

            [signing_keys]
            \(irp.keys.signer.keyId) = "\(NicKeyRing.signingFile)"

            [signing_issuers]
            \(irp.keys.signer.keyId) = "\(irp.book.play.issuer)"

            \(GspTokens.profile(at: address))

            [envelope]
            style = "success-result"

            # By document is a guess: the published lists have no such path.
            [paths]
            invoice = "/invoice"
            cancel = "/invoice/cancel"
            by_irn = "/invoice/irn?irn={irn}"
            by_document = "/invoice/irnbydocdetails?doctype={type}&docnum={number}&docdate={date}"
            ewaybill = "/ewaybill"
            ewaybill_by_irn = "/ewaybill/irn?irn={irn}"
            sync_gstin = "/master/syncgstin?gstin={gstin}"

            \(NicProfile.settle)

            \(ProfileFolder.timeouts)

            [limits]
            concurrency = 4

            """
        return ["irp-enriched.toml": text, "ewb-enriched.toml": billProfile(at: address)]
    }

    private func billProfile(at address: String) -> String {
        """
        # The same simulated GSP before the e-way bill system. Nothing in this file is secret.
        name = "sandbox-ewb-enriched"
        connector = "ewb"
        simulated = true

        [urls]
        base = "\(address)\(Self.bills)"

        \(GspTokens.profile(at: address))

        [envelope]
        style = "success-result"

        \(NicProfile.settle)

        \(ProfileFolder.timeouts)

        [limits]
        concurrency = 4

        """
    }
}
