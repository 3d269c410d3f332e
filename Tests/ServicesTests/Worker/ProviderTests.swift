import Domain
import Foundation
import Portals
import Sandbox
import Store
import Testing

@testable import Services

/// Providers that are missing, refuse us, are down, or change while the worker runs.
@Suite(.timeLimit(.minutes(20))) struct ProviderTests {
    @Test func aSandboxThatIsDownIsTriedAgainAndTheCardSaysSo() async throws {
        try await WorkHouse.with { house in
            _ = try await house.run()
            #expect(try await house.summary().isConnected)
            await house.server.stop()
            let job = try await house.run()
            #expect(job.status == .retrying && job.cause == .portalDown)
            let summary = try await house.summary()
            #expect(!summary.isConnected && summary.isProviderOk == false && summary.providerMessage == "portal down")
            // The login was good before and nobody said otherwise.
            #expect(summary.verified == 1)
        }
    }

    @Test func `the dead provider of one login leaves the card of all others alone`() async throws {
        try await WorkHouse.with { house in
            _ = try await house.run()
            for account in house.server.world.accounts
            where account.identity.portal == .gst && account.identity != WorkHouse.gst {
                _ = try await house.workspace.businesses.add(
                    BusinessDraft(
                        name: "Firm \(account.identity)", pan: nil, gstin: try Gstin(account.identity.text)))
                try await house.setLogin(account.identity)
            }
            let dead = WorkHouse.provider("http://127.0.0.1:9", secret: "made-up", concurrency: 1, name: "dead")
                .replacingOccurrences(of: "default = true", with: "default = false")
            try dead.write(toFile: house.place.home.providers + "/dead.toml", atomically: true, encoding: .utf8)
            try await house.workspace.credentials.setProvider(WorkHouse.gst, "dead")
            let job = try await house.run()
            #expect(job.status == .retrying && job.cause == .portalDown)
            #expect(try await house.summary().isConnected)
        }
    }

    @Test func aProviderThatRefusesOurSecretEndsTheJobAndNotTheLogin() async throws {
        try await WorkHouse.with(secret: "made-up-wrong-secret") { house in
            let job = try await house.run()
            #expect(job.status == .failed && job.cause == .providerAuth)
            #expect(try await house.account().reason == .neverChecked)
            #expect(try await house.summary().isProviderOk == false)
            #expect(try await house.log(job.id).allSatisfy { !$0.message.contains("made-up-wrong-secret") })
        }
    }

    @Test func withoutAProviderNothingIsTriedAndTheCardSaysWhy() async throws {
        try await WorkHouse.with { house in
            try FileManager.default.removeItem(atPath: house.place.home.providers + "/bridge.toml")
            let job = try await house.run()
            #expect(job.status == .failed && job.cause == .providerAuth)
            #expect(
                job.message.contains("no provider serves the Goods and Services Tax Portal")
                    || job.message.contains("no provider serves"))
            #expect(try await house.summary().providerMessage.contains("no provider"))
            #expect(await house.server.calls().isEmpty)
        }
    }

    @Test func anAccountWhoseChosenProviderIsGoneIsTold() async throws {
        try await WorkHouse.with { house in
            let id = try await house.account().id
            try await house.workspace.store.write { try $0.setProvider(id, "elsewhere") }
            let job = try await house.run()
            #expect(job.cause == .providerAuth && job.message.contains("elsewhere"))
        }
    }

    @Test func aSecretThatTheVaultDoesNotHoldIsNeverSentByItsName() async throws {
        try await WorkHouse.with(secret: "vault:bridge-secret") { house in
            let job = try await house.run()
            #expect(job.cause == .providerAuth && job.message.contains("bridge-secret"))
            #expect(await house.server.calls().isEmpty)
        }
    }

    @Test func aMendedProviderFileIsUsedByTheNextJob() async throws {
        try await WorkHouse.with(secret: "made-up-wrong-secret") { house in
            let connectors = try Connectors(workspace: house.workspace)
            let account = try await house.account()
            let before = try await connectors.connection(for: account).profile
            let mended = WorkHouse.provider(before.baseURL, secret: DemoWorld.clientSecret, concurrency: 3)
            try mended.write(toFile: house.place.home.providers + "/bridge.toml", atomically: true, encoding: .utf8)
            #expect(try await connectors.connection(for: account).profile.concurrency == 3)
            #expect(try await house.run().status == .done)
        }
    }

    @Test func oneAccountCanBeServedByAnotherProvider() async throws {
        try await WorkHouse.with { house in
            let url = try #require(house.workspace.providers().named("bridge")?.address)
            let other = WorkHouse.provider(url, secret: DemoWorld.clientSecret, concurrency: 1, name: "other")
                .replacingOccurrences(of: "default = true", with: "default = false")
            try other.write(toFile: house.place.home.providers + "/other.toml", atomically: true, encoding: .utf8)
            let id = try await house.account().id
            try await house.workspace.store.write { try $0.setProvider(id, "other") }
            let job = try await house.run()
            #expect(job.status == .done)
            #expect(try await house.log(job.id).contains { $0.step == "provider" && $0.message.hasPrefix("other ") })
        }
    }

    @Test func anIdentityWithoutALoginIsRefusedAtOnce() async throws {
        try await WorkHouse.with { house in
            try await house.workspace.credentials.removeLogin(WorkHouse.gst)
            let result = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .desk)
            #expect(result.ids.isEmpty && result.refused.map(\.identity) == [WorkHouse.gst])
        }
    }

    @Test func askingTwiceQueuesOnce() async throws {
        try await WorkHouse.with { house in
            let first = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .desk)
            let second = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .desk)
            #expect(first.created == second.existing && second.created.isEmpty)
        }
    }

    @Test func theEFilingPortalIsReachedByTheFileThatTheSandboxWrites() async throws {
        let settings = "[portals]\nincome_tax = \"sandbox-efiling\""
        try await WorkHouse.with(faults: ["page_two:\(WorkHouse.pan)"], settings: settings) { house in
            let written = house.server.configuration.stateFolder + "/profiles/efiling.toml"
            let text = try String(contentsOfFile: written, encoding: .utf8)
            try text.write(
                toFile: house.place.home.providers + "/efiling.toml", atomically: true, encoding: .utf8)
            try await house.authorise(WorkHouse.pan)
            let job = try await house.run(.fetch, WorkHouse.pan)
            #expect(job.status == .done)
            let lines = try await house.log(job.id).map(\.message)
            #expect(lines.contains("sandbox-efiling (efiling, simulated)"))
            let calls = await house.server.calls()
            #expect(calls["POST /efiling/iec/loginapi/login loginService"] == 1)
            #expect(calls["POST /v1/jobs"] == nil)
            #expect(try await house.account(WorkHouse.pan).status == .verified)
            #expect(try await house.workspace.notices.page(NoticeQuery()).total >= 120)
            let documents = calls["GET /efiling/iec/document/{id}"] ?? 0
            #expect(documents > 120)

            // Another worker, another session; what is stored is not downloaded again.
            house.place.time.advance(.seconds(1_000))
            #expect(try await house.run(.fetch, WorkHouse.pan).status == .done)
            let again = await house.server.calls()
            #expect(again["POST /efiling/iec/loginapi/login loginService"] == 2)
            #expect((again["GET /efiling/iec/document/{id}"] ?? 0) - documents < 10)
        }
    }
}
