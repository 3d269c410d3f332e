import Glibc

/// The body of every JSON service but the login: one shape, of which each service uses a part.
public struct EFilingRequest: WirePayload {
    public struct Header: Codable, Sendable, Hashable {
        public var formName: String?
        public init(formName: String? = nil) { self.formName = formName }
    }

    public struct PageConfig: Codable, Sendable, Hashable {
        public var pageSize: Int
        /// From 1.
        public var pageNo: Int
        public var searchTerm = ""
        public var sortBy = "createdDt"
        public var sortAsc = false
        public var filters: [String] = []

        public init(pageSize: Int, pageNo: Int) {
            self.pageSize = pageSize
            self.pageNo = pageNo
        }
    }

    public var serviceName: String?
    public var header: Header?
    public var pan: String?
    public var loggedInUserId: String?
    /// `FYA` for your action, `FYI` for your information.
    public var prcdngStatusFlag: String?
    /// `self` or `thirdParty`.
    public var prcdngTypeFlag: String?
    public var pageConfig: PageConfig?
    /// The proceeding, as the service of its notices calls it.
    public var proceedingReqId: String?
    /// The same, as the services of documents call it (sic).
    public var procdngReqId: String?
    public var headerSeqNo: String?
    public var entityNum: String?
    /// Base64 of a demand's `outFilePath`.
    public var order: String?
    /// An intimation's `commRefNo`, with its assessment year.
    public var refno: String?
    public var year: String?

    public init(_ service: EFiling.Service? = nil, form: String? = nil) {
        serviceName = service?.rawValue
        header = form.map { Header(formName: $0) }
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case serviceName, header, pan, loggedInUserId, prcdngStatusFlag, prcdngTypeFlag, pageConfig, proceedingReqId
        case procdngReqId, headerSeqNo, entityNum, order, refno, year
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union([
        "formName", "pageSize", "pageNo", "searchTerm", "sortBy", "sortAsc", "filters",
    ])
}

/// What a service says beside, or in place of, its answer.
public struct EFilingMessage: Codable, Sendable, Hashable {
    public var code: String?
    /// ERROR, INFO, REMARK and others.
    public var type: String?
    public var desc: String?

    public init(_ code: EFilingCode, type: String, desc: String) {
        self.code = code.rawValue
        self.type = type
        self.desc = desc
    }

    public var known: EFilingCode? { code.flatMap(EFilingCode.init(rawValue:)) }
    public var isError: Bool { type?.uppercased() == "ERROR" }

    static let names: Set<String> = ["messages", "code", "type", "desc", "fieldName", "errors"]
}

/// The messages of any answer that is an object; empty for answers that are lists.
public struct EFilingMessages: WirePayload {
    public var messages: [EFilingMessage]?
    public init(_ messages: [EFilingMessage]) { self.messages = messages }
    public static let fieldNames: Set<String> = EFilingMessage.names

    /// Whether an answer may hold messages, told from its bytes alone: most do not, and need not be read for it. An
    /// escape may spell the name in another way.
    public static func mayStand(in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { holds($0, "\"messages\"") || holds($0, "\\u") }
    }

    /// Whether a body is well-formed JSON with a list of messages, as the portal wraps what it has to say.
    public static func areIn(_ bytes: [UInt8]) -> Bool {
        (try? WireJSON.decode(Self.self, from: bytes))?.payload.messages != nil
    }

    private static func holds(_ bytes: UnsafeRawBufferPointer, _ part: StaticString) -> Bool {
        guard let start = bytes.baseAddress, bytes.count >= part.utf8CodeUnitCount else { return false }
        let length = part.utf8CodeUnitCount
        return (0...bytes.count - length).contains { position in
            bytes[position] == part.utf8Start[0] && memcmp(start + position, part.utf8Start, length) == 0
        }
    }
}
