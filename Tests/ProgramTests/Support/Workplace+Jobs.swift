import Testing

extension Workplace {
    /// A job as `job show` tells it.
    func job(_ id: Int) async throws -> Row {
        try #require(try await run("job", "show", "\(id)", "--json").rows().first)
    }

    /// Asks for a fetch of a GST login; its job's id.
    func queueFetch(_ identity: String) async throws -> Int {
        let asked = try await run("fetch", "--portal", "gst", "--identity", identity, "--json")
        return try #require(try asked.rows().first?["id"].integer, "\(asked.errors)")
    }
}
