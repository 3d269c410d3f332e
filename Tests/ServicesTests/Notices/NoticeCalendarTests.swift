import Domain
import Foundation
import Testing

@testable import Services

@Suite("Due dates as a calendar") struct NoticeCalendarTests {
    private let now = Instant(seconds: 1_795_000_000)

    private func notice(_ business: String = "Harihar & Co", due: String? = "2026-11-27") -> Notice {
        let facts = NoticeFacts(
            externalKey: "k", place: .notices, reference: "ZD1", form: "DRC-01", section: "73",
            summary: "Tax; interest, penalty\\fine\r\nBEGIN:VEVENT", demand: Rupees("412300.00"))
        return Notice(
            id: NoticeId(7), accountId: AccountId(1), identity: PortalIdentity(stored: .gst, "09AAFHH6756K1ZQ"),
            business: business, facts: facts,
            due: due.flatMap { LegalDate($0) }.map { DueDate(on: $0, basis: .computed) },
            work: NoticeWork(tags: ["a", "b"]), firstSeenAt: now, lastSeenAt: now, version: 3)
    }

    private func event(_ notice: Notice) throws -> String {
        try #require(NoticeCalendar.event(notice, house: "0123", now: now))
    }

    /// As a calendar reads it: lines unfolded, names with values.
    private func properties(_ text: String) -> [(name: String, value: String)] {
        text.replacing("\r\n ", with: "").split(separator: "\r\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    @Test func `an all-day event with an identifier that stays`() throws {
        let found = properties(try event(notice()))
        func value(_ name: String) -> String? { found.first { $0.name == name }?.value }
        #expect(value("DTSTART;VALUE=DATE") == "20261127" && value("DTEND;VALUE=DATE") == "20261128")
        #expect(value("UID") == "notice-7@0123.portaldesk" && value("SEQUENCE") == "2")
        #expect(value("SUMMARY") == "DRC-01 73: Harihar & Co (computed date)")
        #expect(value("STATUS") == "CONFIRMED" && value("CATEGORIES") == "a,b")
        #expect(value("DTSTAMP")?.wholeMatch(of: /\d{8}T\d{6}Z/) != nil)
        #expect(found.filter { $0.name == "BEGIN" }.count == 1)
        #expect(
            value("DESCRIPTION")?.hasPrefix("Tax\\; interest\\, penalty\\\\fine BEGIN:VEVENT\\nGST 09AAFHH") == true)
    }

    @Test func `lines are folded at 75 bytes, never within a character`() throws {
        let name = String(repeating: "हिन्दी व्यापार मंडल ", count: 12)
        let text = try event(notice(name))
        for line in text.components(separatedBy: "\r\n") { #expect(line.utf8.count <= 75) }
        #expect(!text.unicodeScalars.contains("\u{FFFD}"))
        #expect(properties(text).first { $0.name == "SUMMARY" }?.value.contains("हिन्दी व्यापार मंडल हिन्दी") == true)
        #expect(!text.replacing("\r\n", with: "").contains { $0 == "\n" || $0 == "\r" })
    }

    @Test func `a settled notice of a computed date is cancelled in the file that follows`() async throws {
        let office = try await Office.make()
        var entry = NoticeEntry(identity: Office.first)
        (entry.form, entry.issuedOn) = ("DRC-01", LegalDate("2026-10-23"))
        let id = try await office.admin.notices.add(entry)
        func exported() async throws -> (status: String?, day: String?, sequence: Int) {
            let file = office.place.folder + "/due.ics"
            try await office.admin.notices.export(NoticeQuery(), format: .ics, to: .file(file, replaces: true))
            let found = properties(try String(contentsOfFile: file, encoding: .utf8))
            func value(_ name: String) -> String? { found.first { $0.name == name }?.value }
            let sequence = try #require(value("SEQUENCE").flatMap { Int($0) })
            return (value("STATUS"), value("DTSTART;VALUE=DATE"), sequence)
        }
        let begun = try await exported()
        #expect(begun.status == "CONFIRMED" && begun.day == "20261122")
        try await office.admin.notices.setDue([id], LegalDate("2026-12-01"))
        let moved = try await exported()
        #expect(moved.day == "20261201" && moved.sequence > begun.sequence)
        try await office.admin.notices.setDue([id], nil)
        let back = try await exported()
        #expect(back.day == "20261122" && back.sequence > moved.sequence)
        try await office.admin.notices.setState(id, .replied)
        let settled = try await exported()
        #expect(settled.status == "CANCELLED" && settled.day == "20261122" && settled.sequence > back.sequence)
    }

    @Test func `what is settled is cancelled, what has no date is left out`() throws {
        var settled = notice()
        settled.facts.state = .replied
        #expect(try event(settled).contains("STATUS:CANCELLED\r\n"))
        #expect(NoticeCalendar.event(notice(due: nil), house: "0123", now: now) == nil)
        #expect(NoticeCalendar.head.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"))
        #expect(NoticeService.Format(fileName: "/a/due.ICS") == .ics && NoticeService.Format(fileName: "x") == .csv)
    }
}
