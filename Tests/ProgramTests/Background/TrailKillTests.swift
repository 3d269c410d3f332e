import Foundation
import Testing

extension Whole {
    /// Killed while a checkpoint is signed, the trail and what is remembered outside of it agree afterwards.
    @Suite("Killed while a checkpoint is signed")
    struct TrailKillTests {
        @Test(
            "Before it is signed, before it is told and behind that, nothing is lost and nothing is doubted",
            arguments: ["checkpoint", "checkpoint_kept", "checkpoint_told"])
        func killed(moment: String) async throws {
            try await Workplace.withDemo { place in
                try await place.run("audit", "sign").expectStatus(0)
                // Something that no checkpoint covers yet.
                _ = try await place.run("business", "add", "--name", "Audited Firm")
                let mark = place.folder + "/struck"
                let child = try place.start(
                    ["audit", "sign"], changes: ["PORTALDESK_KILL_POINT": "\(moment):0:\(mark)"])
                #expect(try await child.wait() != 0)
                #expect(FileManager.default.fileExists(atPath: mark))
                let verified = try await place.run("audit", "verify", "--json")
                #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
                #expect(try verified.rows().first?["damage"] == .null)
                #expect(try await place.run("doctor", "--json").output.contains("it holds since then"))
                // Whoever signs next makes up for it, inside and outside.
                _ = try await place.run("business", "add", "--name", "Another Firm")
                let signed = try await place.run("audit", "sign")
                #expect(signed.status == 0, "\(signed.errors)")
                let folder = place.folder + "/.local/state/portaldesk/audit"
                let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
                let remembered = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                #expect(remembered.hasSuffix(signed.output))
                #expect(try await place.run("audit", "verify").status == 0)
            }
        }

        @Test(
            "On a full disk no call leaves, the refusal comes at once, and the desk goes on",
            .enabled(if: getuid() == 0, "needs root, to mount a small disk"))
        func full() async throws {
            try await Workplace.withDemo { place in
                let disk = place.folder + "/disk"
                mkdir(disk, 0o700)
                let mounted = try await place.tool("/usr/bin/mount", "-t", "tmpfs", "-o", "size=14m", "none", disk)
                guard mounted.status == 0 else { return print("skipped: no disk can be mounted: \(mounted.errors)") }
                do {
                    try await Self.fill(place, disk)
                } catch {
                    _ = try? await place.tool("/usr/bin/umount", "-l", disk)
                    throw error
                }
                #expect(try await place.tool("/usr/bin/umount", "-l", disk).status == 0)
            }
        }

        @Test(
            "A store that can be written no more refuses at once, the desk goes on, and takes up again when it can",
            .enabled(if: getuid() == 0, "needs root, to make files immutable"))
        func readOnly() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("gst", "success")
                try await Tmux.with(place, columns: 120, rows: 40, "exec \(place.program)") { terminal in
                    try await terminal.wait("Total 4,884 items")
                    let files = ["desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"].map { "\(place.home)/\($0)" }
                    guard try await place.tool("/usr/bin/chattr", "+i", files[0], files[1], files[2]).status == 0 else {
                        return print("skipped: no file can be made immutable here")
                    }
                    let before = try await Self.calls(sandbox, place)
                    let fetch = try await place.run("fetch", "--portal", "gst", "--identity", identity)
                    let test = try await place.run("provider", "test", "sandbox-bridge")
                    try await terminal.press("f")
                    try await terminal.wait("cannot be written")
                    let after = try await Self.calls(sandbox, place)
                    #expect(try await place.tool("/usr/bin/chattr", "-i", files[0], files[1], files[2]).status == 0)
                    fetch.expectComplaint(74, "cannot be written")
                    test.expectComplaint(74, "cannot be written")
                    #expect(before == after)
                    let again = try await place.run("fetch", "--portal", "gst", "--identity", identity, "--wait")
                    #expect(again.status == 0, "\(again.errors)")
                    try await terminal.press("f")
                    try await terminal.wait("Triggered")
                }
            }
        }

        private static func fill(_ place: Workplace, _ disk: String) async throws {
            let home = disk + "/home"
            #expect(try await place.tool("cp", "-a", place.home, home).status == 0)
            let sandbox = try await SandboxProcess.start(place, state: home + "/sandbox")
            let identity = try sandbox.identity("gst", "success")
            try await Tmux.with(place, columns: 120, rows: 40, "exec \(place.program) --home \(home)") { terminal in
                try await terminal.wait("Total 4,884 items")
                for size in ["64k", "1"] {
                    _ = try await place.tool("dd", "if=/dev/zero", "of=\(disk)/filler-\(size)", "bs=\(size)")
                }
                let before = try await calls(sandbox, place)
                try await place.run("fetch", "--portal", "gst", "--identity", identity, "--home", home)
                    .expectComplaint(74, "full", "Free space")
                try await place.run("provider", "test", "sandbox-bridge", "--home", home)
                    .expectComplaint(74, "not made", "full", "audit trail")
                #expect(try await calls(sandbox, place) == before)
                // The desk answers its keys: help opens and closes.
                try await terminal.type("?")
                try await terminal.wait("Everywhere")
                try await terminal.press("Escape")
                try await terminal.wait("Total 4,884 items")
            }
        }

        /// Requests that reached the simulated portals, but those for this number.
        private static func calls(_ sandbox: SandboxProcess, _ place: Workplace) async throws -> String {
            let port = try #require(sandbox.ready["port"].integer)
            let script = """
                import json, urllib.request
                calls = json.load(urllib.request.urlopen("http://127.0.0.1:\(port)/sandbox/calls"))
                print(sum(count for name, count in calls.items() if "sandbox" not in name))
                """
            let run = try await place.tool("/usr/bin/python3", "-c", script)
            #expect(run.status == 0, "\(run.errors)")
            return run.output
        }
    }
}
