import Domain
import Services

@testable import Desk

extension Sample {
    static func standing(
        _ index: Int, _ state: GspService.Standing.State, isServed: Bool = true, until: Int64? = nil,
        changed: Int64? = nil, message: String = ""
    ) -> GspService.Standing {
        GspService.Standing(
            identity: identity(index), business: businesses[index], provider: isServed ? "firm-gsp" : "bridge",
            isServed: isServed, state: state, until: until.map { now + .seconds($0) },
            changedAt: changed.map { now - .seconds($0) }, message: message)
    }

    /// One GSTIN of every kind.
    static let standings = [
        standing(0, .open, until: 86_400 * 9, changed: 1_200, message: "refreshed"),
        standing(1, .awaitsOtp, until: 480, changed: 120, message: "OTP asked for"),
        standing(2, .accessOff), standing(3, .ended, until: -60, message: "ended: Session expired"),
        standing(4, .none), standing(5, .none, isServed: false),
    ]

    static func standingPage(_ rows: [GspService.Standing] = standings) -> GspService.StandingPage {
        GspService.StandingPage(rows: rows, total: rows.count)
    }

    /// A way to a session that has got as far as `state`.
    static func connection(
        _ state: GspService.Standing.State = .none, isServed: Bool = true, missing: [String] = [],
        username: String? = "prime.27", job: Job? = nil, isVerified: Bool = false
    ) -> GspService.Connection {
        GspService.Connection(
            standing: standing(
                1, state, isServed: isServed, until: state == .awaitsOtp ? 480 : state == .open ? 864_000 : nil,
                message: state == .awaitsOtp ? "OTP asked for" : ""),
            choices: ["firm-gsp", "other-gsp"], missingSecrets: missing, username: username, job: job,
            isVerified: isVerified)
    }
}
