import Crypto
import Domain
import Wire

/// A simulated registration portal of NIC: headers, tokens and cryptography around the calls of `NicBook`
/// (facts: nic-einvoice-ewb 1, 3, 8).
struct IrpSystem: SandboxSystem {
    /// `irp` is NIC1, `irp2` NIC2.
    let name: String
    let book: NicBook
    let keys: NicKeyRing
    let access: NicAccess

    /// Two megabytes of JSON, in base64 and some more.
    var longestBody: Int { 3 << 20 }

    static func registrar(of system: String) -> String { system == "irp2" ? "NIC2" : "NIC1" }
    private static func system(of registrar: String) -> String { registrar.uppercased() == "NIC2" ? "irp2" : "irp" }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        let answer = await served(request, trace: trace)
        await book.settle()
        return answer
    }

    private func served(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        if request.path.hasSuffix("/heartbeat/ping") { return ping() }
        // NIC's own sandbox cancels e-way bills at this host too (facts: nic-einvoice-ewb 3.1).
        if request.path.hasPrefix("/ewaybillapi/") {
            return await EwbSystem(name: "ewb", book: book, keys: keys, access: access).answer(request, trace: trace)
        }
        do throws(NicRefusal) {
            let gstin = try access.checkClient(request, .irp)
            if let refusal = try access.heldBack(gstin, self) { return refusal }
            if request.path == Nic.Path.login { return try login(request, gstin) }
            let session = try access.session(request, gstin)
            let played = access.played(gstin)
            try played.withhold(isRead: request.method == "GET" && request.segments.first != "eivital")
            var outcome = try await serve(request, caller(request, gstin), session)
            outcome.result = played.shown(outcome.result)
            var answer = try sealed(outcome, session)
            answer.identity = gstin
            return answer
        } catch {
            return Self.failure(error)
        }
    }

    private func ping() -> SandboxAnswer {
        let day = NicTime.text(LegalDate.inIndia(book.now)).split(separator: "/").joined(separator: "-")
        let clock = NicTime.invoiceText(book.now).suffix(8)
        return SandboxAnswer(status: 200, body: Array("eivital-\(day) \(clock)".utf8), mediaType: "text/plain")
    }

    private func caller(_ request: SandboxRequest, _ gstin: String) -> NicBook.Caller {
        // The other portal's invoices, where the header asks for them.
        let isRegistering = request.path == Nic.Path.invoice
        let registrar = isRegistering ? nil : request.headers[Nic.Header.registrar]
        return NicBook.Caller(
            gstin: gstin, system: registrar.map(Self.system) ?? name, copies: request.copies)
    }

    private func serve(
        _ request: SandboxRequest, _ caller: NicBook.Caller, _ session: NicSessions.Session
    ) async throws(NicRefusal) -> NicBook.Outcome {
        let parts = request.segments
        switch (request.method, parts.first, parts.count) {
        case ("POST", "eicore", 3) where parts[2] == "Invoice":
            return try await book.register(body(request, session), caller)
        case ("POST", "eicore", 4) where parts[3] == "Cancel":
            return try await book.cancelInvoice(body(request, session), caller)
        case ("GET", "eicore", 5) where parts[3] == "irn":
            return NicBook.Outcome(result: try await book.invoice(parts[4], caller))
        case ("GET", "eicore", 4) where parts[3] == "irnbydocdetails":
            return NicBook.Outcome(result: try await byDocument(request, caller))
        case ("GET", "eivital", 5) where parts[3] == "gstin" || parts[3] == "syncgstin":
            return try await book.taxpayer(parts[4], anew: parts[3] == "syncgstin")
        case ("POST", "eiewb", 3): return try await book.makeBill(body(request, session), caller)
        case ("GET", "eiewb", 5): return NicBook.Outcome(result: try await book.bill(ofIrn: parts[4], caller))
        default: throw NicRefusal("5001", "There is no such call")
        }
    }

    func byDocument(_ request: SandboxRequest, _ caller: NicBook.Caller) async throws(NicRefusal) -> JsonTree {
        guard let type = request.query["doctype"], let number = request.query["docnum"],
            let date = request.query["docdate"]
        else { throw NicRefusal("2142", "Parameters are incomplete") }
        return try await book.invoice(type: type, number: number, date: date, caller)
    }

    private func body(_ request: SandboxRequest, _ session: NicSessions.Session) throws(NicRefusal) -> JsonTree {
        guard let data = JsonReader.read(request.body)?.text("Data") else {
            throw NicRefusal("5003", "Data cannot be null or empty")
        }
        guard let json = try? NicKeys.opened(data, under: session.sek) else {
            throw NicRefusal("1020", "Decryption failed")
        }
        guard json.count <= 2 << 20 else { throw NicRefusal("5002", "Payload is above 2 MB") }
        guard let tree = JsonReader.read(json), case .object = tree else {
            throw NicRefusal("5002", "Payload is no JSON object")
        }
        return tree
    }

    private func login(_ request: SandboxRequest, _ gstin: String) throws(NicRefusal) -> SandboxAnswer {
        guard let data = JsonReader.read(request.body)?.text("Data") else {
            throw NicRefusal("5003", "Data cannot be null or empty")
        }
        guard let asked = keys.login(data) else { throw NicRefusal("1020", "Decryption failed") }
        guard let name = asked.text("UserName") else { throw NicRefusal("1006", "User name is missing") }
        guard let appKey = asked.text("AppKey").flatMap(Base64.bytes), NicKeys.appKeySizes.contains(appKey.count) else {
            throw NicRefusal("1016", "App key is not valid")
        }
        let isForced = asked["ForceRefreshAccessToken"].map { $0 == .flag(true) || $0.string == "true" } ?? false
        let session = try access.open(
            gstin, .irp, name: name, password: asked.text("Password") ?? "", isForced: isForced)
        guard let sek = try? NicKeys.wrapped(session.sek, under: SymmetricKey(data: appKey)) else {
            throw NicRefusal("1016", "App key is not valid")
        }
        return Self.success(
            .made([
                "ClientId": .text(BridgeService.clientId), "UserName": .text(name), "AuthToken": .text(session.token),
                "Sek": .text(sek), "TokenExpiry": .text(NicTime.invoiceText(session.expiresAt)),
            ]), infos: [])
    }

    private func sealed(
        _ outcome: NicBook.Outcome, _ session: NicSessions.Session
    ) throws(NicRefusal) -> SandboxAnswer {
        guard let data = try? NicKeys.sealed(outcome.result.bytes, under: session.sek) else {
            throw NicRefusal("5001", "Application error")
        }
        return Self.success(.text(data), infos: outcome.infos)
    }

    private static func success(_ data: JsonTree, infos: [JsonTree]) -> SandboxAnswer {
        envelope(1, data: data, errors: .null, infos: infos)
    }

    static func failure(_ refusal: NicRefusal) -> SandboxAnswer {
        if let answer = refusal.answer { return answer }
        return envelope(0, data: .null, errors: .list(refusal.reasons.map(\.tree)), infos: refusal.infos)
    }

    private static func envelope(_ status: Int, data: JsonTree, errors: JsonTree, infos: [JsonTree]) -> SandboxAnswer {
        let tree = JsonTree.made([
            "Status": .number(status), "Data": data, "ErrorDetails": errors,
            "InfoDtls": infos.isEmpty ? .null : .list(infos),
        ])
        return SandboxAnswer(status: 200, body: tree.bytes)
    }

    func forgetToken(of request: SandboxRequest) { access.forgetToken(of: request) }

    func accounts() -> [ProfileFolder.AccountLine] {
        name == "irp" ? access.users.lines(system: name, .irp) { access.outcome($0) } : []
    }

    func call(_ request: SandboxRequest) -> String {
        // IRNs and GSTINs are no part of a call's name.
        let parts = request.segments.map { $0.utf8.count == 64 || (try? Gstin($0)) != nil ? "*" : $0 }
        return "\(request.method) /\(name)/\(parts.joined(separator: "/"))"
    }
}
