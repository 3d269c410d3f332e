import Domain
import Foundation
import Portals
import Store

// A challenge waits in the store as JSON, for days if need be, until a person answers it.
extension Challenge {
    func json() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

    init(json: String) throws { self = try JSONDecoder().decode(Challenge.self, from: Data(json.utf8)) }
}

extension AnsweredChallenge {
    func forConnector() throws -> ChallengeAnswer {
        ChallengeAnswer(remoteJob: try Challenge(json: challengeJSON).remoteJob, text: text)
    }
}
