import Domain
import Wire

/// What the e-filing portal's services answer.
enum EFilingParsers {
    static let list: [FuzzParser] = [
        parser("efiling.messages", [EFilingSamples.messages], EFilingMessages.self) { answer, _ in
            "\(PayloadReading.some(answer.messages?.count ?? -1)) messages, error \(answer.messages?.contains(where: \.isError) ?? false)"
        },
        parser("efiling.login", [EFilingSamples.known, EFilingSamples.loggedIn], EFilingLogin.self) { answer, _ in
            let written = try? Array("pässword".utf8).withUnsafeBytes { try answer.bytes(password: $0) }
            guard let written, (try? JSONValue(written))?["pass"]?.text == "cMOkc3N3b3Jk" else {
                throw Broken("the next step of the login is no JSON with the password")
            }
            return "id \(answer.reqId != nil), name \(answer.fullName != nil), options \(answer.secLoginOptions != nil)"
        },
        parser("efiling.proceedings", [EFilingSamples.proceedings], EFilingProceedings.self) { answer, bytes in
            try records(answer.eProceedingPaginatedRequests, bytes, "eProceedingPaginatedRequests")
        },
        parser("efiling.notices", [EFilingSamples.notices], EFilingNotices.self) { answer, bytes in
            try PayloadReading.records(answer.rows, of: PayloadReading.list(bytes))
        },
        parser("efiling.letter", [EFilingSamples.letter], EFilingLetter.self) { answer, _ in
            "\(PayloadReading.some(answer.docMap?.count ?? -1)) documents, one \(answer.satDocId?.filled != nil)"
        },
        parser("efiling.replies", [EFilingSamples.replies], EFilingReplies.self) { answer, bytes in
            let meant = answer.respRemrkAttLst?.filter { $0.row?.meansSomething == true }.count ?? 0
            return try records(answer.respRemrkAttLst, bytes, "respRemrkAttLst")
                + ", \(PayloadReading.some(meant)) meant"
        },
        parser("efiling.closure", [EFilingSamples.closure], EFilingClosure.self) { answer, bytes in
            try records(answer.satDocDetlList, bytes, "satDocDetlList")
        },
        parser("efiling.demands", [EFilingSamples.demands], EFilingDemands.self) { answer, bytes in
            try records(answer.demandList, bytes, "demandList")
        },
        parser("efiling.returns", [EFilingSamples.returns], EFilingReturns.self) { answer, bytes in
            try PayloadReading.records(answer.rows, of: PayloadReading.list(bytes))
        },
        parser("efiling.activity", [EFilingSamples.activity], EFilingActivityDetail.self) { answer, _ in
            "reference \(answer.commRefNo?.filled != nil), order \(answer.orderDt?.filled != nil)"
        },
    ]

    private static func records<Row>(_ records: [WireRecord<Row>]?, _ bytes: [UInt8], _ name: String) throws -> String {
        let count = PayloadReading.list(bytes, name)
        guard let records else {
            guard count == nil else { throw Broken("a list came and was taken for none") }
            return "no list"
        }
        return try PayloadReading.records(records, of: count)
    }

    private static func parser<Payload: WirePayload>(
        _ name: String, _ samples: [String], _ type: Payload.Type,
        say: @escaping @Sendable (Payload, [UInt8]) throws -> String
    ) -> FuzzParser {
        FuzzParser(name: name, samples: AllParsers.bytes(samples)) { bytes in
            try PayloadReading.read(type, bytes) { try say($0, bytes) }
        }
    }
}
