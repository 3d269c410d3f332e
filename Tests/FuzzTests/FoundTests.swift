import Testing
import Wire

/// What mutations once found, so that it stays mended.
@Suite("What was found once is not found again")
struct FoundTests {
    private func verdict(_ name: String, _ answer: String) async throws -> Verdict {
        let parser = try #require(AllParsers.list.first { $0.name == name })
        return try await parser.read(Array(answer.utf8))
    }

    @Test("A header without a name and a crossed bracket are refused; the library would end the process")
    func nameless() async throws {
        #expect(try await verdict("provider.file", TextSamples.provider + "[[[limits]\n") == .refused(""))
        #expect(try await verdict("provider.file", "[ = ]\n") == .refused(""))
        #expect(try await verdict("provider.file", "portals = [}\"gst\"]\n") == .refused(""))
        // Such a value is read past, so that the rest is told too.
        let told = "connector limits.concurrency name portals urls.base"
        #expect(try await verdict("provider.file", "[limits]\nconcurrency =1979-05-27 3\n") == .refused(told))
    }

    @Test("Two requests without a number are both set aside, also where the same stands in its place")
    func numberless() async throws {
        let rows = #"{"reqNo":0.5,"status":"Failed"},{"reqNo":0.5,"status":"Available"},{"reqNo":7,"status":"Failed"}"#
        let page = #"{"totalpages":1,"page":1,"rowCount":3,"rows":["# + rows + "]}"
        guard case .accepted(let said) = try await verdict("fetch.traces.requests", page) else {
            Issue.record("the list was refused")
            return
        }
        #expect(!said.isEmpty)
    }

    @Test("A list of nothing but records that nobody understands is not empty")
    func nothingUnderstood() async throws {
        let said = try await verdict("fetch.gsp.list", #"{"notices":[{"odd":1},{"odd":2}]}"#)
        guard case .refused(let text) = said else {
            Issue.record("\(said)")
            return
        }
        #expect(text.contains("notices failed") && !text.contains("empty"), "\(text)")
    }

    @Test("A detail without a byte fails its place; nothing empty is set aside")
    func emptyDetail() async throws {
        guard case .refused(let text) = try await verdict("fetch.gsp.detail", "") else {
            Issue.record("an empty detail was taken")
            return
        }
        #expect(text.contains("notices failed"), "\(text)")
    }

    @Test("A number that nothing can hold costs its own record and no other")
    func tooLarge() async throws {
        let said = try await verdict("efiling.demands", #"{"demandList":[{"din":1},{"din":1e400}]}"#)
        #expect(said == .accepted("2 records, 1 aside, 0 unknown"))
        #expect(try await verdict("json.any", #"{"a":[1e400,2]}"#) == .accepted("token false, list false"))
    }

    @Test("A few kilobytes of brackets are refused before anything is built of them")
    func deep() async throws {
        let deep = String(repeating: #"{"a":"#, count: 65) + "1" + String(repeating: "}", count: 65)
        #expect(try await verdict("gstn.row", deep) == .refused("it is nested too deeply"))
        #expect(
            try await verdict("json.any", "[\"\(String(repeating: "[", count: 99))\"]")
                == .accepted("token false, list true"))
        #expect(throws: WireJSON.Problem("it is nested too deeply")) { try JSONValue(Array(deep.utf8)) }
    }

    @Test("A sign does not pass for a digit of a date")
    func sign() async throws {
        #expect(try await verdict("text.values", "2024-+1-05") == .refused("nothing"))
        #expect(try await verdict("text.values", "+024-01-05") == .refused("nothing"))
    }

    @Test("A reply whose file has no number is set aside")
    func fileOfReply() async throws {
        let answer =
            #"{"respRemrkAttLst":[{"responseId":1,"attachmentLst":[{"docId":null,"attachmentName":"a.pdf"}]}]}"#
        #expect(try await verdict("fetch.efiling.replies", answer) == .accepted("selfFya read 1, 1 aside"))
    }

    @Test("A second sum of the prior years does not take the place of the first")
    func priorYears() async throws {
        let row = "<tr><td>Prior Years</td><td>0.00</td><td>5.00</td></tr>"
        let said = try await verdict(
            "traces.page.demand", TracesSamples.demand.replacing(row, with: row + row.replacing("5.00", with: "0.00")))
        #expect(said == .accepted("2 tables, 3 years, 1 aside, 0 problems"))
    }

    @Test("The name of a table is made harmless before it is shown")
    func nameOfTable() async throws {
        let page = TracesSamples.demand.replacing("f:fyAmtList", with: "\u{1B}[2J:fyAmtList").replacing(
            "Manual Demand", with: "Demand")
        #expect(try await verdict("fetch.traces.demand", page) == .refused("outstandingDemand failed 0"))
    }

    @Test("A notice of another shape, or of an unknown place, is set aside and costs no other")
    func noticeOfTheBridge() async throws {
        func page(_ items: String...) -> String {
            #"{"items":[\#(items.joined(separator: ","))],"has_more":false,"as_of":"2026-11-21T09:00:00+05:30"}"#
        }
        let odd = #"{"id":7,"place":"self_fya","identity":"AAAPZ1000A"}"#
        let elsewhere = BridgeSamples.notice.replacing("self_fya", with: "novelty").replacing("n-1", with: "n-2")
        let said = try await verdict("fetch.bridge.notices", page(BridgeSamples.notice, odd, elsewhere))
        #expect(said == .accepted("selfFya read 1, demand empty 0, 2 aside"))
        #expect(try await verdict("fetch.bridge.notices", page(odd)) == .refused("selfFya failed 0, demand empty 0"))
        let another = odd.replacing("AAAPZ1000A", with: "BBBPZ2000B")
        #expect(
            try await verdict("fetch.bridge.notices", page(BridgeSamples.notice, another)) == .refused("portalChanged"))
    }
}
