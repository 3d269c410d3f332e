import Foundation
import Testing

extension Whole {
    @Suite("Secrets stay where they belong")
    struct SecretTests {
        private static let secret = "Kadamba-Secret@7391"

        @Test("No password stands in a command line, an environment, a log, an answer or in clear in the home")
        func nowhere() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place, faults: ["latency:50"])
                let identity = try sandbox.identity("gst", "success")
                let set = [
                    "account", "set", "--portal", "gst", "--identity", identity, "--username", "some.one",
                    "--password-file", "-",
                ]
                let run = try await place.run(set, input: Self.secret + "\n")
                #expect(run.status == 1, "the sandbox knows another password: \(run.errors)")
                Self.expectNone(run.output + run.errors, "the answer")
                let processes = place.processes()
                #expect(processes.count >= 2, "the worker and the sandbox run")
                for pid in processes {
                    for file in ["cmdline", "environ"] {
                        Self.expectNone(place.text(of: "/proc/\(pid)/\(file)"), "/proc/\(file)")
                    }
                }
                let job = try #require(
                    try await place.run("job", "list", "--json", "--per-page", "1").rows().first?["id"].integer)
                for command in [
                    ["job", "log", "\(job)", "--json"], ["account", "list", "--json"], ["doctor", "--json"],
                    ["sandbox", "ledger", "--json"],
                ] {
                    let run = try await place.run(command)
                    Self.expectNone(run.output + run.errors, "\(command)")
                }
                let walk = try #require(FileManager.default.enumerator(atPath: place.home))
                for name in walk.compactMap({ $0 as? String }) {
                    Self.expectNone(place.text(of: "\(place.home)/\(name)"), name)
                }
            }
        }

        @Test(
            "No core can be dumped and nobody of the same user may look into a process",
            .enabled(if: getuid() == 0, "needs root, to become another user"))
        func hardened() async throws {
            try await Workplace.with { place in
                chmod(place.folder, 0o777)
                let script = """
                    import os, subprocess, sys
                    command = ['/usr/bin/setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', sys.argv[1],
                               'sandbox', 'serve', '--port', '0', '--state', sys.argv[2]]
                    run = subprocess.Popen(command, stdout=subprocess.PIPE)
                    run.stdout.readline()
                    print('owner', os.stat(f'/proc/{run.pid}/environ').st_uid)
                    print([line for line in open(f'/proc/{run.pid}/limits') if line.startswith('Max core')][0].split()[4:6])
                    run.terminate()
                    run.wait()
                    """
                let run = try await place.tool(
                    "/usr/bin/python3", "-c", script, place.program, place.folder + "/state")
                #expect(run.lines == ["owner 0", "['0', '0']"], "\(run.output) \(run.errors)")
            }
        }

        @Test("Everything in a home is for its owner alone")
        func modes() async throws {
            try await Workplace.withDemo { place in
                _ = try await SandboxProcess.start(place)
                _ = try await place.run("fetch", "--portal", "gst", "--identity", "09GUIFG4394J1ZL", "--wait")
                let found = try await place.tool("/usr/bin/find", place.home, "-perm", "/077", "-printf", "%m %P\\n")
                #expect(found.lines.isEmpty, "\(found.output)")
            }
        }

        private static func expectNone(
            _ text: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
        ) {
            #expect(!text.contains(secret), "the password stands in \(what)", sourceLocation: sourceLocation)
        }
    }
}
