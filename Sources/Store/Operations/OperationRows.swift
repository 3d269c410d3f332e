internal import Domain
internal import Foundation
internal import GRDB

/// Reads rows of `operation`.
enum OperationRow {
    static let select = """
        SELECT number, id, kind, gstin, business_key, provider, state, fingerprint, reference, expected, title, total,
        attempts, created_at, created_by, updated_at, next_at, code, message, is_adopted, is_pinned, stopped_by FROM operation
        """

    enum Reading {
        case whole(PortalOperation)
        case damaged(DamagedOperation)
    }

    /// Columns as `select` names them, for a table that is not `operation` alone.
    ///
    /// - Throws: where it is damaged.
    static func operation(_ row: Row) throws -> PortalOperation {
        switch read(row) {
        case .whole(let operation): return operation
        case .damaged(let damaged):
            throw StoreProblem.refused("operation \(damaged.id) is damaged: \(damaged.what); see `portaldesk doctor`")
        }
    }

    static func read(_ row: Row) -> Reading {
        func damaged(_ name: String, _ text: String) -> Reading {
            .damaged(DamagedOperation(id: row[1], what: "its \(name) cannot be read: \(text)"))
        }
        guard let id = OperationId(row[1] as String) else { return damaged("id", row[1]) }
        guard let kind = OperationKind(rawValue: row[2]) else { return damaged("kind", row[2]) }
        guard let gstin = try? Gstin(row[3] as String) else { return damaged("GSTIN", row[3]) }
        guard let state = OperationState(rawValue: row[6]) else { return damaged("state", row[6]) }
        let operation = PortalOperation(
            id: id, kind: kind, gstin: gstin, businessKey: row[4], provider: row[5], state: state,
            fingerprint: row[7], reference: row[8], expectedReference: row[9], title: row[10],
            total: (row[11] as Int64?).map(Rupees.init(paise:)), attempts: row[12],
            createdAt: Instant(milliseconds: row[13]), createdBy: row[14],
            updatedAt: Instant(milliseconds: row[15]),
            nextStepAt: (row[16] as Int64?).map(Instant.init(milliseconds:)), code: row[17], message: row[18],
            isAdopted: row[19], isPinned: row[20],
            stoppedBy: (row[21] as String?).flatMap(Cause.init(rawValue:)))
        return .whole(operation)
    }

    /// Both kinds, each in its order.
    static func parted(_ readings: [Reading]) -> (whole: [PortalOperation], damaged: [DamagedOperation]) {
        readings.reduce(into: ([], [])) { parts, reading in
            switch reading {
            case .whole(let operation): parts.0.append(operation)
            case .damaged(let damaged): parts.1.append(damaged)
            }
        }
    }

    static let selectAttempt = """
        SELECT number, purpose, provider, call, began_at, deadline, ended_at, request_hash, event, status, code,
        message, answer_hash, wire_hash FROM operation_attempt
        """

    static func attempt(_ row: Row) throws -> OperationAttempt {
        guard let purpose = OperationAttempt.Purpose(rawValue: row[1]) else {
            throw StoreProblem.refused("an attempt of an unknown purpose is stored")
        }
        return OperationAttempt(
            number: row[0], purpose: purpose, provider: row[2], call: row[3],
            beganAt: Instant(milliseconds: row[4]), deadline: Instant(milliseconds: row[5]),
            endedAt: (row[6] as Int64?).map(Instant.init(milliseconds:)), requestHash: row[7],
            event: (row[8] as String?).flatMap(OperationEvent.init(rawValue:)), status: row[9], code: row[10],
            message: row[11], answerHash: row[12], wireHash: row[13])
    }
}
