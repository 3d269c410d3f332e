import Domain
import Transport
import Wire

/// Asks TRACES to make files: justification reports and conso files.
///
/// The pages and what they want to know are documented, the names of their fields are not: a guess stands for each, and the
/// provider file may know better, as of the addresses. Each request leaves once, but for one that the portal answered with
/// a question for a one-time password, and that it leaves is stored before; whatever came of it stands in the portal's own
/// list.
struct TracesAsking: Sendable {
    let pages: TracesPages
    let reporter: any FetchReporter
    /// What a person typed for the question of an earlier attempt.
    var answer: ChallengeAnswer?

    /// What fails is told and hinders nothing else: a file that nobody could ask for waits for the next fetch.
    ///
    /// - Throws: when the session is over, a person is needed, we are to stop, or where a request stands cannot be stored.
    func ask(_ wishes: [Int64: TdsWish]) async throws(PortalFailure) {
        let profile = pages.caller.profile
        for (id, wish) in wishes.sorted(by: { $0.key < $1.key }) {
            let name = "\(wish.kind.title) of \(wish.form), \(wish.period)"
            let otp = answer.flatMap { TracesQuestion.isOtp($0, ofRequest: id) ? $0.text : nil }
            let step: TdsRequestStep
            var failure: PortalFailure?
            var isWanted = true
            do throws(PortalFailure) {
                let form = Self.form(wish, otp: otp, names: profile.fields)
                let page = try await pages.submit(Self.path(wish.kind, profile), form) {
                    () async throws(PortalFailure) in
                    isWanted = try await note(id, .asking(wish.kyc))
                    guard isWanted else { throw PortalFailure(.internal, "it is not wanted so any more") }
                }
                let answered = Self.answer(page)
                // Asked once: a page that speaks of it for another reason must not hold the fetch up for good.
                if case .refused = answered, otp == nil, TracesQuestion.asksForOtp(page) {
                    throw TracesQuestion.askForOtp(ofRequest: id, name)
                }
                step = answered
            } catch {
                guard isWanted else {
                    let why =
                        "it was withdrawn or wanted otherwise meanwhile; the next fetch asks for what is wanted then"
                    await reporter.log(.info, "request", "\(name) was not asked for: \(why)")
                    continue
                }
                failure = error
                step = Self.step(after: error)
            }
            switch step {
            case .asking: break
            case .asked(let number): await reporter.log(.info, "request", "\(name): request \(number)")
            case .waits(let why): await reporter.log(.error, "request", "\(name) could not be asked for: \(why)")
            case .refused(let why): await reporter.log(.error, "request", "\(name): \(why)")
            }
            _ = try await note(id, step)
            guard let failure else { continue }
            let isOurs = failure.cause == .internal || Task.isCancelled
            if isOurs || failure.cause == .sessionExpired || failure.challenge != nil { throw failure }
        }
    }

    private static func step(after failure: PortalFailure) -> TdsRequestStep {
        if failure.mayHaveBeenSent {
            return .refused(
                "whether the portal took it is not known: \(failure.message); look at the list of requests")
        }
        // The addresses of these pages are a guess. Asked again the answer would be the same.
        if failure.cause == .portalChanged {
            return .refused("the page for it is not where it is looked for: \(failure.message)")
        }
        return .waits(HarmlessText.line(failure.message, limit: 300))
    }

    private func note(_ id: Int64, _ step: TdsRequestStep) async throws(PortalFailure) -> Bool {
        do {
            return try await reporter.note(wish: id, step)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("where a request stands could not be stored: \(error)"))
        }
    }

    private static func path(_ kind: TdsRequest.Kind, _ profile: ProviderProfile) -> String {
        profile.paths[kind.rawValue] ?? Traces.path(of: kind)
    }

    /// What the page's form sends.
    ///
    /// - Parameter names: what the portal calls the fields, where it is not what is assumed.
    static func form(_ wish: TdsWish, otp: String?, names: [Traces.KycField: String]) -> String {
        var fields: [(name: String, value: String)] = []
        func add(_ field: Traces.KycField, _ value: String, number: String = "") {
            fields.append(((names[field] ?? field.standard) + number, value))
        }
        add(.year, String(wish.year))
        add(.quarter, String(Traces.code(quarter: wish.quarter)))
        add(.form, wish.form)
        add(.token, wish.kyc.token)
        if let challan = wish.kyc.challan {
            add(.bsrCode, challan.bsrCode)
            add(.depositDate, TracesValues.text(challan.depositedOn))
            add(.serial, challan.serial)
            add(.amount, challan.amount.decimalText)
        } else {
            add(.nilChallan, "on")
        }
        for (index, deductee) in wish.kyc.deductees.enumerated() {
            add(.pan, deductee.pan, number: "\(index + 1)")
            add(.panAmount, deductee.amount.decimalText, number: "\(index + 1)")
        }
        if wish.kyc.challan != nil, wish.kyc.deductees.isEmpty { add(.noPan, "on") }
        if let otp { add(.otp, otp) }
        return fields.map { "\(PercentEscape.text($0.name))=\(PercentEscape.text($0.value))" }.joined(separator: "&")
    }

    /// The page answers in words: with the request's number, or with why there is none.
    static func answer(_ page: [UInt8]) -> TdsRequestStep {
        let text = words(page)
        let low = text.lowercased()
        guard let mark = low.firstRange(of: "request number") else {
            return .refused("the portal gave no request number: \(HarmlessText.line(text, limit: 200))")
        }
        let digits = low[mark.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber }
        guard (5...40).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return .refused("the portal's number of the request cannot be read: \(HarmlessText.line(text, limit: 200))")
        }
        return .asked(number: String(digits))
    }

    /// All that a page says, in one line.
    static func words(_ page: [UInt8]) -> String {
        var scanner = XhtmlScanner(page)
        var words: [UInt8] = []
        while let token = try? scanner.next() {
            if case .text(let text) = token { words += Array(text) + [32] }
        }
        return XhtmlText.plain(words)
    }
}
