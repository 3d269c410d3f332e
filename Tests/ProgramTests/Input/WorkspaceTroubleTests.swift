import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("A workspace in trouble says so in one line and loses nothing")
    struct WorkspaceTroubleTests {
        static let isRoot = getuid() == 0

        @Test("A home that others can read is refused")
        func open() async throws {
            try await Workplace.withDemo { place in
                chmod(place.home, 0o755)
                try await place.run("job", "list").expectComplaint(78, "open to others", "chmod 700")
            }
        }

        @Test(
            "Another user's home is refused as not permitted",
            .enabled(if: isRoot, "needs root, to become another user"))
        func foreign() async throws {
            try await Workplace.withDemo { place in
                // The way there is open, the home itself is not.
                chmod(place.folder, 0o755)
                let run = try await place.tool(
                    "/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", place.program, "job",
                    "list",
                    "--home", place.home)
                run.expectComplaint(77, place.home)
            }
        }

        @Test("A home that does not exist, and a file in its place")
        func missing() async throws {
            try await Workplace.with { place in
                try await place.run("job", "list").expectComplaint(78, "portaldesk init")
                let file = try place.write("", to: "file")
                try await place.run("job", "list", "--home", file).expectComplaint(78, "no folder")
            }
        }

        @Test("A database that another program holds: try later")
        func databaseLocked() async throws {
            try await Workplace.withDemo { place in
                let script = """
                    import sqlite3, subprocess, sys
                    held = sqlite3.connect(sys.argv[1], isolation_level=None)
                    held.execute('BEGIN EXCLUSIVE')
                    run = subprocess.run(sys.argv[2:], capture_output=True, text=True)
                    sys.stdout.write(run.stdout); sys.stderr.write(run.stderr); sys.exit(run.returncode)
                    """
                let file = try place.write("name\nAlpha Traders\n", to: "a.csv")
                let run = try await place.tool(
                    "/usr/bin/python3", "-c", script, place.home + "/desk.sqlite", place.program, "business", "import",
                    file)
                run.expectComplaint(75, "locked", "try again")
            }
        }

        @Test("A store lock that another process holds: try later")
        func storeLocked() async throws {
            try await Workplace.withDemo { place in
                let lock = Glibc.open(place.home + "/run/store.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
                defer { close(lock) }
                #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
                let file = try place.write("name\nAlpha Traders\n", to: "a.csv")
                try await place.run("business", "import", file).expectComplaint(75, "locked", "try again")
                // Whoever only looks is not held up.
                #expect(try await place.run("job", "list").status == 0)
            }
        }

        @Test(
            "A full disk stops the change and nothing else", .enabled(if: isRoot, "needs root, to mount a small disk"))
        func full() async throws {
            try await Workplace.withDemo { place in
                let disk = place.folder + "/disk"
                mkdir(disk, 0o700)
                let mounted = try await place.tool("/usr/bin/mount", "-t", "tmpfs", "-o", "size=10m", "none", disk)
                guard mounted.status == 0 else {
                    print("skipped: no disk can be mounted here: \(mounted.errors)")
                    return
                }
                do {
                    try await Self.fill(place, disk)
                } catch {
                    _ = try? await place.tool("/usr/bin/umount", "-l", disk)
                    throw error
                }
                #expect(try await place.tool("/usr/bin/umount", "-l", disk).status == 0)
            }
        }

        private static func fill(_ place: Workplace, _ disk: String) async throws {
            let home = disk + "/home"
            #expect(try await place.tool("cp", "-a", place.home, home).status == 0)
            let before = try await place.run("business", "list", "--json", "--home", home).lines
            var text = "name,group\n"
            for number in 1...60_000 { text += "Firm number \(number) of a long and winding name,Group \(number)\n" }
            let file = try place.write(text, to: "large.csv")
            try await place.run("business", "import", file, "--home", home).expectComplaint(74, "full", "Free space")
            // Nothing is queued that could not be worked off.
            let leaveLittle = disk + "/little"
            _ = try await place.tool("dd", "if=/dev/zero", "of=\(leaveLittle)", "bs=64k")
            try await place.run("fetch", "--all", "--home", home).expectComplaint(74, "full", "Free space")
            unlink(leaveLittle)
            // Still full: what stands can be read, and what was committed before the disk was full is whole.
            let filler = disk + "/filler"
            _ = try await place.tool("dd", "if=/dev/zero", "of=\(filler)", "bs=64k")
            let after = try await place.run("business", "list", "--json", "--home", home)
            #expect(after.status == 0, "\(after.errors)")
            #expect(Set(before).isSubset(of: Set(after.lines)))
            // To the last byte: not even what readers share has room.
            _ = try await place.tool("dd", "if=/dev/zero", "of=\(disk)/crumbs", "bs=1")
            for command in [
                ["business", "list"], ["job", "list"], ["notice", "list"], ["einvoice", "list"], ["operation", "list"],
                ["provider", "list"], ["notice", "export", "--format", "csv", "--out", "-"],
            ] {
                let run = try await place.run(command + ["--home", home])
                #expect(run.status == 0 && !run.output.isEmpty, "\(command): \(run.errors)")
                #expect(run.errors.contains("the disk is full") && run.errors.contains("nothing can be stored"))
            }
            try await place.run("fetch", "--all", "--home", home).expectComplaint(74, "full", "Free space")
            unlink("\(disk)/crumbs")
            unlink(filler)
            let doctor = try await place.run("doctor", "--home", home)
            #expect(doctor.output.contains("integrity and counters are clean"), "\(doctor.output)")
        }

        @Test("A demo whose building was cut off is not taken for an empty workspace")
        func unfinishedDemo() async throws {
            try await Workplace.withDemo { place in
                let mark = place.home + "/demo.json"
                let text = try String(contentsOfFile: mark, encoding: .utf8)
                try text.replacingOccurrences(of: "\"isComplete\":true", with: "\"isComplete\":false")
                    .write(toFile: mark, atomically: true, encoding: .utf8)
                try await place.run("job", "list").expectComplaint(78, "not built to its end", "portaldesk demo")
            }
        }

        @Test("A workspace of a newer program")
        func newer() async throws {
            try await Workplace.withDemo { place in
                let script = """
                    import sqlite3, sys
                    base = sqlite3.connect(sys.argv[1])
                    base.execute('PRAGMA user_version = 999')
                    tables = [row[0] for row in base.execute("select name from sqlite_master where name like '%migrations%'")]
                    for table in tables: base.execute(f"insert into {table} values ('v999')")
                    base.commit()
                    """
                #expect(try await place.tool("/usr/bin/python3", "-c", script, place.home + "/desk.sqlite").status == 0)
                try await place.run("job", "list").expectComplaint(78, "newer PortalDesk")
            }
        }

        @Test("A file that is no database")
        func noDatabase() async throws {
            try await Workplace.withDemo { place in
                for tail in ["", "-wal", "-shm"] { unlink(place.home + "/desk.sqlite" + tail) }
                try Data("not a database, but long enough to look at. ".utf8 + [UInt8](repeating: 7, count: 8_192))
                    .write(to: URL(fileURLWithPath: place.home + "/desk.sqlite"))
                let run = try await place.run("job", "list")
                #expect([74, 78].contains(run.status), "\(run.errors)")
                run.expectComplaint(run.status, place.home)
            }
        }

        @Test("No key of the vault: the worker's own missing, open to others, damaged; a session without its secret")
        func vaultKey() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("gst", "success")
                let key = place.home + "/worker.key"
                try await place.run("logout").expectStatus(0)
                try await place.run("worker", "--until-idle").expectComplaint(77, "no key of the vault", "worker-key")
                try Data("short\n".utf8).write(to: URL(fileURLWithPath: key))
                chmod(key, 0o644)
                try await place.run("worker", "--until-idle").expectComplaint(78, key, "chmod 600")
                chmod(key, 0o600)
                try await place.run("worker", "--until-idle").expectComplaint(78, key, "no worker's key")
                try await place.run("login", "--user", "demo", "--password-file", "-", input: "demo\n").expectStatus(0)
                try await place.run("vault", "worker-key").expectStatus(0)
                // Another's secret in the session's file: nobody is logged in, and nothing is queued.
                let before = try await place.run("job", "list", "--json").lines.count
                let file = place.home + "/run/session"
                let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                try Data(bytes.reversed()).write(to: URL(fileURLWithPath: file))
                try await place.run("fetch", "--all").expectComplaint(77, "not logged in")
                try bytes.write(to: URL(fileURLWithPath: file))
                chmod(file, 0o644)
                try await place.run("fetch", "--all").expectComplaint(77, "not logged in")
                chmod(file, 0o600)
                #expect(try await place.run("job", "list", "--json").lines.count == before)
                // With its own key a worker needs nobody to be logged in.
                try await place.run("fetch", "--portal", "gst", "--identity", identity).expectStatus(0)
                try await place.run("logout").expectStatus(0)
                let child = try place.start("worker", "--until-idle")
                #expect([0, 75].contains(try await child.wait()))
            }
        }
    }
}
