import Domain
import Foundation
import Sandbox
import Services
import TerminalKit
import Testing

@testable import Desk

/// The main job of the desk, by keys alone, against simulated portals over real loopback HTTP.
@Suite("By keys alone", .timeLimit(.minutes(20))) struct JourneyTests {
    @Test(arguments: [Sample.wide, Sample.narrow]) func `a login is entered, verified, fetched, and its notice is read`(
        size: Size
    ) async throws {
        try await DeskHouse.with(size: size) { desk in
            // Its notices carry a field that nobody knows, so it has some.
            let account = try desk.house.account(.gst, .unknownField)
            try await desk.house.register(account)
            desk.press("1")
            try await desk.untilShown("no login")
            desk.press(.enter)
            #expect(desk.shows("Fetch Data  No login is stored yet"))
            desk.press("e")
            desk.type(account.username)
            desk.press(.tab)
            desk.type(account.password)
            desk.press(.enter)
            try await desk.until("the portal's verdict") { $0.shows("accepted \(account.identity)") }
            try await desk.untilShown("✓ Verified")

            desk.press(.enter, "f")
            try await desk.untilShown("Triggered Successfully")
            desk.press(.escape)
            try await desk.until("two done jobs") { $0.screen.split(separator: "✓ Done").count == 3 }
            #expect(desk.shows("● Connected"))

            desk.press(.function(7))
            let notice = try #require(
                try await desk.house.workspace.notices.page(NoticeQuery()).rows.first, "the sandbox holds notices")
            try await desk.untilShown(String(notice.facts.reference.prefix(14)))
            desk.press(.enter)
            #expect(desk.shows("Documents") && desk.shows("For        GST \(account.identity)"))
        }
    }

    @Test func `a wrong password fails once, its eye opens the log, and the way back leads to the form`() async throws {
        try await DeskHouse.with { desk in
            let account = try desk.house.account(.gst, .wrongPassword)
            try await desk.house.register(account, password: account.storedPassword)
            desk.press("1")
            try await desk.untilShown(account.username)
            desk.press("f")
            try await desk.untilShown("Triggered Successfully")
            desk.press(.escape)
            try await desk.untilShown("✗ Failed")
            desk.press("l")
            try await desk.untilShown("What happened   wrong password")
            #expect(desk.shows("EF00027") || desk.shows("wrong_password"))
            #expect(!desk.shows(account.storedPassword))
            desk.press("y")
            #expect(desk.copied.first?.contains("What to do") == true)
            desk.press("s")
            let file = desk.house.folder + "/saved.log"
            desk.fill(file)
            desk.press(.enter)
            try await desk.untilShown("Log saved to")
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains("login"))
            desk.press("e")
            try await desk.untilShown("Username")
            desk.press(.tab)
            desk.type(account.password)
            desk.press(.enter)
            try await desk.untilShown("accepted \(account.identity)")
        }
    }

    @Test func `businesses are added, edited, removed and imported; names fill in by themselves`() async throws {
        try await DeskHouse.with { desk in
            desk.press(.function(8))
            try await desk.untilShown("No business yet")
            desk.press("a")
            desk.type("Blue Lotus Exports")
            desk.press(.tab, .tab)
            desk.type("29AAGCB1286Q1Z0 nonsense")
            desk.press(.tab, .tab, .tab, .enter)
            #expect(desk.shows("nonsense has 8 characters where 15 are needed"))
            desk.fill("")
            let gstin = try desk.house.account(.gst).identity.text
            desk.type(gstin)
            desk.press(.tab, .tab, .tab)
            desk.type("01-04-1998")
            desk.press(.enter)
            try await desk.untilShown("Blue Lotus Exports saved")
            let stored = try await desk.house.workspace.businesses.page(BusinessQuery()).rows.first
            #expect(stored?.formedOn == LegalDate("1998-04-01"))
            try await desk.untilShown(String(gstin.dropFirst(2).prefix(10)))

            desk.press(.enter)
            desk.fill("Blue Lotus Limited")
            desk.press(.enter, .enter, .enter, .enter, .enter, .enter)
            try await desk.untilShown("Blue Lotus Limited saved")
            desk.press(.function(6), "1")
            try await desk.until("the new name in the panel") { $0.shows("Blue Lotus Limited") && $0.shows("no login") }

            desk.press(.escape, .function(8))
            try await desk.untilShown("Total 1 item")
            desk.press("D", .enter)
            #expect(desk.shows("Blue Lotus Limited"), "the default is No")
            desk.press("D", "y")
            try await desk.untilShown("No business yet")

            let sheet = desk.house.folder + "/clients.csv"
            let text = "name,gstin\r\nKaveri Silks,\(gstin)\r\nBad Row,27XXXXX\r\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: sheet))
            desk.press("i")
            desk.type(sheet)
            desk.press(.enter)
            try await desk.untilShown("Imported: 1 added")
            // What was refused stands on a page of its own, above the list.
            try await desk.untilShown("line 3")
            desk.press(.escape)
            try await desk.untilShown("Kaveri Silks")
        }
    }
}
