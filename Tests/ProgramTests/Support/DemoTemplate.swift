import Foundation
import Glibc
import Synchronization

/// One demo, built once by the program itself and copied for each test that needs a fresh one.
actor DemoTemplate {
    static let shared = DemoTemplate()
    /// Removed when the tests end.
    private static let folder = Mutex<String?>(nil)
    private var building: Task<String, any Error>?

    func copy(to home: String) async throws {
        let source = try await path()
        let copying = try Child.start(
            ["cp", "-a", source, home], environment: ["PATH": "/usr/bin:/bin"],
            folder: (home as NSString).deletingLastPathComponent)
        guard try await copying.wait() == 0 else { throw Trouble("cp: \(copying.errorText)") }
    }

    private func path() async throws -> String {
        if let building { return try await building.value }
        let task = Task {
            let place = try Workplace()
            Self.folder.withLock { $0 = place.folder }
            atexit {
                DemoTemplate.folder.withLock {
                    if let folder = $0 { try? FileManager.default.removeItem(atPath: folder) }
                }
            }
            let built = try await place.run("demo", "--no-desk", "--home", place.home, limit: 180)
            guard built.status == 0 else { throw Trouble("the demo was not built: \(built.errors)") }
            try await keepKeys(place)
            return place.home
        }
        building = task
        return try await task.value
    }

    /// Lets a sandbox make its keys, seconds of a processor each, and keeps nothing else of it.
    private func keepKeys(_ place: Workplace) async throws {
        let folder = place.home + "/sandbox"
        let before = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        _ = try await SandboxProcess.start(place).stop()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            guard !name.hasSuffix("-key.der"), !before.contains(name) else { continue }
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}
