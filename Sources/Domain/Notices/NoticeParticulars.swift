/// What a portal tells of a notice beyond the facts by which lists, filters and rules go. Kept as one text beside them.
public struct NoticeParticulars: Hashable, Sendable, Codable {
    /// Something that was filed in reply, as the portal holds it.
    public struct Reply: Hashable, Sendable, Codable {
        /// The portal's own number of it.
        public var id: String
        /// The portal's own word, such as `FR` for a full response.
        public var kind: String
        public var text: String
        public var submittedOn: LegalDate?
        /// Names of what was attached; the files stand among the notice's documents.
        public var attachments: [String]

        public init(
            id: String, kind: String = "", text: String = "", submittedOn: LegalDate? = nil, attachments: [String] = []
        ) {
            self.id = id
            self.kind = kind
            self.text = text
            self.submittedOn = submittedOn
            self.attachments = attachments
        }
    }

    /// One line of a default summary of TRACES, with all its columns (facts: income-tax-traces 5.8).
    public struct DefaultLine: Hashable, Sendable, Codable {
        /// `1`, `2`, `3a`; empty where the portal gives none.
        public var code: String
        public var kind: String
        /// What is in default.
        public var amount: Rupees?
        /// What the statement itself reported as interest or others, or what was paid.
        public var reported: Rupees?
        public var payable: Rupees?

        public init(code: String = "", kind: String, amount: Rupees?, reported: Rupees?, payable: Rupees?) {
            self.code = code
            self.kind = kind
            self.amount = amount
            self.reported = reported
            self.payable = payable
        }
    }

    /// The reference that the printed letter bears, where the notice goes by another number.
    public var printedReference = ""
    /// The portal's number of the proceeding that it belongs to.
    public var proceeding = ""
    /// Whom it is about, when that is another than the taxpayer whose login shows it.
    public var subject = ""
    public var replies: [Reply] = []
    public var defaults: [DefaultLine] = []
    /// When the regular statement of a default summary was filed: passwords of TRACES are made of it.
    public var filedOn: LegalDate?
    /// The portal's record as it stood when replies and documents were last read whole; by it the same is not read again.
    public var mark = ""
    /// Documents that were left at the portal because they are larger, or more, than is taken.
    public var leftOut: [String] = []

    public init() {}

    public var isEmpty: Bool { self == NoticeParticulars() }

    /// What people may look for beside the reference.
    public var searchText: String {
        [printedReference, proceeding, subject].filter { !$0.isEmpty }.joined(separator: " ")
    }

    // What an older program wrote lacks fields, and what a newer one wrote has more.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        printedReference = try fields.decodeIfPresent(String.self, forKey: .printedReference) ?? ""
        proceeding = try fields.decodeIfPresent(String.self, forKey: .proceeding) ?? ""
        subject = try fields.decodeIfPresent(String.self, forKey: .subject) ?? ""
        replies = try fields.decodeIfPresent([Reply].self, forKey: .replies) ?? []
        defaults = try fields.decodeIfPresent([DefaultLine].self, forKey: .defaults) ?? []
        filedOn = try fields.decodeIfPresent(LegalDate.self, forKey: .filedOn)
        mark = try fields.decodeIfPresent(String.self, forKey: .mark) ?? ""
        leftOut = try fields.decodeIfPresent([String].self, forKey: .leftOut) ?? []
    }
}

extension LegalDate: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.value("date") { LegalDate($0) } }
    public func encode(to encoder: any Encoder) throws { try encoder.write(description) }
}

extension Rupees: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.value("amount") { Rupees($0) } }
    public func encode(to encoder: any Encoder) throws { try encoder.write(decimalText) }
}

extension Decoder {
    /// A value that stands as its text.
    fileprivate func value<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
        let container = try singleValueContainer()
        guard let value = read(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "is no \(name)")
        }
        return value
    }
}

extension Encoder {
    fileprivate func write(_ text: String) throws {
        var container = singleValueContainer()
        try container.encode(text)
    }
}
