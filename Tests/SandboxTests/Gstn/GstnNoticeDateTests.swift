import Domain
import Testing
import Wire

@testable import Portals

/// A due date that nobody can read takes none away that is known, and is never told as "there is none".
@Suite("Dates of a notice at GSTN") struct GstnNoticeDateTests {
    @Test(
        arguments: [
            ("NA", "31/31/2026", nil, true), ("21/05/2026", "soon", "2026-05-21", false),
            ("NA", "21/06/2026", "2026-06-21", false), ("soon", "21/06/2026", "2026-06-21", false),
            ("NA", "", nil, false),
        ] as [(String, String, String?, Bool)])
    func dueDates(listed: String, detailed: String, due: String?, isUnread: Bool) throws {
        let row = try WireJSON.decode(
            GstnNoticeRow.self,
            from: Array(
                (#"{"refId":"ZD2704260000011","arn":"AD1","moduleCd":"RET","alertCd":"DRC01","dateOfIssue":"21/04/2026","#
                    + #""dateOfRespond":"\#(listed)"}"#).utf8)
        ).payload
        let detail = try WireJSON.decode(
            GstnNoticeDetail.self, from: Array(#"{"dueDateOfReply":"\#(detailed)"}"#.utf8)
        ).payload
        var unread: [String] = []
        var facts = GstnNoticeReading(row, unread: &unread).facts
        GstnNoticeReading.add(detail, to: &facts, unread: &unread)
        #expect(facts.dueOn?.description == due)
        #expect(facts.unread.contains(.dueOn) == isUnread)
    }

    @Test(
        arguments: [
            ("soon", "21/04/2026", "2026-04-21", false), ("21/04/2026", "22/04/2026", "2026-04-21", false),
            ("soon", "later", nil, true), ("NA", "21/04/2026", "2026-04-21", false),
        ] as [(String, String, String?, Bool)])
    func datesOfIssue(listed: String, detailed: String, issued: String?, isUnread: Bool) throws {
        let row = try WireJSON.decode(
            GstnNoticeRow.self,
            from: Array(
                (#"{"refId":"ZD2704260000011","arn":"AD1","moduleCd":"RET","alertCd":"DRC01","#
                    + #""dateOfIssue":"\#(listed)","dateOfRespond":"NA"}"#).utf8)
        ).payload
        let detail = try WireJSON.decode(
            GstnNoticeDetail.self, from: Array(#"{"dateOfIssue":"\#(detailed)"}"#.utf8)
        ).payload
        var unread: [String] = []
        var facts = GstnNoticeReading(row, unread: &unread).facts
        GstnNoticeReading.add(detail, to: &facts, unread: &unread)
        #expect(facts.issuedOn?.description == issued)
        #expect(facts.unread.contains(.issuedOn) == isUnread)
    }
}
