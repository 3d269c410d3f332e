import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

/// The simulated portal against shapes written down from the facts, not from our own types.
@Suite(.timeLimit(.minutes(20))) struct EFilingWireTests {
    private let pan = "AAFHH6756K"

    private func playing(
        _ outcome: String, clock: HandClock = HandClock(), loginWait: Duration = .zero,
        _ body: (EFilingHand, (user: String, password: String)) async throws -> Void
    ) async throws {
        try await SandboxHouse.with(faults: ["\(outcome):\(pan)"], clock: clock, eFilingLoginWait: loginWait) { house in
            let account = try #require(house.world.account(PortalIdentity(.incomeTax, pan)))
            try await body(EFilingHand(house), (account.username, account.password))
        }
    }

    @Test func theLoginTakesTwoStepsAndRefusesInWordsWithStatus200() async throws {
        try await playing("success") { hand, account in
            let first = try await hand.check(account.user)
            let id = try #require(first["reqId"] as? String)
            #expect(first["entityType"] as? String == "PAN" && first["secLoginOptions"] as? String == "")
            let wrong = try await hand.password(account.user, "Wrong@1234", request: id)
            #expect(EFilingHand.code(wrong) == "EF00027")
            let again = try await hand.password(account.user, account.password, request: id)
            #expect(EFilingHand.code(again) == "EF500023")
            let second = try await hand.logIn(account)
            #expect(EFilingHand.code(second) == "EF00000" && second["fullName"] as? String != nil)
            #expect(EFilingHand.code(try await hand.check("ZZZPZ9999Z")) == "EF00035")
        }
    }

    @Test func aPasswordThatComesTooSoonIsRefusedAndTheRequestIdIsGone() async throws {
        let clock = HandClock()
        try await playing("success", clock: clock, loginWait: .seconds(5)) { hand, account in
            #expect(EFilingHand.code(try await hand.logIn(account)) == "EF500023")
            let id = try #require(try await hand.check(account.user)["reqId"] as? String)
            clock.advance(.seconds(5))
            let answer = try await hand.password(account.user, account.password, request: id)
            #expect(EFilingHand.code(answer) == "EF00000")
        }
    }

    @Test func aUserHasOneSessionAndContinueEndsTheOther() async throws {
        try await playing("page_two") { first, account in
            let second = EFilingHand(first.house)
            try await first.logIn(account)
            let id = try #require(try await second.check(account.user)["reqId"] as? String)
            let refused = try await second.password(account.user, account.password, request: id)
            #expect(EFilingHand.code(refused) == "EF00177")
            #expect(try await first.proceedings(pan, "self", "FYA").count == 50)
            let taken = try await second.password(account.user, account.password, request: id, remark: "Continue")
            #expect(EFilingHand.code(taken) == "EF00000")
            let old = try await first.send(
                .post, "/iec/servicesapi/auth/getEntity", #"{"serviceName":"itrStatusService"}"#)
            #expect(old.status == 401)
            #expect(try await second.proceedings(pan, "self", "FYA").count == 50)
        }
    }

    @Test func aSessionEndsWhenNobodyUsesIt() async throws {
        let clock = HandClock()
        try await playing("page_two", clock: clock) { hand, account in
            try await hand.logIn(account)
            clock.advance(.seconds(600))
            let body = #"{"loggedInUserId":"\#(account.user)"}"#
            #expect(try await hand.send(.post, "/iec/loginapi/auth/extendSession", body).status == 200)
            clock.advance(.seconds(600))
            #expect(try await hand.proceedings(pan, "self", "FYA", page: 1).count == 50)
            #expect(try await hand.proceedings(pan, "self", "FYA", page: 2).count == 10)
            #expect(try await hand.proceedings(pan, "self", "FYA", page: 3).isEmpty)
            clock.advance(.seconds(901))
            #expect(try await hand.send(.get, "/iec/document/1").status == 401)
        }
    }

    @Test func everyDocumentOfANoticeIsServedUnderItsStoredName() async throws {
        try await playing("page_two") { hand, account in
            try await hand.logIn(account)
            var sizes: Set<Int> = []
            for row in try await hand.proceedings(pan, "self", "FYA").prefix(4) {
                let proceeding = try #require(row["proceedingReqId"] as? String)
                let notices = try await hand.list(
                    "/iec/returnservicesapi/auth/getEntity",
                    #"{"serviceName":"eProceedingDetailsService","proceedingReqId":"\#(proceeding)","pan":"\#(pan)","#
                        + #""header":{"formName":"FO-041_PCDNG"}}"#)
                #expect(row["viewNoticeCount"] as? Int == notices.count)
                for notice in notices {
                    let sequence = try #require(notice["headerSeqNo"] as? String)
                    let issued = try #require(notice["issuedOn"] as? Int64)
                    #expect(issued > 1_700_000_000_000)
                    let set = try await hand.object(
                        "/iec/returnservicesapi/auth/saveEntity",
                        #"{"serviceName":"noticeletterpdf","headerSeqNo":"\#(sequence)","procdngReqId":"\#(proceeding)","#
                            + #""loggedInUserId":"\#(account.user)"}"#)
                    let map = try #require(set["docMap"] as? [String: String])
                    sizes.insert(map.count)
                    for (id, name) in map {
                        #expect(name.hasSuffix(".pdf.gz"))
                        let file = try await hand.send(.get, "/iec/document/\(id)")
                        #expect(file.body.starts(with: "%PDF-".utf8))
                        #expect(file.headers["Content-Disposition"]?.contains(name) == true)
                    }
                }
            }
            #expect(sizes.contains(4))
        }
    }

    @Test func theRecordedAnswersOfThePortalAreUnderstood() throws {
        let proceeding = """
            {"eProceedingPaginatedRequests":[{"proceedingReqId":"54139244","proceedingName":"Assessment Proceeding u/s 143(3)",
            "pan":"AAAPZ1000A","nameOfAssesse":"SAMPLE NAME 1","assessmentYear":"2024","financialYr":"2023","viewNoticeCount":4,
            "proceedingType":"I","lastResponseSubmittedOn":1772828433000,"proceedingClosureOrder":"293849909",
            "proceedingStatus":"C"},{"proceedingReqId":{"odd":[1.5,null,true]}}]}
            """
        let page = try WireJSON.decode(EFilingProceedings.self, from: Array(proceeding.utf8))
        let rows = try #require(page.payload.eProceedingPaginatedRequests)
        #expect(page.unknownFields == ["odd"])
        #expect(rows[0].row?.proceedingReqId?.text == "54139244" && rows[0].row?.viewNoticeCount?.number == 4)
        #expect(rows[1].row == nil)
        #expect(String(decoding: rows[1].raw, as: UTF8.self) == #"{"proceedingReqId":{"odd":[1.5,null,true]}}"#)
        // What is understood keeps its own JSON too, with what this version does not know.
        let odder = Array(#"{"eProceedingPaginatedRequests":[{"pan":"P1"},{"mood":["calm"],"pan":"P2"}]}"#.utf8)
        let known = try #require(
            try WireJSON.decode(EFilingProceedings.self, from: odder).payload.eProceedingPaginatedRequests)
        #expect(known.map(\.row?.pan) == ["P1", "P2"])
        #expect(String(decoding: known[1].raw, as: UTF8.self) == #"{"mood":["calm"],"pan":"P2"}"#)

        let notice = """
            [{"headerSeqNo":"282101353","documentIdentificationNumber":"100100855319","noticeSection":"143(3)",
            "description":"[ITBA]Show Cause Notice","issuedOn":1756697668000,"responseDueDate":1757475180000,
            "responseViewedByAoOn":null,"respStatus":"S","isSubmitted":true,"ay":2024,"proceedingStatus":"O"}]
            """
        let notices = try WireJSON.decode(EFilingNotices.self, from: Array(notice.utf8)).payload
        #expect(notices.rows.first?.row?.ay?.text == "2024" && notices.rows.first?.row?.isSubmitted?.text == "true")

        let replies = """
            {"respRemrkAttLst":[{"respType":"FR","remarks":"x","remarksHash":"613370fea2daa9e3","submittedOn":1757009957123,
            "responseId":24430153,"attachmentLst":[{"categorieName":"ALL","attachmentName":"Receipts.pdf","docId":397379915}]},
            {"remarks":" ","attachmentLst":[]}]}
            """
        let filed = try WireJSON.decode(EFilingReplies.self, from: Array(replies.utf8)).payload.respRemrkAttLst ?? []
        #expect(filed.map { $0.row?.meansSomething } == [true, false])
        #expect(filed.first?.row?.attachmentLst?.first?.docId?.text == "397379915")

        let demands = """
            {"messages":[{"code":"EF40003","type":"INFO","desc":"Record(s) fetched successfully."}],"errors":[],"demandList":[
            {"din":"2025202437441932951T","itrAy":"2024","sectionCode":"143(3)","dateOfDemandraised":1771353000000,
            "orignalOutStDemandAmount":1887130.5,"finalInterest":null,"currentStatus":"Pending Payment",
            "demandIntimationDetails":{"outFilePath":"/a/b.pdf"}}]}
            """
        let demand = try WireJSON.decode(EFilingDemands.self, from: Array(demands.utf8)).payload.demandList?.first?.row
        #expect(demand?.orignalOutStDemandAmount.flatMap { Rupees($0.text) }?.paise == 188_713_050)
        #expect(demand?.demandIntimationDetails?.outFilePath == "/a/b.pdf")
    }

    @Test func javaDatesAreReadAndWritten() throws {
        let date = try #require(LegalDate("2025-11-25"))
        #expect(JavaDateText.date("Tue Nov 25 14:16:09 IST 2025") == date)
        #expect(JavaDateText.text(date) == "Tue Nov 25 14:16:09 IST 2025")
        for text in ["", "2025-11-25", "Tue Nov 31 14:16:09 IST 2025", "Tue Nov 25 2025"] {
            #expect(JavaDateText.date(text) == nil)
        }
    }

    @Test func thePasswordGoesOutInBase64AndNowhereElse() throws {
        var step = EFilingLogin()
        step.reqId = "FOS1"
        step.entity = "AAAPZ1000A"
        for password in ["a", "ab", "abc", "Päss\"w@rd 1"] {
            let bytes = try Array(password.utf8).withUnsafeBytes { try step.bytes(password: $0) }
            let sent = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            #expect(sent["pass"] as? String == Data(password.utf8).base64EncodedString())
            #expect(sent["serviceName"] as? String == "loginService" && sent["reqId"] as? String == "FOS1")
            #expect(sent["otp"] is NSNull)
        }
    }
}
