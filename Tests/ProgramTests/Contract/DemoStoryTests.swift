import Foundation
import Testing

extension Whole {
    /// What a newcomer looks at first: jobs, failures, coverage and providers of a fresh demo.
    @Suite("A demo tells one story")
    struct DemoStoryTests {
        private struct Books {
            /// The newest job of each login that ended by itself.
            let newest: [String: Row]
            let failures, coverage: [Row]
            let bridge: Row
        }

        private static func who(_ row: Row) -> String { "\(row["portal"].text ?? "") \(row["identity"].text ?? "")" }

        private static func books(_ place: Workplace) async throws -> Books {
            var newest: [String: Row] = [:]
            for page in 1...5 {
                let rows = try await place.run(
                    "job", "list", "--sort", "completed:desc", "--per-page", "1000", "--page", "\(page)", "--json"
                ).rows()
                for job in rows where ["done", "failed"].contains(job["status"].text ?? "") {
                    newest[who(job)] = newest[who(job)] ?? job
                }
            }
            let providers = try await place.run("provider", "status", "--json").rows()
            return Books(
                newest: newest, failures: try await place.run("job", "failures", "--json").rows(),
                coverage: try await place.run("coverage", "--json").rows(),
                bridge: try #require(providers.first { $0["name"] == .text("sandbox-bridge") }))
        }

        @Test("Failures, coverage and providers of a fresh demo agree with its jobs and with each other")
        func agrees() async throws {
            try await Workplace.withDemo { place in
                let books = try await Self.books(place)
                let failed = books.newest.filter { $0.value["status"] == .text("failed") }
                #expect(failed.count == books.failures.compactMap { $0["count"].integer }.reduce(0, +))
                #expect(failed.values.contains { $0["cause"] == .text("place_failed") })
                #expect(failed.values.contains { $0["cause"] == .text("gave_up") })

                // A login that failed as such is one that is not verified now.
                let accounts = try await place.run("account", "list", "--json").rows()
                for account in accounts where account["portal"] != .text("traces") {
                    let cause = failed[Self.who(account)]?["cause"].text
                    let isRefused = cause != nil && !["gave_up", "place_failed"].contains(cause)
                    #expect(isRefused == (account["status"] == .text("not_verified")), "\(Self.who(account))")
                    if isRefused { #expect(account["reason"].text == cause) }
                }

                #expect(
                    Set(books.coverage.filter { $0["read_at"].text != nil }.map(Self.who)).isSubset(
                        of: books.newest.keys))
                for (who, job) in books.newest {
                    let places = books.coverage.filter { Self.who($0) == who }
                    let unread = places.filter { $0["outcome"] == .text("failed") }
                    let at = try #require(job["completed_at"].text)
                    switch job["cause"].text {
                    case nil: #expect(unread.isEmpty && places.allSatisfy { $0["read_at"].text == at }, "\(who)")
                    case "place_failed":
                        #expect(unread.count == 1 && (unread[0]["read_at"].text ?? "") < at, "\(who)")
                        let names = ["additional_notices": "Additional notices", "set_off_245": "Set-off under 245"]
                        let name = names[unread.first?["place"].text ?? ""] ?? "?"
                        #expect((job["message"].text ?? "").contains(name), "\(job["message"].text ?? "")")
                        let others = places.filter { $0["outcome"] != .text("failed") }
                        #expect(others.allSatisfy { $0["read_at"].text == at }, "\(who)")
                    default: #expect(unread.isEmpty && places.allSatisfy { ($0["read_at"].text ?? "") < at }, "\(who)")
                    }
                }

                // What stands because of the bridge are the failures that say nothing of a login.
                let troubles = books.failures.filter {
                    ["portal_down", "portal_timeout", "place_failed", "gave_up"].contains($0["cause"].text)
                }
                guard case .object(let told) = books.bridge["troubles"] else { throw Trouble("no troubles") }
                #expect(
                    told.mapValues { Json.number($0.number ?? -1) }
                        == Dictionary(
                            uniqueKeysWithValues: troubles.compactMap { row in
                                row["cause"].text.map { ($0, row["count"]) }
                            }))
                #expect((books.bridge["calls"].integer ?? 0) > 100)
                #expect((books.bridge["failures"].integer ?? 0) > 0)
            }
        }
    }
}

extension Json {
    fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
}
