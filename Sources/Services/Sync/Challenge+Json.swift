import Domain
import Foundation
import Portals
import Secrets
import Store
import Vault

// A challenge waits in the store as JSON, for days if need be, until a person answers it.
extension Challenge {
    func json() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

    init(json: String) throws { self = try JSONDecoder().decode(Challenge.self, from: Data(json.utf8)) }
}

extension JobId {
    /// Ties a sealed answer to the job that waits for it.
    var answerPlace: SecretPlace {
        SecretPlace(table: "job_challenge", row: "\(rawValue)", column: "answer", version: 0)
    }
}

extension Workspace {
    /// The answer that a claimed job goes on with.
    ///
    /// - Returns: nil when there is none, none that opens, or its question cannot be read: the portal is asked again then.
    /// - Throws: a `Complaint` of status 77 when the vault is locked for this process.
    func answer(to claimed: ClaimedJob) throws -> ChallengeAnswer? {
        guard let answered = claimed.answer, let challenge = try? Challenge(json: answered.challengeJSON) else {
            return nil
        }
        let secret: SecretBytes
        do {
            secret = try opened(answered.sealed, at: claimed.job.id.answerPlace)
        } catch {
            guard error.status == .badData else { throw error }
            return nil
        }
        let text = secret.withBytes { String(decoding: $0, as: UTF8.self) }
        return ChallengeAnswer(remoteJob: challenge.remoteJob, text: text)
    }
}
