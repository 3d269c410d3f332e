import Domain
import Portals
import Sandbox
import Secrets
import Testing

@testable import Services

/// Sessions at NIC in the vault: what was discarded is gone for every process, and what took its place stays.
@Suite("Kept sessions at NIC") struct KeptSessionTests {
    private static func session(_ id: String) throws -> NicSession {
        let key = String(repeating: "A", count: 43) + "="
        let text = #"{"id":"\#(id)","token":"same","sek":"\#(key)","expiresAt":4102444800000,"userVersion":1}"#
        return try #require(NicSession(SecretBytes(utf8: text)))
    }

    @Test func `a session is taken out of the vault by its own name alone`() async throws {
        try await ActionHouse.with { house in
            let (gstin, first, second) = (house.seller, try Self.session("first"), try Self.session("second"))
            let keeper = SealedNicKeeper(workspace: house.workspace, provider: "sandbox-irp")
            // Another process, or a later run, has a keeper of its own.
            let later = SealedNicKeeper(workspace: house.workspace, provider: "sandbox-irp")
            try await keeper.keep(first, of: gstin)
            try await keeper.keep(second, of: gstin)
            await keeper.discard(first, of: gstin)
            #expect(try await later.session(of: gstin)?.id == "second")
            await keeper.discard(second, of: gstin)
            #expect(try await later.session(of: gstin)?.id == nil)
            await keeper.discard(second, of: gstin)
            #expect(try await later.session(of: gstin)?.id == nil)
        }
    }
}
