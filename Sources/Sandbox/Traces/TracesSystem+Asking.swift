import Domain
import Wire

extension TracesSystem {
    /// Takes a request of a file, after what is known of the statement was told (facts: income-tax-traces 5.6). What was
    /// asked for stands in memory: a restart forgets it.
    func ask(_ kind: TdsRequest.Kind, _ request: SandboxRequest, _ account: DemoAccount) async -> SandboxAnswer {
        let form = Self.form(request.body)
        func field(_ name: Traces.KycField) -> String { form[name.standard] ?? "" }
        let year = Int(field(.year))
        let quarter = Int(field(.quarter)).flatMap(Traces.quarter(code:))
        guard
            let statement = book.statements(of: account).first(where: {
                $0.year == year && $0.quarter == quarter && $0.form == field(.form)
            })
        else { return Self.said("No statement is available for the details entered.") }
        guard statement.token == field(.token), Self.namesChallan(form) else {
            return Self.said("KYC details do not match the statement.")
        }
        if account.outcome == .otpRequired, field(.otp) != account.otp {
            return Self.said(
                field(.otp).isEmpty ? "Enter the OTP sent to your registered mobile number." : "Invalid OTP.")
        }
        let isThere = await state.hasAsked(account.identity, kind, statement.token)
        let number = await state.ask(
            account.identity,
            TracesAsked(
                kind: kind, statement: statement, on: LegalDate.inIndia(now()), isDuplicate: isThere))
        return Self.said(
            "Your request has been submitted. Request Number : \(number). Please check Requested Downloads.")
    }

    /// A challan with all of its four values, or the word that there is none.
    private static func namesChallan(_ form: [String: String]) -> Bool {
        func field(_ name: Traces.KycField) -> String { form[name.standard] ?? "" }
        if field(.nilChallan) == "on" { return field(.bsrCode).isEmpty }
        let hasPan = field(.noPan) == "on" || form["\(Traces.KycField.pan.standard)1"]?.count == 10
        return field(.bsrCode).count == 7 && field(.serial).count == 5
            && field(.depositDate).split(separator: "-").count == 3
            && field(.amount).contains(".") && hasPan
    }

    private static func said(_ text: String) -> SandboxAnswer { page("Request", ["<p>\(text)</p>"]) }
}

/// A file that somebody asked for.
struct TracesAsked: Sendable {
    var kind: TdsRequest.Kind
    var statement: TracesBook.Statement
    var on: LegalDate
    /// Whether the same was asked for before.
    var isDuplicate: Bool

    func row(_ number: String, today: LegalDate) -> TracesRequestRow {
        let isReady = today.dayNumber - on.dayNumber >= 2
        let hasNone = kind == .justificationReport && statement.lines.isEmpty
        let status: TracesRequestStatus =
            isDuplicate ? .disabled : isReady ? (hasNone ? .notAvailable : .available) : .submitted
        return TracesRequestRow(
            requestedOn: TracesPrint.date(on), number: number, financialYear: TracesPrint.year(statement.year),
            quarter: "Q\(statement.quarter)", form: statement.form,
            kind: kind == .justificationReport ? "Justification Report Download" : "NSDL Conso File",
            status: status.rawValue)
    }
}
