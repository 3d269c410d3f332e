import Crypto
import Domain
import Wire

/// The simulated e-way bill system: headers, tokens and cryptography around the calls of `NicBook`
/// (facts: nic-einvoice-ewb 1.6, 1.7, 3.3).
struct EwbSystem: SandboxSystem {
    /// `ewb` is the first site, `ewb2` the second.
    let name: String
    let book: NicBook
    let keys: NicKeyRing
    let access: NicAccess

    /// Below the address; real hosts have the first or the second (facts: nic-einvoice-ewb 1.1).
    static let bases = [Nic.EwbPath.version, "/ewaybillapi\(Nic.EwbPath.version)"]

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        let answer = await served(request, trace: trace)
        await book.settle()
        return answer
    }

    private func served(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        do throws(NicRefusal) {
            guard let base = Self.bases.first(where: { request.path.hasPrefix($0 + "/") }) else {
                throw NicRefusal("239", "Unknown action")
            }
            let gstin = try access.checkClient(request, .ewb)
            if let refusal = try access.heldBack(gstin, self) { return refusal }
            let parts = request.path.dropFirst(base.utf8.count).split(separator: "/").map(String.init)
            if parts == ["auth"] { return try login(request, gstin) }
            let session = try access.ewbSession(request, gstin)
            let caller = NicBook.Caller(gstin: gstin, system: name, copies: request.copies)
            let played = access.played(gstin)
            var answer: SandboxAnswer
            if request.method == "POST" {
                guard parts == ["ewayapi"] else { throw NicRefusal("239", "Unknown action") }
                answer = try sealed(played.shown(await write(request, session, caller)), session)
            } else {
                try played.withhold(isRead: parts.first != "Master")
                answer = try sealedApart(played.shown(await read(parts, request.query, caller)), session)
            }
            answer.identity = gstin
            return answer
        } catch {
            return Self.failure(error)
        }
    }

    private func login(_ request: SandboxRequest, _ gstin: String) throws(NicRefusal) -> SandboxAnswer {
        guard access.sessions.isWithin(book.play.loginsInWindow, "login \(gstin)") else {
            throw NicRefusal("658", "Too many requests")
        }
        guard let data = JsonReader.read(request.body)?.text("Data") else { throw NicRefusal("107", "No login") }
        guard let asked = keys.login(data) else { throw NicRefusal("107", "Login is malformed") }
        guard asked.text("action") == Nic.Action.login.rawValue else { throw NicRefusal("239", "Unknown action") }
        guard let name = asked.text("username") else { throw NicRefusal("101", "User name is missing") }
        guard let password = asked.text("password") else { throw NicRefusal("102", "Password is missing") }
        guard let key = asked.text("app_key").flatMap(Base64.bytes), NicKeys.appKeySizes.contains(key.count) else {
            throw NicRefusal("107", "App key is not valid")
        }
        let session = try access.open(gstin, .ewb, name: name, password: password, isForced: false)
        guard let sek = try? NicKeys.wrapped(session.sek, under: SymmetricKey(data: key)) else {
            throw NicRefusal("107", "App key is not valid")
        }
        return SandboxAnswer(
            status: 200,
            body: JsonTree.made([
                "status": .number(1), "authtoken": .text(session.token), "sek": .text(sek), "alert": .null,
                "alert2": .null, "Alert": .null, "Message": .null,
            ]).bytes)
    }

    private func write(
        _ request: SandboxRequest, _ session: NicSessions.Session, _ caller: NicBook.Caller
    ) async throws(NicRefusal) -> JsonTree {
        guard let body = JsonReader.read(request.body) else { throw NicRefusal("100", "Request is no JSON") }
        guard let action = body.text("action") else { throw NicRefusal("239", "Unknown action") }
        // Names are looked up in any case, so `Data` is `data`.
        guard let data = body.text("data") else { throw NicRefusal("115", "Payload is empty") }
        guard let json = try? NicKeys.opened(data, under: session.sek), let asked = JsonReader.read(json),
            case .object = asked
        else { throw NicRefusal("109", "Data did not decrypt") }
        return try await book.perform(action, asked, caller)
    }

    func read(
        _ parts: [String], _ query: [String: String], _ caller: NicBook.Caller
    ) async throws(NicRefusal) -> JsonTree {
        let name = parts.last?.lowercased() ?? ""
        if name.contains("transporter"), name.hasPrefix("getewaybill"),
            !access.sessions.isWithin(book.play.listsInWindow, "lists \(caller.gstin)")
        {
            throw NicRefusal("658", "Too many requests")
        }
        return try await book.readBills(name, query, caller)
    }

    private func sealed(_ result: JsonTree, _ session: NicSessions.Session) throws(NicRefusal) -> SandboxAnswer {
        guard let data = try? NicKeys.sealed(result.bytes, under: session.sek) else {
            throw NicRefusal("114", "Technical error")
        }
        return SandboxAnswer(
            status: 200,
            body: JsonTree.made(["status": .text("1"), "data": .text(data), "alert": .null, "info": .null]).bytes)
    }

    /// Reads come under a key of their own.
    private func sealedApart(_ result: JsonTree, _ session: NicSessions.Session) throws(NicRefusal) -> SandboxAnswer {
        let rek = SymmetricKey(size: .bits256)
        let json = result.bytes
        guard let data = try? NicKeys.sealed(json, under: rek), let key = try? NicKeys.wrapped(rek, under: session.sek)
        else { throw NicRefusal("114", "Technical error") }
        return SandboxAnswer(
            status: 200,
            body: JsonTree.made([
                "status": .text("1"), "data": .text(data), "rek": .text(key),
                "hmac": .text(NicKeys.hmac(json, rek: rek)), "alert": .null,
            ]).bytes)
    }

    /// Base64 of `{"errorCodes":"…"}`; the text stands beside the number where it says which bill is meant.
    static func failure(_ refusal: NicRefusal) -> SandboxAnswer {
        if let answer = refusal.answer { return answer }
        let told: Set<String> = ["604", "702"]
        let codes = refusal.reasons.map { told.contains($0.code) ? "\($0.code), \($0.message)" : $0.code }
        let error = JsonTree.made(["errorCodes": .text(codes.joined(separator: ","))])
        return SandboxAnswer(
            status: 200,
            body: JsonTree.made([
                "status": .text("0"), "error": .text(Base64.text(error.bytes)), "info": .null,
            ]).bytes)
    }

    func forgetToken(of request: SandboxRequest) { access.forgetToken(of: request) }

    /// Its users are those of both sites.
    func accounts() -> [ProfileFolder.AccountLine] {
        name == "ewb" ? access.users.lines(system: name, .ewb) { access.outcome($0) } : []
    }

    func profileFiles(at address: String) -> [String: String] {
        guard name == "ewb" else { return [:] }
        let other = """
            # The second site: bills whose number has 8 or 9 as its third digit belong there.
            \(EwbSystem.otherSite) = "\(address)2\(Self.bases[0])"

            """
        return ["ewb.toml": Self.profile(at: "\(address)\(Self.bases[0])", more: other)]
    }

    /// Key of the address of the second site.
    private static let otherSite = "other_site"

    /// - Parameter more: further lines of `[urls]`.
    static func profile(at base: String, more: String = "") -> String {
        """
        # The simulated e-way bill system. Nothing in this file is secret.
        name = "sandbox-ewb"
        connector = "ewb"
        simulated = true

        [urls]
        base = "\(base)"
        \(more)\
        # Beside this file: the public key that logins are sealed for.
        certificate = "\(NicKeyRing.encryptionFile)"

        \(NicProfile.shared(style: "nic", clientId: Nic.Header.ewbClientId, secret: Nic.Header.ewbClientSecret))
        """
    }
}
