import Domain
import Foundation
import Portals
import Secrets
import Store
import Testing

@testable import Services

/// A provider goes only when nobody is left without one, and leaves nothing behind.
@Suite struct ProviderRemovalTests {
    private func with(
        settings: String? = nil, _ body: (Place, Workspace) async throws -> Void
    ) async throws {
        let place = try Place()
        let workspace = try await place.workspace(
            settings: settings,
            providers: [
                "one.toml": ProviderFileTests.file(name: "one", isDefault: true),
                "two.toml": ProviderFileTests.file(name: "two"),
            ])
        defer { workspace.close() }
        try await body(place, workspace)
    }

    private func refusal(_ workspace: Workspace, _ name: String) async -> Complaint? {
        do throws(Complaint) {
            _ = try await workspace.providerService.remove(name)
            return nil
        } catch {
            return error
        }
    }

    private func addLogin(_ workspace: Workspace, provider: String? = nil) async throws -> PortalIdentity {
        let gstin = try Gstin("09AAFHH6756K1ZQ")
        _ = try await workspace.businesses.add(BusinessDraft(name: "Harihar & Co", pan: nil, gstin: gstin))
        let identity = try PortalIdentity(.gst, gstin.text)
        try await workspace.credentials.setProvider(identity, provider)
        return identity
    }

    @Test func `a provider that nobody depends on goes with file, secrets, counts and circuits`() async throws {
        try await with { place, workspace in
            try await workspace.providerSecrets.set("mine", of: "two", SecretBytes(utf8: "made-up"))
            let (hour, now) = (ProviderHour.hour(of: workspace.now), workspace.now)
            try await workspace.store.write { writer in
                var counted = ProviderHour(provider: "two", hour: hour)
                counted.calls = 3
                try writer.add([counted])
                try writer.keep([
                    CircuitRecord(
                        provider: "two", family: "read",
                        breaker: CircuitBreaker(phase: .open(until: now + .seconds(60))), changedAt: now)
                ])
            }
            let removed = try await workspace.providerService.remove("two")
            #expect(removed.files == ["two.toml"] && removed.secrets == 1)
            #expect(try await workspace.providerService.standings().map(\.name) == ["one"])
            #expect(workspace.providers().named("two") == nil)
            let left = try FileManager.default.contentsOfDirectory(atPath: place.home.providers)
            #expect(left == ["one.toml"])
            #expect(try await workspace.store.read { try $0.secretOwners(.provider) } == [])
            let events = try await workspace.store.read { try $0.auditEvents() }
            #expect(events.contains { $0.action == "provider.remove" && $0.subject == "two" })
            #expect(await refusal(workspace, "two")?.status == .badData)
        }
    }

    @Test func `while logins were given to it, it stays, and how many is said`() async throws {
        try await with { place, workspace in
            let identity = try await addLogin(workspace, provider: "two")
            let said = await refusal(workspace, "two")
            #expect(said?.status == .badData && said?.what == "the provider two serves 1 login")
            #expect(said?.why == "GST 1" && said?.remedy.contains("account provider") == true)
            #expect(workspace.providers().named("two") != nil)
            try await workspace.credentials.setProvider(identity, "one")
            #expect(await refusal(workspace, "two") == nil)
        }
    }

    @Test func `logins that name no provider are not handed to another one silently`() async throws {
        try await with { place, workspace in
            let identity = try await addLogin(workspace)
            try await workspace.credentials.setLogin(
                identity, username: "harihar", password: SecretBytes(utf8: "made-up"))
            #expect(await refusal(workspace, "one")?.what == "the provider one serves 1 login")
            try await workspace.credentials.setProvider(identity, "two")
            #expect(await refusal(workspace, "one") == nil)
        }
    }

    @Test func `one that the settings name stays until they do not`() async throws {
        try await with(settings: "[portals]\ngst = \"two\"\n") { place, workspace in
            let said = await refusal(workspace, "two")
            #expect(said?.what == "config.toml names the provider two for gst" && said?.status == .badData)
            #expect(workspace.providers().named("two") != nil)
        }
    }

    @Test func `what was begun at it is finished first, and API users are removed by hand`() async throws {
        try await ActionHouse.with { house in
            let asked = try await house.generate()
            #expect(
                await refusal(house.workspace, "sandbox-irp")?.what == "the provider sandbox-irp has 1 open operation")
            _ = try await house.workToTheEnd(asked.id)
            #expect(await refusal(house.workspace, "sandbox-irp")?.what == "the provider sandbox-irp has 1 API user")
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp")
            #expect(await refusal(house.workspace, "sandbox-irp") == nil)
            // The keys that another provider names stay.
            let left = try FileManager.default.contentsOfDirectory(atPath: house.place.home.providers)
            #expect(left.contains("irp2.toml") && !left.contains("irp.toml") && left.contains { $0.hasSuffix(".pem") })
            let own = try #require(house.workspace.providers().named("sandbox-irp2"))
            #expect(own.keyFiles.allSatisfy { left.contains($0) })
            #expect(try await house.workspace.store.read { try $0.secretOwners(.apiSession) } == [])
        }
    }

    @Test func `one whose file was deleted by hand is forgotten too`() async throws {
        try await with { place, workspace in
            let hour = ProviderHour.hour(of: workspace.now)
            try await workspace.store.write { writer in
                var counted = ProviderHour(provider: "gone", hour: hour)
                counted.calls = 3
                try writer.add([counted])
            }
            #expect(try await workspace.providerService.standings().contains { $0.name == "gone" })
            #expect(try await workspace.providerService.remove("gone").files.isEmpty)
            #expect(try await !workspace.providerService.standings().contains { $0.name == "gone" })
        }
    }
}
