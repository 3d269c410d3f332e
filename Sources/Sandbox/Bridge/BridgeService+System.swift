import Wire

extension BridgeService: SandboxSystem {
    var name: String { "bridge" }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        do throws(BridgeError) {
            return try await route(request)
        } catch {
            return SandboxAnswer(error: error, trace: trace)
        }
    }

    func refusal(_ fault: SandboxFault.Kind, trace: String) -> SandboxAnswer {
        switch fault {
        case .rateLimited:
            let error = BridgeError(.rateLimited, "Too many requests.", retryAfterSeconds: 1)
            return SandboxAnswer(error: error, trace: trace)
        case .commitThenUnavailable:
            return SandboxAnswer(error: BridgeError(.portalDown, "The portal went away."), trace: trace)
        default:
            return SandboxAnswer(error: BridgeError(.portalDown, "The portal is under maintenance."), trace: trace)
        }
    }

    /// The call without its ids: `POST /v1/jobs/{id}/cancel`.
    func call(_ request: SandboxRequest) -> String {
        let segments = request.segments
        guard segments.count > 2 else { return "\(request.method) /" + segments.joined(separator: "/") }
        let tail = ["verify", "challenge", "cancel"].contains(segments.last ?? "") ? segments.last : nil
        return "\(request.method) /v1/\(segments[1])/{id}" + (tail.map { "/\($0)" } ?? "")
    }

    func isBusy() async -> Bool { await state.hasOpenJob(timeline) }

    func profileFiles(at address: String) -> [String: String] {
        let text = """
            # Simulated portals. Nothing in this file is secret.
            name = "sandbox-bridge"
            connector = "bridge"
            portals = ["gst", "income_tax", "traces"]
            default = true
            simulated = true

            [urls]
            base = "\(address)"

            [auth]
            client_id = "\(Self.clientId)"
            client_secret = "\(Self.clientSecret)"

            \(ProfileFolder.timeouts)

            [limits]
            concurrency = 8
            poll_ms = 200

            """
        return ["bridge.toml": text]
    }

    func accounts() -> [ProfileFolder.AccountLine] {
        state.world.accounts.map { account in
            ProfileFolder.AccountLine(
                system: name, account: state.played(account), clientId: Self.clientId, clientSecret: Self.clientSecret)
        }
    }
}

extension SandboxAnswer {
    init(_ status: Int, _ payload: some WirePayload) {
        self.init(status: status, body: (try? WireJSON.encode(payload)) ?? [])
    }

    init(error: BridgeError, status: Int? = nil, trace: String) {
        var error = error
        error.traceId = trace
        self.init(status ?? error.knownCode?.httpStatus ?? 500, BridgeErrorBody(error: error))
        if let seconds = error.retryAfterSeconds { headers.append((Bridge.Header.retryAfter, String(seconds))) }
    }
}
