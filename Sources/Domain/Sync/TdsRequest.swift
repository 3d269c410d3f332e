/// A file that TRACES is asked to make of one statement. The portal makes it over days; where it stands then is a row of
/// its list of requests.
public struct TdsRequest: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case justificationReport = "justification_report"
        case consoFile = "conso_file"

        public var title: String {
            switch self {
            case .justificationReport: "justification report"
            case .consoFile: "conso file"
            }
        }
    }

    public enum State: String, CaseIterable, Sendable {
        /// The next fetch asks the portal.
        case wanted
        /// It is on its way, or was when the program ended: what the portal made of it is not known then.
        case asking
        /// The portal gave it a number.
        case asked
        /// The portal said no, nobody knows what it made of it, or it was withdrawn; `said` tells.
        case refused
    }

    public var id: Int64
    public var identity: PortalIdentity
    public var wish: TdsWish
    public var state: State
    /// The portal's number; empty until it gave one.
    public var number: String
    public var said: String
    public var person: String
    public var createdAt: Instant
    /// When the portal was asked.
    public var settledAt: Instant?

    public init(
        id: Int64, identity: PortalIdentity, wish: TdsWish, state: State, number: String = "", said: String = "",
        person: String, createdAt: Instant, settledAt: Instant? = nil
    ) {
        self.id = id
        self.identity = identity
        self.wish = wish
        self.state = state
        self.number = number
        self.said = said
        self.person = person
        self.createdAt = createdAt
        self.settledAt = settledAt
    }
}

/// What becomes of a wish on its way to the portal.
public enum TdsRequestStep: Hashable, Sendable {
    /// It leaves now, with what was told of the statement: somebody may have told something else meanwhile.
    case asking(TdsKyc)
    /// It did not leave; the next fetch asks again. Why, in one harmless line.
    case waits(String)
    case asked(number: String)
    /// The portal said no, or nobody knows what it made of it.
    case refused(String)
}

/// Which file of which statement, and by what the portal knows that a deductor asks (facts: income-tax-traces 5.6).
public struct TdsWish: Hashable, Sendable {
    public var kind: TdsRequest.Kind
    /// In which the financial year begins.
    public var year: Int
    /// 1 to 4.
    public var quarter: Int
    public var form: String
    public var kyc: TdsKyc

    public init(kind: TdsRequest.Kind, year: Int, quarter: Int, form: String, kyc: TdsKyc) {
        self.kind = kind
        self.year = year
        self.quarter = quarter
        self.form = form
        self.kyc = kyc
    }

    public var period: String { "\(YearPeriod(.financialYear, startYear: year)) Q\(quarter)" }
}

/// What TRACES wants to be told of the regular statement before it makes a file of it.
public struct TdsKyc: Hashable, Sendable, Codable {
    /// One deductee of the challan.
    public struct Deductee: Hashable, Sendable, Codable {
        public var pan: String
        public var amount: Rupees

        public init(pan: String, amount: Rupees) {
            self.pan = pan
            self.amount = amount
        }
    }

    /// One challan of the statement; none when there is a nil or book-entry challan only.
    public struct Challan: Hashable, Sendable, Codable {
        public var bsrCode: String
        public var depositedOn: LegalDate
        public var serial: String
        public var amount: Rupees

        public init(bsrCode: String, depositedOn: LegalDate, serial: String, amount: Rupees) {
            self.bsrCode = bsrCode
            self.depositedOn = depositedOn
            self.serial = serial
            self.amount = amount
        }
    }

    /// 15 digits.
    public var token: String
    public var challan: Challan?
    /// Three at most; none when no PAN of the challan is valid.
    public var deductees: [Deductee]

    public init(token: String, challan: Challan? = nil, deductees: [Deductee] = []) {
        self.token = token
        self.challan = challan
        self.deductees = deductees
    }

    /// What is wrong with it, in words; nil when the portal may be asked.
    public var problem: String? {
        func isNumber(_ text: String, _ length: Int) -> Bool {
            text.utf8.count == length && text.utf8.allSatisfy { (48...57).contains($0) }
        }
        if !isNumber(token, 15) { return "the token of the regular statement has 15 digits" }
        if let challan {
            if !isNumber(challan.bsrCode, 7) { return "a BSR code has 7 digits" }
            if !isNumber(challan.serial, 5) { return "the serial number of a challan has 5 digits" }
            if challan.amount.paise <= 0 { return "the amount of a challan is more than nothing" }
        }
        if deductees.count > 3 { return "three deductees at most are asked for" }
        if challan == nil, !deductees.isEmpty { return "deductees belong to a challan" }
        for deductee in deductees where (try? Pan(deductee.pan)) == nil { return "\(deductee.pan) is no PAN" }
        return nil
    }
}
