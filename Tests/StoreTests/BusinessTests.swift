import Domain
import Testing

@testable import Store

@Suite struct BusinessTests {
    let now = Workspace.morning

    private func stored(_ workspace: Workspace, _ drafts: [BusinessDraft]) throws -> [ImportOutcome] {
        let time = now
        return try workspace.store.writeNow { try $0.importBusinesses(drafts, now: time) }
    }

    @Test func `rows of one business become one business`() throws {
        let workspace = try Workspace()
        let pan = try Samples.pan(1)
        let outcomes = try stored(
            workspace,
            [
                BusinessDraft(name: "Blue Lotus", gstin: try Samples.gstin(1)),
                BusinessDraft(name: " blue  LOTUS ", pan: pan, tan: try Samples.tan(1), group: "West"),
                BusinessDraft(name: "Another spelling", pan: pan, gstin: try Samples.gstin(5)),
                BusinessDraft(name: "Blue Lotus", gstin: try Samples.gstin(1)),
            ])
        let id = try #require(outcomes[0].id)
        #expect(outcomes == [.created(id), .extended(id), .extended(id), .unchanged(id)])
        let business = try #require(try workspace.store.readNow { try $0.business(id) })
        #expect(business.name == "Blue Lotus")
        #expect(business.pan == pan)
        #expect(Set(business.gstins) == [try Samples.gstin(1).text, try Samples.gstin(5).text])
        #expect(business.tans == [try Samples.tan(1).text])
        #expect(business.group == "West")
    }

    @Test func `importing the same file again changes nothing`() throws {
        let workspace = try Workspace()
        let drafts = try (0..<50).map(Samples.draft)
        let first = try stored(workspace, drafts)
        #expect(try stored(workspace, drafts) == first.compactMap(\.id).map(ImportOutcome.unchanged))
    }

    @Test func `an identity of another business is refused by name`() throws {
        let workspace = try Workspace()
        let gstin = try Samples.gstin(1)
        let outcomes = try stored(
            workspace,
            [
                BusinessDraft(name: "Prime Traders", pan: try Samples.pan(1), gstin: gstin),
                BusinessDraft(name: "Copy Cat", pan: try Samples.pan(2), gstin: gstin),
            ])
        #expect(outcomes[1] == .refused("GSTIN \(gstin) belongs to Prime Traders already"))
        #expect(try workspace.store.readNow { try $0.businesses(BusinessQuery()).total } == 1)
    }

    @Test func `a TAN has an Income Tax account only with a user name of its own`() throws {
        let workspace = try Workspace()
        let tan = try Samples.tan(3)
        _ = try stored(workspace, [BusinessDraft(name: "A", tan: tan)])
        let identity = PortalIdentity(stored: .incomeTax, tan.text)
        #expect(try workspace.store.readNow { try $0.account(identity) } == nil)
        _ = try stored(workspace, [BusinessDraft(name: "A", tan: tan, tanIncomeTaxUsername: "a.tan")])
        #expect(try workspace.store.readNow { try $0.account(identity)?.username } == "a.tan")
    }

    @Test func `a business with a running job cannot be removed`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let (time, id) = (now, try #require(accounts[0].businessId))
        try workspace.store.writeNow { writer throws in
            _ = try writer.enqueueAll(EnqueueFilter(), trigger: .desk, now: time)
            let jobs = try writer.claim(owner: "a", limit: 1, until: time, now: time)
            #expect(
                throws: StoreProblem.refused("job \(jobs[0].job.id) of it is running: cancel it or wait until it ends")
            ) {
                try writer.remove(id, now: time)
            }
            #expect(try writer.finish(jobs[0].job.id, generation: 1, owner: "a", .done(noticesNew: 0), now: time))
            try writer.remove(id, now: time)
        }
        try workspace.store.readNow { reader throws in
            #expect(try reader.businesses(BusinessQuery()).total == 0)
            #expect(try reader.accounts(AccountQuery()).total == 0)
            #expect(try reader.jobCounts() == [.done: 1, .cancelled: 2])
            #expect(try reader.sealedPassword(accounts[0].id) == nil)
            #expect(try reader.activityPage(ActivityQuery(), within: .seconds(60)).rows.count == 3)
        }
        let again = try workspace.addBusinesses(1)
        #expect(Set(again.map(\.id)) == Set(accounts.map(\.id)))
    }

    @Test func `an edit adds and takes away identities`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(1)
        let (time, id) = (now, try #require(accounts[0].businessId))
        let edit = BusinessEdit(
            name: "New name", pan: try Samples.pan(0), gstins: [try Samples.gstin(4)], group: "East")
        try workspace.store.writeNow { try $0.update(id, edit, now: time) }
        let business = try #require(try workspace.store.readNow { try $0.business(id) })
        #expect(business.name == "New name")
        #expect(business.gstins == [try Samples.gstin(4).text])
        #expect(business.tans.isEmpty)
        #expect(try workspace.store.readNow { try $0.businesses(BusinessQuery(text: "EAST")).total } == 1)
    }

    @Test func `a new login is not verified and reaches the provider as a new version`() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0]
        let time = now
        try workspace.store.writeNow { writer throws in
            #expect(
                try writer.setStatus(
                    account.id, .verified, cause: nil, message: "", at: time, loginVersion: account.loginVersion))
            try writer.setLogin(account.id, username: "new", sealedPassword: [7, 7], at: time)
            #expect(
                try !writer.setStatus(
                    account.id, .verified, cause: nil, message: "", at: time, loginVersion: account.loginVersion))
        }
        let after = try #require(try workspace.store.readNow { try $0.account(account.id) })
        #expect(after.status == .notVerified)
        #expect(after.reason == .neverChecked)
        #expect(after.loginVersion == account.loginVersion + 1)
        let sealed = try workspace.store.readNow { try $0.sealedPassword(account.id) }
        #expect(sealed == SealedPassword(bytes: [7, 7], version: after.loginVersion, identity: account.identity))
    }

    @Test func `accounts are found by identity, user name and business`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(8)
        try workspace.store.readNow { reader throws in
            #expect(try reader.accounts(AccountQuery(text: "lotus traders 4")).total == 3)
            #expect(try reader.accounts(AccountQuery(text: accounts[0].identity.text.lowercased())).total == 1)
            #expect(try reader.accounts(AccountQuery(portal: .traces, page: 2, perPage: 5)).rows.count == 3)
            #expect(try reader.accounts(AccountQuery(status: .verified)).total == 0)
            #expect(try reader.accounts(AccountQuery()).attention == 24)
        }
    }
}
