import Domain
import Testing

@Suite("Due dates") struct DueRuleTests {
    private func day(_ text: String) throws -> LegalDate { try #require(LegalDate(text)) }

    private func gst(_ form: String, issued: String, served: String? = nil) -> NoticeFacts {
        NoticeFacts(
            externalKey: "k", place: .notices, reference: "R", form: form, issuedOn: LegalDate(issued),
            servedOn: served.flatMap { LegalDate($0) })
    }

    private func tax(
        _ section: String, place: Place = .selfFya, act: TaxAct? = nil, demand: String? = nil, summary: String = "",
        served: String? = nil
    ) -> NoticeFacts {
        NoticeFacts(
            externalKey: "k", place: place, reference: "R", section: section, summary: summary,
            issuedOn: LegalDate("2026-10-01"), servedOn: served.flatMap { LegalDate($0) }, act: act,
            demand: demand.flatMap { Rupees($0) })
    }

    @Test(arguments: [
        ("DRC-01", "2026-10-23", "2026-11-22"), ("FORM GST DRC-01", "2026-10-23", "2026-11-22"),
        ("drc01b", "2026-11-02", "2026-11-09"), ("ASMT-10", "2026-01-31", "2026-03-02"),
        ("GSTR-3A", "2026-02-20", "2026-03-07"), ("RFD-08", "2026-12-20", "2027-01-04"),
        // Three months, the last a short one.
        ("DRC-07", "2026-11-30", "2027-02-28"), ("SPL-03", "2026-01-31", "2026-02-28"),
        // Seven working days from a Friday pass two week-ends; from the Wednesday before Republic Day one more day.
        ("REG-17", "2026-11-06", "2026-11-17"), ("REG-03", "2026-01-21", "2026-02-02"),
        ("CMP-05", "2026-11-02", "2026-11-23"),
    ])
    func `a GST form has the time that its rule gives`(form: String, issued: String, due: String) throws {
        let found = DueRules.due(of: gst(form, issued: issued))
        #expect(found == DueDate(on: try day(due), basis: .computed))
    }

    @Test(arguments: ["DRC-01A", "PCT-03", "ADT-01", "DRC-05", "MOV-06", "Summons", "", "XYZ-99"])
    func `where the notice itself fixes the day, or nothing is known, no date is invented`(form: String) {
        #expect(DueRules.due(of: gst(form, issued: "2026-10-23")) == nil)
    }

    @Test func `service goes before issue, except where the rule counts from issue`() throws {
        let served = gst("DRC-01", issued: "2026-10-20", served: "2026-10-23")
        #expect(DueRules.due(of: served)?.on == (try day("2026-11-22")))
        let detained = gst("MOV-07", issued: "2026-10-20", served: "2026-10-23")
        #expect(DueRules.due(of: detained)?.on == (try day("2026-10-27")))
        #expect(DueRules.rule(for: served)?.words == "30 days from service to reply in DRC-06")
    }

    @Test(arguments: [
        ("139(9)", "2026-10-16"), ("143(1)(a)", "2026-10-31"), ("u/s 143 (1)(a)", "2026-10-31"),
        ("156", "2026-10-31"), ("245", "2026-10-22"), ("289", "2026-10-31"),
    ])
    func `sections with a known period`(section: String, due: String) throws {
        #expect(DueRules.due(of: tax(section))?.on == (try day(due)))
    }

    @Test(arguments: ["143(2)", "142(1)", "148", "148A", "133(6)", "271(1)(c)", "263", "270", "131", "", "154"])
    func `sections whose notices fix their own day have no computed one`(section: String) {
        #expect(DueRules.due(of: tax(section)) == nil)
    }

    @Test func `an intimation asks for nothing unless it demands something`() throws {
        #expect(DueRules.due(of: tax("143(1)")) == nil)
        #expect(DueRules.due(of: tax("143(1)", demand: "0.00")) == nil)
        #expect(DueRules.due(of: tax("143(1)", demand: "1200.00"))?.on == (try day("2026-10-31")))
        #expect(DueRules.due(of: tax("200A", place: .communications, demand: "5.00"))?.on == (try day("2026-10-31")))
    }

    @Test func `a demand is to be paid 30 days from service, a set-off answered within 21`() throws {
        #expect(DueRules.due(of: tax("143(3)", place: .demand, served: "2026-10-05"))?.on == (try day("2026-11-04")))
        #expect(DueRules.due(of: tax("245", place: .setOff245, served: "2026-10-05"))?.on == (try day("2026-10-26")))
        #expect(DueRules.rule(for: tax("245", place: .demand))?.doubt.isEmpty == false)
    }

    @Test func `numbers of the 2025 Act are not those of the 1961 Act`() throws {
        let defective = tax("263(1)", act: .of2025, summary: "Defective return")
        #expect(DueRules.due(of: defective)?.on == (try day("2026-10-16")))
        #expect(DueRules.due(of: tax("263", act: .of1961, summary: "Defective return")) == nil)
        #expect(
            DueRules.due(of: tax("270(1)", act: .of2025, summary: "Proposed adjustment"))?.on == (try day("2026-10-31"))
        )
        #expect(DueRules.due(of: tax("270(8)", act: .of2025, summary: "Scrutiny notice")) == nil)
        #expect(DueRules.due(of: tax("289", act: .of1961)) == nil)
        #expect(DueRules.due(of: tax("156", act: .of2025)) == nil)
    }

    @Test func `a person's date goes before the portal's, and that before a computed one`() throws {
        var facts = gst("DRC-01", issued: "2026-10-23")
        facts.dueOn = LegalDate("2026-11-10")
        facts.dueBasis = .printed
        #expect(DueRules.due(of: facts) == DueDate(on: try day("2026-11-10"), basis: .printed))
        let manual = try day("2026-12-01")
        #expect(DueRules.due(of: facts, manual: manual) == DueDate(on: manual, basis: .manual))
    }

    @Test func `nothing is computed for what needs nobody any more`() {
        var facts = gst("DRC-01", issued: "2026-10-23")
        for state in NoticeState.allCases {
            facts.state = state
            #expect((DueRules.due(of: facts) != nil) == [.open, .partlyReplied, .unknown].contains(state))
        }
    }

    @Test func `holidays of the firm and open Saturdays move a date in working days`() throws {
        let facts = gst("REG-17", issued: "2026-11-06")
        let holiday = WorkingCalendar(holidays: [try day("2026-11-09")])
        #expect(DueRules.due(of: facts, calendar: holiday)?.on == (try day("2026-11-18")))
        let saturdays = WorkingCalendar(worksOnSaturdays: true)
        #expect(DueRules.due(of: facts, calendar: saturdays)?.on == (try day("2026-11-14")))
    }
}

@Suite("How pressing a notice is") struct DueStandingTests {
    private let today = LegalDate(dayNumber: 20_777)

    private func standing(_ days: Int, _ state: NoticeState = .open) -> DueStanding {
        DueStanding(DueDate(on: today.adding(days: days), basis: .portal), state, today: today)
    }

    @Test func `overdue, soon within fourteen days, later`() {
        #expect(standing(-1) == .overdue(days: 1))
        #expect(standing(0) == .soon(days: 0))
        #expect(standing(14) == .soon(days: 14))
        #expect(standing(15) == .later(days: 15))
        #expect(
            standing(-1).words == "overdue 1 day" && standing(0).words == "today" && standing(3).words == "in 3 days")
    }

    @Test func `what is settled is never overdue, and what has no date is said to have none`() {
        #expect(standing(-9, .replied) == .settled)
        #expect(standing(-9, .unknown) == .overdue(days: 9))
        #expect(DueStanding(nil, .open, today: today) == .undated)
    }
}

@Suite("Days") struct WorkingCalendarTests {
    @Test func `days of the week and months`() throws {
        let saturday = try #require(LegalDate("2026-11-21"))
        #expect(saturday.weekday == .saturday)
        #expect(LegalDate(dayNumber: 0).weekday == .thursday && LegalDate(dayNumber: -1).weekday == .wednesday)
        #expect(saturday.adding(months: 3) == LegalDate("2027-02-21"))
        #expect(try #require(LegalDate("2024-11-30")).adding(months: 3) == LegalDate("2025-02-28"))
        #expect(try #require(LegalDate("2026-03-31")).adding(months: -1) == LegalDate("2026-02-28"))
    }

    @Test func `national holidays and week-ends are no working days`() throws {
        let calendar = WorkingCalendar()
        for text in ["2026-01-26", "2026-08-15", "2026-10-02", "2026-11-21", "2026-11-22"] {
            #expect(!calendar.isWorkingDay(try #require(LegalDate(text))), "\(text)")
        }
        #expect(calendar.isWorkingDay(try #require(LegalDate("2026-11-23"))))
    }
}

@Suite("Words about notices") struct NoticeWordsTests {
    @Test func `changes are told as people say them`() {
        func words(_ field: String, _ old: String, _ new: String) -> String {
            NoticeChange(at: Instant(seconds: 0), version: 2, field: field, old: old, new: new).words
        }
        #expect(words("due_on", "2026-11-20", "2026-11-27") == "due date moved from 20-11-2026 to 27-11-2026")
        #expect(words("due_on", "", "2026-11-27") == "due date set to 27-11-2026")
        #expect(words("due_on", "2026-11-27", "") == "due date 27-11-2026 taken away")
        #expect(words("state", "open", "closed") == "state: To reply → Closed")
        #expect(words("documents", "1", "3") == "2 documents added")
        #expect(words("listing", "listed", "gone") == "gone from the portal")
        #expect(words("portal_state", "A", "B") == "portal state: A → B")
    }

    @Test func `a tag is one plain word of any script`() {
        #expect(NoticeTag.read("#Urgent") == "urgent")
        #expect(NoticeTag.read("तत्काल") == "तत्काल")
        for text in ["", "#", "two words", "a,b", "=1", String(repeating: "x", count: 31)] {
            #expect(NoticeTag.read(text) == nil, "\(text)")
        }
    }

    /// The inbox of TRACES names no amount, but says whether there is one to pay.
    @Test func `an intimation with demand is due though its amount is not told`() {
        let issued = LegalDate("2026-03-10")
        func due(_ words: String, _ demand: Rupees? = nil) -> LegalDate? {
            DueRules.due(
                of: NoticeFacts(
                    externalKey: "k", place: .communications, reference: "R", section: "200A", summary: words,
                    issuedOn: issued, demand: demand))?.on
        }
        #expect(due("Intimation with Demand") == LegalDate("2026-04-09"))
        #expect(due("Intimation without demand") == nil && due("Intimation with Demand", Rupees(paise: 0)) == nil)
    }
}
