import FoundationEssentials

/// The line that `sandbox serve` prints when it is ready.
public struct SandboxReady: Sendable, Hashable, Codable {
    public var ready = true
    public var port: Int
    /// Addresses by name of the system: `bridge`, `gstn`, `efiling`, `traces`.
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
}
