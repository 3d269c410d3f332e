/// `noticeletterpdf`: the documents of one notice. A notice is a set, and `satDocId` is not reliably the notice.
public struct EFilingLetter: WirePayload {
    public var satDocId: LooseText?
    public var docNam: String?
    /// Names by document id; at times empty until asked again. nil when the answer has no such map.
    public var docMap: [String: LooseText?]?

    public init(satDocId: LooseText?, docNam: String?, docMap: [String: LooseText?]) {
        self.satDocId = satDocId
        self.docNam = docNam
        self.docMap = docMap
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case satDocId, docNam, docMap }
    public static let fieldNames: Set<String> = CodingKeys.names.union(EFilingMessage.names)
}

/// `itbaResponseService`: what was filed in reply to one notice.
public struct EFilingReplies: WirePayload {
    /// nil when the answer has no such list, which is never "none".
    public var respRemrkAttLst: [WireRecord<EFilingReply>]?

    public init(_ rows: [EFilingReply]) { respRemrkAttLst = rows.map { WireRecord($0) } }

    enum CodingKeys: String, CodingKey, CaseIterable { case respRemrkAttLst }
    public static let fieldNames: Set<String> = CodingKeys.names.union(EFilingReply.CodingKeys.names).union(
        EFilingAttachment.CodingKeys.names
    )
    .union(EFilingMessage.names)
}

public struct EFilingReply: Codable, Sendable, Hashable {
    public var responseId: LooseText?
    /// `FR` for a full response.
    public var respType: String?
    public var remarks: String?
    public var remarksHash: String?
    /// Milliseconds since 1970.
    public var submittedOn: LooseText?
    public var attachmentLst: [EFilingAttachment]?

    public init(id: Int64) { responseId = LooseText(id) }

    /// Rows with blank remarks and no attachments exist and mean nothing.
    public var meansSomething: Bool {
        !(attachmentLst ?? []).isEmpty || !(remarks ?? "").allSatisfy(\.isWhitespace)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case responseId, respType, remarks, remarksHash, submittedOn, attachmentLst
    }
}

public struct EFilingAttachment: Codable, Sendable, Hashable {
    public var docId: LooseText?
    public var attachmentName: String?
    /// Spelt so by the portal.
    public var categorieName: String?

    public init(docId: Int64, name: String, category: String) {
        self.docId = LooseText(docId)
        attachmentName = name
        categorieName = category
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case docId, attachmentName, categorieName }
}

/// `downloadClosureOrder`: the documents that ended a proceeding. They have neither DIN nor date; the file name ends in
/// the date as DDMMYYYY.
public struct EFilingClosure: WirePayload {
    public var procdngReqId: LooseText?
    public var closureSeqNo: LooseText?
    public var satDocId: LooseText?
    public var docNam: String?
    public var satDocDetlList: [WireRecord<EFilingClosureDocument>]?

    public init(proceeding: String, sequence: String?, documents: [EFilingClosureDocument]) {
        procdngReqId = LooseText(proceeding)
        closureSeqNo = sequence.map { LooseText($0) }
        satDocDetlList = documents.map { WireRecord($0) }
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case procdngReqId, closureSeqNo, satDocId, docNam, satDocDetlList
    }
    public static let fieldNames: Set<String> = CodingKeys.names.union(EFilingMessage.names)
}

public struct EFilingClosureDocument: Codable, Sendable, Hashable {
    public var satDocId: LooseText?
    public var docNam: String?

    public init(satDocId: LooseText?, docNam: String?) {
        self.satDocId = satDocId
        self.docNam = docNam
    }
}
