import ArgumentParser
import Domain
import Services

struct TdsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tds", abstract: "Files that TRACES is asked to make.",
        subcommands: [Request.self, List.self, Withdraw.self])

    struct Request: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Ask for a justification report or a conso file of a statement.",
            discussion: "A fetch of the TAN asks the portal; it may need a captcha first. The file comes days later.")
        @Option(name: .long, help: "TAN of the deductor.") var tan: String
        @Option(name: .long, help: "justification_report or conso_file.") var kind = TdsRequest.Kind.justificationReport
        @Option(name: .long, help: "Financial year, such as 2024-25.") var year: String
        @Option(name: .long, help: "Quarter, 1 to 4.") var quarter: Int
        @Option(name: .long, help: "Form of the statement, such as 26Q.") var form: String
        @Option(name: .long, help: "Token of the regular statement, 15 digits.") var token: String
        @Option(name: .long, help: "BSR code of one challan, 7 digits; without it: nil or book-entry challan.")
        var bsr: String?
        @Option(name: .long, help: ArgumentHelp("Day on which it was deposited, YYYY-MM-DD.", valueName: "day"))
        var deposited: LegalDate?
        @Option(name: .long, help: "Serial number of that challan, 5 digits.") var serial: String?
        @Option(name: .long, help: "Amount of that challan in rupees.") var amount: String?
        @Option(name: .long, help: "PAN=AMOUNT of a deductee of that challan, three at most.") var deductee: [String] =
            []
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let wish = try wish()
            let identity = PortalIdentity(stored: .traces, tan.uppercased())
            let workspace = try await place.enter(surroundings, opensVault: true)
            let asked = try await workspace.tdsRequests.ask(wish, of: identity)
            if asked.triggered.runsAlready {
                Messages.line(
                    "Noted as request \(asked.request). The fetch of \(identity) that runs now began without it; fetch again "
                        + "when it has ended.")
            } else if let refused = asked.triggered.refused.first {
                Messages.line("Noted; the next fetch asks for it. Now nothing was queued: \(refused.reason)")
            } else {
                Messages.line("Noted as request \(asked.request); the fetch of \(identity) asks the portal.")
            }
            let row = TdsRequestLine(id: asked.request, job: asked.triggered.ids.first?.rawValue)
            try Rows(json: output.json).print([row], header: ["REQUEST", "JOB"]) {
                [String($0.id), $0.job.map(String.init) ?? ""]
            }
            return .done
        }

        private func wish() throws(Complaint) -> TdsWish {
            guard let period = try? YearPeriod(.financialYear, year) else {
                throw Self.wrong("\(year) is no year such as 2024-25")
            }
            guard (1...4).contains(quarter) else { throw Self.wrong("a quarter is 1, 2, 3 or 4") }
            var kyc = TdsKyc(token: token)
            if let bsr {
                guard let deposited, let serial, let amount = amount.flatMap({ Rupees($0) }) else {
                    throw Self.wrong("a challan needs --deposited, --serial and --amount too")
                }
                kyc.challan = TdsKyc.Challan(bsrCode: bsr, depositedOn: deposited, serial: serial, amount: amount)
            }
            for pair in deductee {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, let amount = Rupees(parts[1]) else {
                    throw Self.wrong("\(pair) is not PAN=AMOUNT")
                }
                kyc.deductees.append(TdsKyc.Deductee(pan: parts[0].uppercased(), amount: amount))
            }
            return TdsWish(
                kind: kind, year: period.startYear, quarter: quarter, form: form.uppercased(), kyc: kyc)
        }

        private static func wrong(_ why: String) -> Complaint {
            Complaint("this request cannot be made", why: why, status: .usage)
        }
    }

    struct Withdraw: Performable {
        static let configuration = CommandConfiguration(abstract: "Take back what the portal was not asked for yet.")
        @Argument(help: "Its number, from `tds list`.") var request: Int64
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            try await workspace.tdsRequests.withdraw(request)
            Messages.line("Request \(request) is withdrawn; nobody asks the portal for it.")
            return .done
        }
    }

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "What was asked for, the latest first.")
        @Option(name: .long, help: "TAN of the deductor.") var tan: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let found = try await workspace.tdsRequests.list(
                tan.map { PortalIdentity(stored: .traces, $0.uppercased()) })
            let header = ["ID", "TAN", "KIND", "FORM", "PERIOD", "STATE", "NUMBER", "SAID"]
            try Rows(json: output.json).print(found.map(TdsRequestRow.init), header: header) {
                [String($0.id), $0.tan, $0.kind, $0.form, $0.period, $0.state, $0.number, $0.said]
            }
            return .done
        }
    }
}

extension TdsRequest.Kind: ExpressibleByArgument {}

private struct TdsRequestLine: Encodable {
    let id: Int64
    @OrNull var job: Int64?
}

private struct TdsRequestRow: Encodable {
    let id: Int64
    let tan, kind, form, period, state, number, said, person, created_at: String
    @OrNull var settled_at: String?

    init(_ request: TdsRequest) {
        id = request.id
        tan = request.identity.text
        kind = request.wish.kind.rawValue
        form = request.wish.form
        period = request.wish.period
        state = request.state.rawValue
        number = request.number
        said = request.said
        person = request.person
        created_at = TimeText.rfc3339(request.createdAt)
        settled_at = request.settledAt.map(TimeText.rfc3339)
    }
}
