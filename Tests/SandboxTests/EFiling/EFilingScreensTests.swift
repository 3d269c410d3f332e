import Domain
import Foundation
import Sandbox
import Testing
import Transport

/// Replies, closing orders, demands and returns of the simulated portal, asked for in literal JSON.
@Suite(.timeLimit(.minutes(20))) struct EFilingScreensTests {
    private typealias Row = EFilingHand.Row

    private let entity = "/iec/returnservicesapi/auth/getEntity"
    private let services = "/iec/servicesapi/auth/getEntity"

    /// Logs in as several taxpayers of the demo, for not everybody has everything.
    private func asEach(_ body: (EFilingHand, String) async throws -> Void) async throws {
        try await SandboxHouse.with { house in
            let accounts = house.world.accounts.filter { $0.identity.portal == .incomeTax && $0.outcome == .success }
            for account in accounts.prefix(12) {
                let hand = EFilingHand(house)
                try await hand.logIn((account.username, account.password))
                try await body(hand, account.username)
            }
        }
    }

    @Test func aClosedProceedingHasRepliesAndAnOrderSet() async throws {
        var seen = 0
        try await asEach { hand, pan in
            let rows = try await hand.proceedings(pan, "self", "FYI") + hand.proceedings(pan, "thirdParty", "FYI")
            for row in rows where row["proceedingStatus"] as? String == "C" {
                seen += 1
                let id = try #require(row["proceedingReqId"] as? String)
                #expect(row["proceedingClosureOrder"] is String)
                let closure = try await hand.object(
                    entity,
                    #"{"serviceName":"downloadClosureOrder","procdngReqId":"\#(id)","loggedInUserId":"\#(pan)"}"#)
                let orders = try #require(closure["satDocDetlList"] as? [Row])
                #expect(orders.count == 3)
                for order in orders {
                    let name = try #require(order["docNam"] as? String)
                    #expect(name.dropLast(4).suffix(8).allSatisfy(\.isNumber) && name.contains("_AST_"))
                    let document = try #require(order["satDocId"] as? Int64)
                    #expect(try await hand.send(.get, "/iec/document/\(document)").status == 200)
                }
                try await expectReplies(hand, pan, id)
            }
        }
        #expect(seen > 0)
    }

    private func expectReplies(_ hand: EFilingHand, _ pan: String, _ id: String) async throws {
        let notices = try await hand.list(
            entity,
            #"{"serviceName":"eProceedingDetailsService","proceedingReqId":"\#(id)","pan":"\#(pan)","header":{"formName":"FO-041_PCDNG"}}"#
        )
        let sequence = try #require(notices.first?["headerSeqNo"] as? String)
        let answer = try await hand.object(
            entity, #"{"serviceName":"itbaResponseService","headerSeqNo":"\#(sequence)","pan":"\#(pan)"}"#)
        let replies = try #require(answer["respRemrkAttLst"] as? [Row])
        let full = replies.filter { $0["respType"] as? String == "FR" }
        // One row more is blank and means nothing.
        #expect(full.count == 3 && replies.count == 4)
        let attachment = try #require((full.first?["attachmentLst"] as? [Row])?.first)
        #expect(attachment["categorieName"] is String && attachment["attachmentName"] is String)
        let document = try #require(attachment["docId"] as? Int64)
        #expect(try await hand.send(.get, "/iec/document/\(document)").status == 200)
    }

    @Test func theDemandScreenHoldsDemandsAndSetOffsAndSomeHaveAnOrderFile() async throws {
        var sections: Set<String> = []
        var files: Set<Bool> = []
        try await asEach { hand, pan in
            let answer = try await hand.object(services, #"{"serviceName":"outstandingDemand","pan":"\#(pan)"}"#)
            for row in try #require(answer["demandList"] as? [Row]) {
                sections.insert(try #require(row["sectionCode"] as? String))
                #expect(row["din"] is String && row["dateOfDemandraised"] is Int64)
                #expect((row["orignalOutStDemandAmount"] as? Int64 ?? 0) > 0)
                let path = (row["demandIntimationDetails"] as? Row)?["outFilePath"] as? String
                files.insert(path != nil)
                guard let path else { continue }
                let order = Data(path.utf8).base64EncodedString()
                let file = try await hand.send(.post, "/iec/document/order", #"{"order":"\#(order)"}"#)
                #expect(file.body.starts(with: "%PDF-".utf8))
            }
        }
        #expect(sections == ["143(3)", "245"] && files == [true, false])
    }

    @Test func returnsTellTheirOrdersInATextOfJson() async throws {
        var codes: Set<Int64> = []
        var heads: Set<UInt8> = []
        try await asEach { hand, pan in
            let rows = try await hand.list(
                services,
                #"{"serviceName":"itrStatusService","entityNum":"\#(pan)","header":{"formName":"FO-006-ITRST"}}"#)
            for row in rows {
                #expect((row["ackNum"] as? String)?.count == 15)
                let year = try #require(row["assmentYear"] as? String)
                let timeline = try #require(row["itrPanDetlList"] as? [Row])
                #expect(timeline.contains { $0["activityTxt"] == nil })
                let activity = try #require(timeline.first { $0["activityTxt"] != nil })
                codes.insert(try #require(activity["itrActivityCd"] as? Int64))
                let text = try #require(activity["activityTxt"] as? String)
                let detail = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Row)
                #expect((detail["orderDt"] as? String)?.split(separator: " ")[4] == "IST")
                let reference = try #require(detail["commRefNo"] as? String)
                let file = try await hand.send(
                    .post, "/iec/document/intimation",
                    #"{"refno":"\#(reference)","year":"\#(year)","entityNum":"\#(pan)"}"#)
                heads.insert(try #require(file.body.first))
            }
        }
        #expect(codes == [62, 73])
        // A PDF as it is, and one inside a serialized Java object.
        #expect(heads == [UInt8(ascii: "%"), 0xAC])
    }

    @Test func oneTaxpayersFilesAreClosedToAnother() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(EFilingStage.pan)"]) { house in
            let owner = try #require(house.world.account(PortalIdentity(.incomeTax, EFilingStage.pan)))
            let other = try house.account(.incomeTax, position: 3)
            let hand = EFilingHand(house)
            try await hand.logIn((owner.username, owner.password))
            let row = try #require(try await hand.proceedings(owner.username, "self", "FYA").first)
            let id = try #require(row["proceedingReqId"] as? String)
            let stranger = EFilingHand(house)
            try await stranger.logIn((other.username, other.password))
            let asked =
                #"{"serviceName":"eProceedingDetailsService","proceedingReqId":"\#(id)","pan":"\#(owner.username)","header":{"formName":"FO-041_PCDNG"}}"#
            #expect(try await hand.send(.post, entity, asked).status == 200)
            #expect(try await stranger.send(.post, entity, asked).status == 404)
        }
    }
}
