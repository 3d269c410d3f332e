import Domain
import Foundation
import Sandbox
import Testing
import Wire

@Suite struct DemoWorldTests {
    private let world = DemoWorld()

    @Test func theDefaultDemoHasTheCountsOfTheCards() {
        func counts(_ portal: Portal) -> [Int] {
            let accounts = world.accounts.filter { $0.identity.portal == portal }
            return [accounts.count, accounts.filter(\.isVerifiedAtFirst).count]
        }
        #expect(counts(.gst) == [74, 71])
        #expect(counts(.incomeTax) == [70, 68])
        #expect(counts(.traces) == [12, 0])
        #expect(world.accounts.filter { $0.identity.portal == .traces }.allSatisfy { $0.reason == .neverChecked })
        #expect(!world.accounts.contains { $0.outcome == .slow || $0.outcome == .neverEnds })
    }

    @Test func everyIdentityIsValidAndStandsOnce() throws {
        let large = DemoWorld(businesses: 3_000)
        for account in large.accounts {
            let checked = try PortalIdentity(account.identity.portal, account.identity.text)
            #expect(checked == account.identity)
        }
        #expect(Set(large.accounts.map(\.identity)).count == large.accounts.count)
        #expect(Set(large.businesses.map(\.name)).count == large.businesses.count)
        #expect(large.businesses.allSatisfy { (try? Pan($0.pan).holder) ?? nil != nil })
    }

    @Test func theFirstBusinessIsTheOneOfTheManual() throws {
        let first = try #require(world.businesses.first)
        #expect(first.name == "Harihar & Co" && first.gstin == "09AAFHH6756K1ZQ" && first.pan == "AAFHH6756K")
    }

    @Test func theSameSeedMakesTheSameWorldAndALargerOneBeginsWithIt() {
        #expect(DemoWorld().accounts == world.accounts)
        #expect(Array(DemoWorld(businesses: 200).businesses.prefix(74)) == world.businesses)
        #expect(DemoWorld(seed: 1).businesses != world.businesses)
    }

    @Test func onlyAccountsThatPlayWrongPasswordAreStoredWithAnotherOne() {
        for account in world.accounts {
            #expect((account.storedPassword != account.password) == (account.outcome == .wrongPassword))
        }
    }

    @Test func aRegistrationsShowCauseIsDueInWorkingDays() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let now = try #require(TimeText.instant(rfc3339: "2026-11-20T13:12:00Z"))
        let book = try DemoNotices(world: world, stateFolder: folder, now: now)
        let notices = world.accounts.filter { $0.identity.portal == .gst }
            .flatMap { book.notices(of: $0) }.map(\.notice).filter { $0.formType == "REG-17" }
        let dated = notices.compactMap { notice -> (issued: LegalDate, due: LegalDate)? in
            guard let issued = notice.issueDate.flatMap({ LegalDate($0) }),
                let due = notice.dueDate.flatMap({ LegalDate($0) })
            else { return nil }
            return (issued, due)
        }
        #expect(dated.count > 5)
        for one in dated { #expect(one.due == WorkingCalendar().day(7, after: one.issued)) }
    }

    @Test func severalScriptsOfIndiaAreThere() {
        let names = world.businesses.map(\.name).joined()
        let blocks: [ClosedRange<UInt32>] = [0x900...0x97F, 0xB80...0xBFF, 0xC00...0xC7F, 0xC80...0xCFF, 0xA80...0xAFF]
        for block in blocks { #expect(names.unicodeScalars.contains { block.contains($0.value) }) }
    }

    @Test func inALargeWorldNoTwoTaxpayersShareAUserName() {
        let names = DemoWorld(businesses: 6_000).accounts.filter { $0.identity.portal == .gst }.map(\.username)
        #expect(names.count == 6_000 && Set(names.map { $0.lowercased() }).count == 6_000)
    }
}
