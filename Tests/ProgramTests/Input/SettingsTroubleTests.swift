import Foundation
import Testing

extension Whole {
    @Suite("Settings that cannot be used are named with file and line")
    struct SettingsTroubleTests {
        @Test(
            "A broken config.toml",
            arguments: [
                ("[desk]\ntheme = \"dark\n", "config.toml:2"),
                ("[desk]\n\npage_size = \"many\"\n", "config.toml:3: desk.page_size"),
                ("[desk]\npictures = \"ascii\"\n", "config.toml:2: desk.pictures"),
                ("[desk]\ncolour = 1\n", "config.toml:2: desk.colour"),
                ("[desk]\ntime_zone = \"Mars/Olympus\"\n", "config.toml:2: desk.time_zone"),
                ("[worker]\nconcurrency = 0\n", "config.toml:2: worker.concurrency"),
            ])
        func configuration(text: String, words: String) async throws {
            try await Workplace.withDemo { place in
                try Data(text.utf8).write(to: URL(fileURLWithPath: place.home + "/config.toml"))
                try await place.run("job", "list").expectComplaint(78, words, "Mend the file")
            }
        }

        @Test("A config.toml that leads nowhere, in a circle, or to no file is refused; none at all is none")
        func links() async throws {
            try await Workplace.withDemo { place in
                let file = place.home + "/config.toml"
                for target in [place.folder + "/nowhere.toml", "config.toml", "/dev/null"] {
                    try? FileManager.default.removeItem(atPath: file)
                    #expect(symlink(target, file) == 0)
                    try await place.run("job", "list").expectComplaint(78, "config.toml cannot be read", "remove it")
                }
                try FileManager.default.removeItem(atPath: file)
                try await place.run("job", "list").expectStatus(0)
            }
        }

        @Test("doctor names a wrong key and a missing theme with file, line and what to do")
        func settingsOfTheDesk() async throws {
            try await Workplace.withDemo { place in
                func findings() async throws -> [(grade: String?, message: String)] {
                    try await place.run("doctor", "--json").rows().filter { $0["subject"] == .text("settings") }
                        .map { ($0["grade"].text, $0["message"].text ?? "") }
                }
                #expect(try await findings().map(\.grade) == ["ok"])
                let file = place.home + "/config.toml"
                let text = """
                    [desk]
                    theme = "sunset"

                    [keys]
                    refresh = "f"
                    reload = "x"
                    fetch = "ctrl-alt-hyper"
                    """
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                let found = try await findings()
                for (line, grade, words, remedy) in [
                    (2, "problem", "desk.theme: the theme sunset is not used", "Choose one of dark"),
                    (5, "warning", "keys.refresh: f was fetch, which has lost it", "Take the line away"),
                    (6, "problem", "keys.reload: no such command", "Choose another one there"),
                    (7, "problem", "keys.fetch: \"ctrl-alt-hyper\" names no key", "Choose another one there"),
                ] {
                    #expect(
                        found.contains {
                            $0.grade == grade && $0.message.hasPrefix("\(file):\(line): \(words)")
                                && $0.message.contains(remedy)
                        }, "\(line): \(found)")
                }
                #expect(try await place.run("doctor").status == 78)
            }
        }

        @Test("provider check passes a good file and names every mistake of a bad one")
        func providerCheck() async throws {
            try await Workplace.withDemo { place in
                let good = try await place.run("provider", "check", place.home + "/providers/bridge.toml")
                #expect(good.status == 0)
                #expect(good.errorLines.count == 1)
                let bad = """
                    name = "my bridge"
                    connector = "bridge"
                    portals = ["gst", "moon"]

                    [urls]
                    base = "http://bridge.example"

                    [auth]
                    client_id = "a"
                    client_secret = "in-the-clear"
                    """
                let file = try place.write(bad, to: "bad.toml")
                let run = try await place.run("provider", "check", file)
                #expect(run.status == 78)
                let lines = run.errorLines
                for (line, key) in [(1, "name"), (3, "portals"), (6, "urls.base"), (10, "auth.client_secret")] {
                    #expect(lines.contains { $0.contains("bad.toml:\(line): \(key)") }, "\(run.errors)")
                }
                #expect(!run.errors.contains("in-the-clear"), "a secret in an error")
                try await place.run("provider", "check", place.folder + "/none.toml").expectOneLine(65, "none.toml")
            }
        }

        @Test("provider check tells each finding once, also as JSON, and names what is still to be filled in")
        func providerCheckOnce() async throws {
            try await Workplace.withDemo { place in
                let file = try place.write("name = \"a b\"\nconnector = \"brigde\"\n", to: "bad.toml")
                let bad = try await place.run("provider", "check", file, "--json")
                #expect(bad.status == 78 && bad.errors.isEmpty, "\(bad.errors)")
                let rows = try bad.rows()
                #expect(rows.map { $0["key"].text } == ["urls.base", "name", "connector"])
                #expect(rows.map { $0["line"].integer } == [nil, 1, 2])
                let words = try await place.run("provider", "check", file)
                #expect(words.output.isEmpty && words.errorLines.count == 3)
                let example = BuiltProgram.repository + "/docs/providers/gstn-direct.toml"
                let copied = try await place.run("provider", "check", example)
                #expect(copied.status == 78 && !copied.errors.contains("is fine"))
                for key in ["headers.ip-usr", "headers.clientid"] {
                    #expect(copied.errorLines.contains { $0.contains("\(key): is still to be filled in") })
                }
                let grades = try await place.run("provider", "check", example, "--json").rows().map { $0["grade"].text }
                // The key for logins does not stand beside the example.
                #expect(grades.filter { $0 == "unfilled" }.count == 3)
                #expect(copied.errorLines.last?.contains("can be read, but cannot be used until") == true)
            }
        }

        @Test(
            "provider check calls no file fine with which no login can work, and none about which something is to be known"
        )
        func providerCheckOfKeys() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let folder = place.folder + "/keys"
                try FileManager.default.copyItem(atPath: sandbox.profile, toPath: folder)
                let file = folder + "/irp.toml"
                let whole = try await place.run("provider", "check", file)
                #expect(whole.status == 0 && whole.errors.contains("is fine."), "\(whole.errors)")
                try FileManager.default.removeItem(atPath: folder + "/irp-signing.pem")
                let unsigned = try await place.run("provider", "check", file)
                #expect(unsigned.status == 0 && !unsigned.errors.contains("is fine"), "\(unsigned.errors)")
                #expect(unsigned.errors.contains("irp-signing.pem does not stand beside"))
                try FileManager.default.removeItem(atPath: folder + "/irp-encryption.pem")
                let closed = try await place.run("provider", "check", file)
                #expect(closed.status == 78 && !closed.errors.contains("can be used;"), "\(closed.errors)")
                #expect(closed.errors.contains("irp-encryption.pem does not stand beside"))
                #expect(closed.errorLines.last?.contains("can be read, but cannot be used until") == true)
                let rows = try await place.run("provider", "check", file, "--json").rows()
                #expect(rows.contains { $0["grade"] == .text("unfilled") && $0["key"] == .text("urls.certificate") })
            }
        }

        @Test("provider check refuses what is no regular file at once")
        func providerCheckOfDevices() async throws {
            try await Workplace.withDemo { place in
                let pipe = place.folder + "/pipe.toml"
                #expect(mkfifo(pipe, 0o600) == 0)
                for file in [pipe, "/dev/zero", "/dev/null"] {
                    for kind in ["provider", "theme"] {
                        try await place.run(kind, "check", file).expectComplaint(65, "no regular file")
                    }
                    try await place.run("provider", "add", file).expectComplaint(65, "no regular file")
                }
            }
        }

        @Test("provider remove refuses while logins hang on it, asks, and leaves nothing behind")
        func providerRemove() async throws {
            try await Workplace.withDemo { place in
                try await place.run("provider", "remove", "sandbox-bridge", "--yes").expectComplaint(
                    65, "the provider sandbox-bridge serves", "GST ", "account provider")
                let text = """
                    name = "second"
                    connector = "bridge"
                    portals = ["gst"]
                    simulated = true
                    [urls]
                    base = "http://127.0.0.1:9"
                    [auth]
                    client_id = "us"
                    client_secret = "vault:mine"
                    """
                let file = try place.write(text, to: "second.toml")
                try await place.run("provider", "add", file).expectStatus(0)
                try await place.run("provider", "secret", "second", "mine", "--password-file", "-", input: "made-up")
                    .expectStatus(0)
                _ = try await place.run("provider", "test", "second")
                try await place.run("provider", "remove", "second").expectComplaint(64, "nobody can be asked", "--yes")
                let removed = try await place.run("provider", "remove", "second", "--yes", "--json")
                #expect(removed.status == 0 && removed.errors.isEmpty, "\(removed.errors)")
                #expect(try removed.rows().first?["secrets"].integer == 1)
                for list in ["list", "status"] {
                    #expect(try await !place.run("provider", list, "--json").output.contains("second"))
                }
                #expect(!FileManager.default.fileExists(atPath: place.home + "/providers/second.toml"))
                #expect(try await place.run("audit", "list", "--json").output.contains("provider.remove"))
                try await place.run("provider", "remove", "second", "--yes").expectComplaint(65, "no provider second")
            }
        }

        @Test("A broken provider file stops neither the desk's commands nor the other providers, and a fetch says why")
        func brokenProvider() async throws {
            try await Workplace.withDemo { place in
                let file = place.home + "/providers/bridge.toml"
                try Data("name = \"x\n".utf8).write(to: URL(fileURLWithPath: file))
                #expect(try await place.run("job", "list").status == 0)
                let list = try await place.run("provider", "list")
                #expect(list.status == 78)
                #expect(list.errors.contains("bridge.toml:1"))
                let doctor = try await place.run("doctor", "--json")
                #expect(doctor.status == 78)
                #expect(
                    try doctor.rows().contains { $0["grade"] == .text("problem") && $0["subject"] == .text("provider") }
                )
            }
        }

        @Test("theme list and theme check")
        func themes() async throws {
            try await Workplace.withDemo { place in
                let names = try await place.run("theme", "list", "--json").rows().compactMap { $0["name"].text }
                #expect(Set(["dark", "light", "mono"]).isSubset(of: Set(names)))
                #expect(
                    try await place.run("theme", "check", BuiltProgram.repository + "/themes/light.toml").status == 0)
                let file = try place.write("[colours]\nnonsense = \"#zzz\"\n", to: "bad.toml")
                let bad = try await place.run("theme", "check", file)
                #expect(bad.status == 78)
                #expect(bad.errors.contains("bad.toml:"), "\(bad.errors)")
                let row = try #require(try await place.run("theme", "check", file, "--json").rows().first)
                #expect(row["line"] == .number(1) && row["key"].text?.contains("colours") == true, "\(row)")
            }
        }
    }
}
