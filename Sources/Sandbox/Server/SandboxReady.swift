import FoundationEssentials

/// The line that `sandbox serve` prints when it is ready.
public struct SandboxReady: Sendable, Hashable, Codable {
    public var ready = true
    public var port: Int
    /// Addresses by name of the system: `bridge`, `gstn`, `efiling`, `traces`, `irp`, `irp2`, `ewb` and others.
    public var systems: [String: String]
    public var profileFolder: String
    public var accountsFile: String

    enum CodingKeys: String, CodingKey {
        case ready, port, systems
        case profileFolder = "profile_dir"
        case accountsFile = "accounts_file"
    }

    /// One line of JSON without its line feed.
    public var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// What the sandbox that serves `stateFolder` now has printed; nil when none runs there.
    public static func running(in stateFolder: String) -> SandboxReady? {
        guard StateLock.isHeld(stateFolder), let bytes = FileBytes.read(path: "\(stateFolder)/ready.json") else {
            return nil
        }
        return try? JSONDecoder().decode(SandboxReady.self, from: Data(bytes))
    }

    /// The same, of a sandbox that has taken the folder and may still be starting: waits until it is ready.
    ///
    /// - Returns: nil when none runs there any more, or none became ready within `patience` looks.
    public static func awaited(
        in stateFolder: String, looks patience: Int = 400, pause: Duration = .milliseconds(50)
    ) async -> SandboxReady? {
        for _ in 0..<patience {
            if let ready = running(in: stateFolder) { return ready }
            guard StateLock.isHeld(stateFolder) else { return nil }
            do { try await Task.sleep(for: pause) } catch { return nil }
        }
        return nil
    }
}
