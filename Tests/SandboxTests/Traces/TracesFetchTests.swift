import Domain
import Foundation
import Portals
import Sandbox
import Testing

/// What a deductor's places say, over real loopback HTTP.
@Suite(.timeLimit(.minutes(20))) struct TracesFetchTests {
    @Test(
        arguments: [
            MagicOutcome.success, .sessionExpiredMidway, .unavailableTwice, .rateLimited, .emptyThenFull, .pageTwo,
            .unknownField, .hostileText, .cursorRepeats, .withdrawn,
        ])
    func whatTheConnectorCopesWithIsReadWhole(outcome: MagicOutcome) async throws {
        try await TracesHouse.with(outcome) { traces in
            let report = try await traces.fetchWithCaptcha()
            #expect(report.isComplete, "\(report.readings.map(\.message))")
            #expect(await traces.logins == 1)
            let documents = await traces.reporter.notices.flatMap(\.documents)
            #expect(!documents.isEmpty && documents.allSatisfy { $0.sha256 != nil })
        }
    }

    @Test(
        arguments: [
            (MagicOutcome.placeFailed, [Place.requests], Cause.portalTimeout),
            (.dropAfterHeaders, [.requests], .portalDown),
            (.neverEnds, [.defaultSummary, .requests], .portalChanged),
            (.wrongHash, [.requests], .portalChanged),
            (.portalChanged, [.defaultSummary, .outstandingDemand], .portalChanged),
        ])
    func aPlaceThatFailsIsNeverEmptyAndTheOthersAreRead(
        outcome: MagicOutcome, broken: [Place], cause: Cause
    ) async throws {
        try await TracesHouse.with(outcome) { traces in
            let report = try await traces.fetchWithCaptcha()
            for reading in report.readings {
                if broken.contains(reading.place) {
                    #expect(reading.outcome == .failed && reading.cause == cause && !reading.message.isEmpty)
                } else {
                    #expect(reading.outcome == .read)
                }
            }
        }
    }

    /// Where the inbox lies is a guess, so the provider file can say better, but never send the session elsewhere.
    @Test(arguments: [
        ("/app/ded/dashboard.xhtml", Cause.portalChanged), ("https://elsewhere.example/inbox", .providerAuth),
        ("//elsewhere.example/inbox", .providerAuth),
    ]) func theInboxIsLookedForWhereTheProviderFileSays(path: String, cause: Cause) async throws {
        try await TracesHouse.with(paths: ["communications": path]) { traces in
            let report = try await traces.fetchWithCaptcha()
            let failed = report.readings.filter { $0.outcome == .failed }
            #expect(failed.map(\.place) == [.communications] && failed.first?.cause == cause)
            #expect(await traces.calls("GET /traces/app/ded/communications.xhtml") == 0)
        }
    }

    @Test func defaultsStandByPeriodAndFormWithTheirLines() async throws {
        try await TracesHouse.with { traces in
            _ = try await traces.fetchWithCaptcha(places: [.defaultSummary])
            let notices = await traces.notices(.defaultSummary)
            #expect(Set(notices.map(\.externalKey)).count == notices.count)
            // What belongs to the 2025 Act stands on the new portal, and the place says that it is not all.
            #expect(notices.allSatisfy { $0.section == "200A" || $0.section == "206CB" })
            let said = await traces.reporter.readings.first?.message
            #expect(said?.contains("statements from April 2026 on are on the new portal") == true)
            for notice in notices {
                let lines = notice.particulars.defaults
                #expect(lines.map { $0.payable?.paise ?? 0 }.reduce(0, +) == notice.demand?.paise)
                #expect(
                    lines.allSatisfy {
                        $0.amount?.paise == ($0.payable?.paise ?? 0) + ($0.reported?.paise ?? 0) && !$0.code.isEmpty
                    })
                #expect(notice.summary.contains("Short Payment"))
                #expect(notice.rawState == "Processed With Default" && notice.state == .open)
                #expect(notice.reference.count == 15 && notice.reference.allSatisfy(\.isNumber))
                #expect((notice.demand?.paise ?? 0) > 0)
                let issuedOn = try #require(notice.issuedOn)
                #expect(issuedOn > (try quarterEnd(notice.period)))
            }
        }
    }

    /// A day near the end of `FY 2025-26 Q3`.
    private func quarterEnd(_ period: String) throws -> LegalDate {
        let words = period.split(separator: " ")
        let year = try #require(Int(words[1].prefix(4)))
        let quarter = try #require(Int(words[2].dropFirst()))
        return try #require(
            LegalDate(year: quarter == 4 ? year + 1 : year, month: [6, 9, 12, 3][quarter - 1], day: 28))
    }

    @Test func demandsOfAllYearsAddUpToTheDefaults() async throws {
        try await TracesHouse.with { traces in
            _ = try await traces.fetchWithCaptcha(places: [.defaultSummary, .outstandingDemand])
            let defaults = await traces.notices(.defaultSummary).reduce(0) { $0 + ($1.demand?.paise ?? 0) }
            let demands = await traces.notices(.outstandingDemand)
            let manual = demands.reduce(0) { $0 + ($1.demand?.paise ?? 0) } - defaults
            #expect(defaults > 0 && manual >= 0)
            // The older years stand behind a row of their own.
            #expect(demands.contains { $0.period == "FY 2021-22" } && demands.contains { $0.period == "FY 2019-20" })
            #expect(await traces.calls("GET /traces/app/ded/outstandingdemand.xhtml") == 1)
        }
    }

    @Test func requestsKeepTheFiveWordsOfThePortal() async throws {
        try await TracesHouse.with { traces in
            _ = try await traces.fetchWithCaptcha(places: [.requests])
            let words = await traces.notices(.requests).map(\.rawState)
            #expect(Set(words) == ["Submitted", "Available", "Disabled", "Failed", "Not Available"])
            let submitted = try #require(await traces.notices(.requests).first { $0.rawState == "Submitted" })
            #expect(submitted.documents.isEmpty)
            traces.house.clock.advance(.seconds(2 * 86_400))
            _ = try await traces.fetchWithCaptcha(places: [.requests])
            let later = try #require(
                await traces.notices(.requests).last { $0.externalKey == submitted.externalKey })
            #expect(later.rawState == "Available" && later.documents.count == 1)
        }
    }

    @Test func aFileIsKeptAsItCameAndOpensWithTheRecipeThatIsNamed() async throws {
        try await TracesHouse.with { traces in
            traces.house.clock.advance(.seconds(2 * 86_400))
            _ = try await traces.fetchWithCaptcha(places: [.requests])
            let report = try #require(
                await traces.notices(.requests).first {
                    $0.summary.contains("Justification") && !$0.documents.isEmpty
                })
            #expect(report.summary.contains("opens with JR_TAN_FORM_QUARTER_FY"))
            let years = report.period.split(separator: " ")
            let password = "JR_\(traces.account.identity)_\(report.form)_\(years[2])_\(years[1])"
            let stored = await traces.reporter.documents
            let texts = await traces.reporter.notices.map { "\($0)" }.joined() + traces.reporter.text
            #expect(!texts.contains(password))
            let hash = try #require(report.documents.first?.sha256)
            let bytes = try #require(stored[hash])
            #expect(try await unzipped(bytes, password).contains(traces.account.identity.text))
        }
    }

    @Test func aLongListIsTurnedPageByPage() async throws {
        try await TracesHouse.with(.pageTwo) { traces in
            let report = try await traces.fetchWithCaptcha(places: [.requests])
            #expect(report.readings.first?.count == 120)
            #expect(await traces.calls("GET /traces/app/srv/GetReqListServlet") == 3)
        }
    }

    @Test func aRowThatComesTwiceIsOneRequest() async throws {
        try await TracesHouse.with(.cursorRepeats) { traces in
            _ = try await traces.fetchWithCaptcha(places: [.requests])
            let keys = await traces.notices(.requests).map(\.externalKey)
            #expect(keys.count == 120 && Set(keys).count == 120)
        }
    }

    @Test func aRequestThatIsGoneIsNotListedAnyMore() async throws {
        try await TracesHouse.with(.withdrawn) { traces in
            let first = try await traces.fetchWithCaptcha(places: [.requests])
            traces.house.clock.advance(.seconds(7_200))
            let second = try await traces.fetchWithCaptcha(places: [.requests])
            #expect(second.readings.first?.count == (first.readings.first?.count ?? 0) - 1)
        }
    }

    @Test func aSessionThatDiesInTheMiddleIsWokenOnceWithoutALogin() async throws {
        try await TracesHouse.with(.sessionExpiredMidway) { traces in
            let report = try await traces.fetchWithCaptcha()
            #expect(report.isComplete)
            #expect(await traces.calls("GET /traces/app/ded/dashboard.xhtml") == 1)
            #expect(await traces.logins == 1)
        }
    }

    @Test func aSessionThatIsOverAsksForANewCaptchaAndKeepsWhatWasRead() async throws {
        try await TracesHouse.with(tokenLife: 60) { traces in
            _ = try await traces.fetchWithCaptcha()
            let held = await traces.reporter.readings.count
            _ = try await traces.fetch()
            #expect(await traces.logins == 1)
            traces.house.clock.advance(.seconds(61))
            let challenge = try await traces.challenge()
            #expect(await traces.logins == 1)
            #expect(await traces.reporter.readings.count == held * 2)
            #expect(try await traces.fetch(try traces.read(challenge)).isComplete)
            #expect(await traces.logins == 2)
        }
    }

    @Test func hostileTextIsHarmlessAndShort() async throws {
        try await TracesHouse.with(.hostileText) { traces in
            _ = try await traces.fetchWithCaptcha()
            let texts =
                await traces.reporter.notices.flatMap { [$0.summary, $0.reference, $0.form, $0.period, $0.rawState] }
                + traces.reporter.lines
            #expect(texts.contains { $0.contains("\\u{1b}") })
            #expect(texts.flatMap(\.unicodeScalars).allSatisfy { $0 == "\n" || HarmlessText.isHarmless($0) })
            #expect(texts.allSatisfy { $0.unicodeScalars.count <= 600 })
        }
    }

    @Test func whatIsNotUnderstoodIsSetAsideAndTheOthersAreRead() async throws {
        try await TracesHouse.with(.strayRecord) { traces in
            let report = try await traces.fetchWithCaptcha()
            #expect(report.isComplete)
            let strays = await traces.reporter.strays
            #expect(strays.map(\.place) == [.communications, .communications, .requests])
            #expect(strays.map { String(decoding: $0.raw, as: UTF8.self) }.last == #"{"moved":[7,null]}"#)
            #expect(await traces.notices(.requests).count == 5)
        }
    }

    @Test func fieldsThatNobodyKnowsAreTold() async throws {
        try await TracesHouse.with(.unknownField) { traces in
            _ = try await traces.fetchWithCaptcha()
            let examples = await traces.reporter.strays.filter(\.isRead)
            #expect(Set(examples.map(\.place)).isSuperset(of: [.communications, .defaultSummary, .outstandingDemand]))
            #expect(examples.contains { $0.place == .communications && $0.problem.hasSuffix(": Novelty") })
            let kept = try #require(examples.first { $0.place == .requests })
            #expect(kept.place == .requests && kept.problem.contains("does not know: novelty"))
            #expect(String(decoding: kept.raw, as: UTF8.self).contains("novelty"))
        }
    }

    /// The first file of a ZIP, opened by a program that shares no code with us.
    private func unzipped(_ bytes: [UInt8], _ password: String) async throws -> String {
        let script = """
            import io, sys, zipfile
            archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
            name = archive.namelist()[0]
            assert archive.getinfo(name).flag_bits & 1
            try:
                archive.read(name, pwd=b"another")
                sys.exit("it opens with any password")
            except RuntimeError:
                pass
            print(archive.read(name, pwd=sys.argv[1].encode()).decode())
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", "-c", script, password]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
                try input.fileHandleForWriting.write(contentsOf: Data(bytes))
                try input.fileHandleForWriting.close()
            } catch { continuation.resume(throwing: error) }
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(status == 0, "\(text)")
        return text
    }

    @Test func aYearWhosePageFailsCostsTheOthersNothing() async throws {
        // The first page of a year never comes, however often it is asked for.
        try await TracesHouse.with(faults: ["drop_after_headers:4@/traces/app/ded/viewdemandsum.xhtml"]) { traces in
            let report = try await traces.fetchWithCaptcha(places: [.defaultSummary])
            #expect(report.readings.map(\.outcome) == [.failed])
            #expect(await !traces.notices(.defaultSummary).isEmpty)
        }
    }
}
