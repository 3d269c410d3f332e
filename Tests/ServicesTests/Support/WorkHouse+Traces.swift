import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

extension WorkHouse {
    /// A workspace whose TRACES provider is the file that the sandbox writes, with one TAN. No authority is recorded.
    static func withTraces(
        _ outcome: MagicOutcome = .success, _ body: (WorkHouse, PortalIdentity) async throws -> Void
    ) async throws {
        try await WorkHouse.with(outcome, settings: "[portals]\ntraces = \"sandbox-traces\"") { house in
            let written = house.server.configuration.stateFolder + "/profiles/traces.toml"
            try FileManager.default.copyItem(atPath: written, toPath: house.place.home.providers + "/traces.toml")
            _ = try await house.workspace.businesses.add(
                BusinessDraft(name: "Harihar & Sons", tan: try Tan(tan.text)))
            try await house.setLogin(tan)
            try await body(house, tan)
        }
    }

    /// The same for the e-filing portal and one PAN, whose authority is recorded.
    static func withEFiling(
        _ outcome: MagicOutcome = .success, faults: [String] = [],
        _ body: (WorkHouse, PortalIdentity) async throws -> Void
    ) async throws {
        let played = outcome == .success ? [] : ["\(outcome.rawValue):\(pan.text)"]
        let settings = "[portals]\nincome_tax = \"sandbox-efiling\""
        try await WorkHouse.with(faults: played + faults, settings: settings) { house in
            let written = house.server.configuration.stateFolder + "/profiles/efiling.toml"
            try FileManager.default.copyItem(atPath: written, toPath: house.place.home.providers + "/efiling.toml")
            try await house.authorise(pan)
            try await body(house, pan)
        }
    }

    func authorise(_ identity: PortalIdentity) async throws {
        let day = try #require(LegalDate("2026-04-01"))
        try await workspace.authorities.record(identity, givenOn: day, note: "folder 12")
    }
}
