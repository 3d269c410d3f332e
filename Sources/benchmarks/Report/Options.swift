import Foundation

/// `benchmarks [--jobs N] [--accounts N] [--only NAME] [--home DIR]`.
struct Options {
    var jobs = 1_000_000
    /// One of `names`; nil runs all.
    var only: String?
    /// A workspace to reuse; it grows by the jobs of the queue's measurement. Built when nothing stands there.
    var home: String?
    /// Run as the baseline of the start: the same screen from constants.
    var paintsConstants = false

    /// Accounts of the fetch, which is measured only when it is asked for.
    var accounts = 10_000
    /// Invoices that are checked and registered, only when it is asked for.
    var invoices = 10_000
    /// Records of the audit trail, only when it is asked for.
    var records = 1_000_000
    /// How often, and by which course, the worker is killed; only when it is asked for.
    var kills = 200
    var seed: UInt64 = 2_026
    /// Courses of each kill point or toxic, the points by name (all without), and how many stand at once.
    var seeds: Int?
    var points: Set<String> = []
    var lanes = 8
    /// Run as the server of the fetch's baseline, or as its client.
    var servesBare: String?
    var asksBare: BareClient.Wish?

    static let names = [
        "start", "key", "idle", "memory", "page", "summary", "queue", "seal", "fetch", "kills", "invoices",
        "killpoints", "toxics", "trail",
    ]

    /// nil when the arguments are not understood.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            switch name {
            case "--paint-constants": paintsConstants = true
            case "--serve-bare":
                guard let file = rest.popFirst() else { return nil }
                servesBare = file
            case "--ask-bare":
                guard let wish = BareClient.Wish(&rest) else { return nil }
                asksBare = wish
            case "--records":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                records = number
            case "--kills":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                kills = number
            case "--seed":
                guard let number = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
                seed = number
            case "--seeds":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                seeds = number
            case "--lanes":
                guard let number = rest.popFirst().flatMap({ Int($0) }), (1...16).contains(number) else { return nil }
                lanes = number
            case "--points":
                guard let names = rest.popFirst()?.split(separator: ",").map(String.init),
                    names.allSatisfy({ name in NamedPoint.all.contains { $0.name == name } })
                else { return nil }
                points = Set(names)
            case "--accounts":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 1 else { return nil }
                accounts = number
            case "--invoices":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                invoices = number
            case "--jobs":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                jobs = number
            case "--only":
                guard let text = rest.popFirst(), Self.names.contains(text) else { return nil }
                only = text
            case "--home":
                guard let text = rest.popFirst() else { return nil }
                home = text
            default: return nil
            }
        }
    }

    func wants(_ name: String) -> Bool { only == nil || only == name }

    static let usage =
        "usage: benchmarks [--jobs N] [--accounts N] [--invoices N] [--kills N] [--seed N] [--seeds N] "
        + "[--points K1,K2] [--lanes N] [--only \(names.joined(separator: "|"))] [--home DIR]"
}
