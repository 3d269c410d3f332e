import Foundation
import Services
import Store

/// Every budget that exists so far, one after another on one workspace. The desk's come first, while nobody else has
/// the workspace open.
enum Benchmarks {
    static func run(_ options: Options) async throws {
        if let file = options.servesBare { return try await BareServer.run(file) }
        if let wish = options.asksBare { return try await BareClient.run(wish) }
        Report.begin()
        Report.note("load at the start: \(Report.load)")
        if options.wants("seal") {
            try SealBudget.measure()
            try await RevealBudget.measure()
        }
        if options.only == "seal" { return }
        if options.only == "fetch" {
            return try await FetchBudget.measure(accounts: options.accounts, keeps: options.home)
        }
        if options.only == "kills" {
            return try await KillRun.measure(
                accounts: options.accounts, kills: options.kills, seed: options.seed, keeps: options.home)
        }
        if options.only == "invoices" {
            return try await InvoiceBudget.measure(invoices: options.invoices, keeps: options.home)
        }
        if options.only == "trail" {
            return try await TrailBudget.measure(records: options.records, keeps: options.home)
        }
        if options.only == "killpoints" { return try await KillPointRun.measure(options) }
        if options.only == "toxics" { return try await ToxicRun.measure(options) }
        let bench = try await BenchHome.open(folder: options.home, jobs: options.jobs)
        defer { bench.remove() }
        try measureDesk(bench, options)
        try await measureStore(bench, options)
        Report.note("load at the end: \(Report.load)")
    }

    private static func measureStore(_ home: BenchHome, _ options: Options) async throws {
        guard ["page", "summary", "queue"].contains(where: options.wants) else { return }
        let bench = try BenchStore(home.home)
        defer { bench.store.close() }
        if options.wants("page") { try PageBudget.measure(bench) }
        if options.wants("summary") { try SummaryBudget.measure(bench) }
        if options.wants("queue") { try await QueueBudget.measure(bench) }
    }

    private static func measureDesk(_ bench: BenchHome, _ options: Options) throws {
        guard ["start", "key", "idle", "memory"].contains(where: options.wants) else { return }
        let programs = try Programs()
        if options.wants("start") { try StartBudget.measure(bench.home, programs) }
        if options.wants("key") { try KeyBudget.measure(bench.home, programs) }
        if options.wants("idle") { try IdleBudget.measure(bench.home, programs) }
        if options.wants("memory") { try MemoryBudget.measure(bench.home, programs) }
    }
}
