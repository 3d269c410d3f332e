import Foundation
import Glibc
import Testing

extension Whole {
    @Suite(
        "Keys in memory", .enabled(if: getuid() == 0, "needs root, to look into processes that are closed to others"))
    struct MemoryTests {
        @Test("A supporter's process holds no key of the vault, an admin's does, and the lock wipes it there")
        func search() async throws {
            try await Workplace.withDemo { place in
                let password = try place.write("a made-up password\n", to: "password")
                let key = place.folder + "/worker.key"
                try await place.run("vault", "worker-key", "--out", key).expectStatus(0)
                try await place.run(
                    "user", "add", "sam", "--email", "sam@firm.example", "--role", "support", "--password-file",
                    password
                ).expectStatus(0)
                // Sessions of two Unix users: each has a runtime folder of its own.
                let runtime = place.folder + "/runtime"
                #expect(mkdir(runtime, 0o700) == 0)
                try await place.run(
                    "login", "--user", "sam", "--password-file", password, changes: ["XDG_RUNTIME_DIR": runtime]
                ).expectStatus(0)
                let desk = "\(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, "exec \(desk)") { admin in
                    let support = "XDG_RUNTIME_DIR=\(runtime) exec \(desk)"
                    try await Tmux.with(place, columns: 120, rows: 40, support) { support in
                        try await admin.wait("demo (admin)", "Total 4,884 items")
                        try await support.wait("sam (support)", "Total 4,884 items")
                        let (first, second) = (try await admin.process(), try await support.process())
                        try await Self.wander(support)
                        try await Self.holdKey(admin)
                        #expect(try await Self.hits(place, key, second) == 0, "the supporter's process")
                        #expect(try await Self.hits(place, key, first) > 0, "the control: the admin's process")
                        try await admin.press("F12")
                        try await admin.wait("Keys are wiped")
                        #expect(try await Self.hits(place, key, first) == 0, "the locked process")
                    }
                }
            }
        }

        /// Wherever a supporter comes near a secret.
        private static func wander(_ terminal: Tmux) async throws {
            try await terminal.press("1")
            try await terminal.wait("View/Edit Business Credentials")
            try await terminal.press("e")
            try await terminal.wait("Not permitted: support may look")
            try await terminal.press("f", "v")
            try await terminal.press("Escape")
            try await terminal.wait("Recent Sync Activity")
        }

        /// The key comes into the process right after the first paint: the Edit form's eye works from then on.
        private static func holdKey(_ terminal: Tmux) async throws {
            try await terminal.press("1")
            try await terminal.wait("View/Edit Business Credentials")
            try await terminal.press("e")
            try await terminal.wait("◉ show F2")
            try await terminal.press("F2")
            try await terminal.wait("Reason")
            try await terminal.press("Enter")
            try await terminal.wait("Sent to d•••@")
            try await terminal.press("Escape", "Escape", "Escape")
        }

        private static func hits(_ place: Workplace, _ key: String, _ pid: pid_t) async throws -> Int {
            let script = BuiltProgram.repository + "/Tests/ProgramTests/Vault/memory_search.py"
            let run = try await place.tool(
                "/usr/bin/python3", "-B", script, place.home + "/desk.sqlite", key, "\(pid)")
            let words = run.output.split(whereSeparator: \.isWhitespace)
            guard run.status == 0, words.count == 2, let count = Int(words[1]) else {
                throw Trouble("memory_search.py: \(run.errors)")
            }
            return count
        }
    }
}
