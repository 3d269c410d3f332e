import Domain
import Transport
import Wire

/// Asks TRACES to make files: justification reports and conso files.
///
/// The pages and what they want to know are documented, the names of their fields are not: those here are a guess, the
/// addresses stand in the provider file. Each request leaves once, and that it leaves is stored before; whatever came of it
/// stands in the portal's own list.
struct TracesAsking: Sendable {
    let pages: TracesPages
    let reporter: any FetchReporter

    /// What fails is told and hinders nothing else: a file that nobody could ask for waits for the next fetch.
    ///
    /// - Throws: when the session is over, we are to stop, or where a request stands cannot be stored.
    func ask(_ wishes: [Int64: TdsWish]) async throws(PortalFailure) {
        for (id, wish) in wishes.sorted(by: { $0.key < $1.key }) {
            let name = "\(wish.kind.title) of \(wish.form), \(wish.period)"
            let step: TdsRequestStep
            var failure: PortalFailure?
            do throws(PortalFailure) {
                let page = try await pages.submit(Self.path(wish.kind, pages.caller.profile), Self.form(wish)) {
                    () async throws(PortalFailure) in try await note(id, .asking)
                }
                step = Self.answer(page)
            } catch {
                failure = error
                step =
                    error.mayHaveBeenSent
                    ? .refused(
                        "whether the portal took it is not known: \(error.message); look at the list of requests")
                    : .waits(HarmlessText.line(error.message, limit: 300))
            }
            switch step {
            case .asking: break
            case .asked(let number): await reporter.log(.info, "request", "\(name): request \(number)")
            case .waits(let why): await reporter.log(.error, "request", "\(name) could not be asked for: \(why)")
            case .refused(let why): await reporter.log(.error, "request", "\(name): \(why)")
            }
            try await note(id, step)
            if let failure, failure.cause == .sessionExpired || Task.isCancelled { throw failure }
        }
    }

    private func note(_ id: Int64, _ step: TdsRequestStep) async throws(PortalFailure) {
        do {
            try await reporter.note(wish: id, step)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("where a request stands could not be stored: \(error)"))
        }
    }

    private static func path(_ kind: TdsRequest.Kind, _ profile: ProviderProfile) -> String {
        profile.paths[kind.rawValue] ?? Traces.path(of: kind)
    }

    private static func form(_ wish: TdsWish) -> String {
        var fields: [(Traces.KycField, String)] = [
            (.year, String(wish.year)), (.quarter, String(Traces.code(quarter: wish.quarter))), (.form, wish.form),
            (.token, wish.kyc.token),
        ]
        if let challan = wish.kyc.challan {
            fields += [
                (.bsrCode, challan.bsrCode), (.depositDate, TracesValues.text(challan.depositedOn)),
                (.serial, challan.serial), (.amount, challan.amount.decimalText),
            ]
        } else {
            fields.append((.nilChallan, "on"))
        }
        var pairs = fields.map { "\($0.0.rawValue)=\(PercentEscape.text($0.1))" }
        for (index, deductee) in wish.kyc.deductees.enumerated() {
            pairs.append("\(Traces.KycField.pan.rawValue)\(index + 1)=\(PercentEscape.text(deductee.pan))")
            pairs.append("\(Traces.KycField.panAmount.rawValue)\(index + 1)=\(deductee.amount.decimalText)")
        }
        if wish.kyc.challan != nil, wish.kyc.deductees.isEmpty { pairs.append("\(Traces.KycField.noPan.rawValue)=on") }
        return pairs.joined(separator: "&")
    }

    /// The page answers in words: with the request's number, or with why there is none.
    static func answer(_ page: [UInt8]) -> TdsRequestStep {
        var scanner = XhtmlScanner(page)
        var words: [UInt8] = []
        while let token = try? scanner.next() {
            if case .text(let text) = token { words += Array(text) + [32] }
        }
        let text = XhtmlText.plain(words)
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
}
