import Foundation
import GRDB
import Services

/// Holds what the simulated portals wrote of each request against the audit trail: each request that reached them stands
/// there once, with the answer that it got or as one whose outcome is unknown.
struct TrailMatch {
    /// Requests in the portals' own log.
    let served: Int
    /// Calls of the trail by their outcome.
    let outcomes: [String: Int]
    /// Requests that no call of the trail can be.
    private(set) var unrecorded = 0
    /// Calls said to be answered of which the portals know nothing, or another answer.
    private(set) var invented = 0
    /// What the verification found; nil when the trail holds.
    let damage: String?

    private struct Line: Decodable {
        var route: String
        var trace: String
        var status: Int
    }

    private struct Call {
        var route: String
        var outcome: String
        var trace: String?
        var status: Int?
    }

    init(accessFile: String, home: Home, damage: String?) throws {
        self.damage = damage
        let decoder = JSONDecoder()
        let lines = try Data(contentsOf: URL(fileURLWithPath: accessFile)).split(separator: 10).map {
            try decoder.decode(Line.self, from: $0)
        }
        let calls = try Self.calls(home)
        served = lines.count
        outcomes = Dictionary(grouping: calls, by: \.outcome).mapValues(\.count)
        var byTrace: [String: Call] = [:]
        var open: [String: Int] = [:]
        for call in calls {
            if let trace = call.trace {
                if byTrace.updateValue(call, forKey: trace) != nil { invented += 1 }
            } else {
                open[call.route, default: 0] += 1
            }
        }
        for line in lines {
            if let call = byTrace.removeValue(forKey: line.trace) {
                if call.route != line.route || call.status != line.status { invented += 1 }
            } else if let left = open[line.route], left > 0 {
                // It reached the portal, and its answer did not reach us, or not before the end.
                open[line.route] = left - 1
            } else {
                unrecorded += 1
            }
        }
        invented += byTrace.count
    }

    private static func calls(_ home: Home) throws -> [Call] {
        var configuration = Configuration()
        configuration.readonly = true
        let database = try DatabaseQueue(path: home.database, configuration: configuration)
        return try database.read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT outcome, bytes FROM audit_record WHERE substr(action, 1, 5) = 'call.' ORDER BY seq")
            var calls: [Call] = []
            while let row = try rows.next() {
                let all = try JSONSerialization.jsonObject(with: row["bytes"] as Data) as? [String: Any]
                let request = all?["req"] as? [String: Any]
                let answer = all?["resp"] as? [String: Any]
                let path = (request?["route"] as? String ?? "").split(separator: "?").first.map(String.init) ?? "/"
                calls.append(
                    Call(
                        route: "\(request?["method"] as? String ?? "") \(path.removingPercentEncoding ?? path)",
                        outcome: row["outcome"], trace: (answer?["hdr"] as? [String: Any])?["x-trace-id"] as? String,
                        status: answer?["status"] as? Int))
            }
            return calls
        }
    }

    var isWhole: Bool { unrecorded == 0 && invented == 0 && damage == nil }

    var text: String {
        let counts = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return "\(served) requests in the portals' log, calls on record: \(counts); \(unrecorded) unrecorded, "
            + "\(invented) invented; trail \(damage ?? "holds")"
    }
}
