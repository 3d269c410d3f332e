import Foundation
import Testing

extension Whole {
    @Suite("The audit trail by command")
    struct AuditCommandTests {
        @Test("A change of the key prints the new line, and says what follows from it")
        func rotation() async throws {
            try await Workplace.withDemo { place in
                try await place.run("audit", "sign").expectStatus(0)
                let run = try await place.run("audit", "rotate-key")
                run.expectStatus(0)
                let keys = try await place.run("audit", "keys").lines
                #expect(keys.count == 2 && run.lines == [keys[1]])
                for words in [
                    "Another key signs the audit trail from now on.", "former  \(keys[0])", "new     \(keys[1])",
                    "What an auditor needs", "first   \(keys[0])", "What to keep",
                ] {
                    #expect(run.errors.contains(words), "\(run.errors)")
                }
            }
        }

        @Test("A trail that somebody broke is verified without a login, and let go on by an admin's password")
        func broken() async throws {
            try await Workplace.withDemo { place in
                try await place.run("audit", "sign").expectStatus(0)
                try await place.run("logout").expectStatus(0)
                let whole = try await place.run("audit", "verify")
                whole.expectStatus(0)
                #expect(whole.output.contains("Everything holds"))
                let outside = place.folder + "/.local/state/portaldesk/audit"
                try FileManager.default.moveItem(atPath: outside, toPath: outside + ".away")
                let unchecked = try await place.run("audit", "verify", "--json")
                unchecked.expectStatus(74)
                #expect(try unchecked.rows().last?["verdict"] == .text("unchecked"))
                try FileManager.default.moveItem(atPath: outside + ".away", toPath: outside)
                try place.changeDatabase("DELETE FROM audit_head")
                let password = try place.write("demo\n", to: "password")
                let login = ["login", "--user", "demo", "--password-file", password]
                let refused = try await place.run(login)
                refused.expectComplaint(65)
                #expect(refused.errors.contains("the audit trail does not hold"))
                let found = try await place.run("audit", "verify")
                found.expectStatus(1)
                #expect(found.output.contains("DAMAGED: the trail has no head that can be read"), "\(found.output)")
                let resume = ["audit", "resume", "--reason", "a table was emptied by mistake"]
                try await place.run(resume).expectComplaint(77)
                let resumed = try await place.run(resume + ["--user", "demo", "--password-file", password])
                resumed.expectStatus(0)
                #expect(resumed.output.contains("Its head was made anew from its records."))
                try await place.run(login).expectStatus(0)
                let again = try await place.run("audit", "verify")
                again.expectStatus(0)
                #expect(again.output.contains("by demo: a table was emptied by mistake."), "\(again.output)")
            }
        }

        @Test("People read words, scripts the data; a refusal says what was tried, and nonsense is refused")
        func listed() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let gst = ["--portal", "gst", "--identity", try sandbox.identity("gst", "success")]
                try await place.run(["fetch"] + gst + ["--wait"]).expectStatus(0)
                let password = try place.write("a made-up password\n", to: "password")
                try await place.run(
                    "user", "add", "sam", "--email", "sam@firm.example", "--role", "support", "--password-file",
                    password
                ).expectStatus(0)
                let calls = try await place.run("audit", "list", "--action", "call")
                calls.expectStatus(0)
                #expect(!calls.output.contains("{"))
                let read = try #require(calls.lines.first { $0.contains("call.reading") }, "\(calls.output)")
                #expect(read.contains(/(GET|POST|PUT) 127.0.0.1:[0-9]+\/.*, HTTP 20[0-9], [0-9]+ ms$/), "\(read)")
                let added = try await place.run("audit", "list", "--action", "user.add")
                #expect(added.lines.last?.hasSuffix("added as support") == true)
                let row = try await place.run("audit", "list", "--action", "user.add", "--json").rows().last
                #expect(row?["detail"] == .text(#"{"role":"support"}"#))
                try await place.run("login", "--user", "sam", "--password-file", password).expectStatus(0)
                try await place.run("account", "set", "--username", "x", "--password-file", password).expectComplaint(
                    64)
                try await place.run(["account", "set"] + gst + ["--username", "x", "--password-file", password])
                    .expectComplaint(77)
                let refused = try await place.run("audit", "list", "--action", "denied")
                let words =
                    "tried `account set` as support, to change a login; needs operator with the grant edit, or admin"
                #expect(refused.lines.last?.hasSuffix(words) == true, "\(refused.output)")
                #expect(refused.lines.last?.contains("gst/\(gst[3])") == true)
                for (arguments, said) in [
                    (["--outcome", "nonsense"], "nonsense is no outcome of the audit trail: these are: "),
                    (["--action", "nonsense"], "nonsense is no action of the audit trail: these are"),
                    (["--last", "-3"], "--last must be 1 or more"), (["--job", "-3"], "--job must be 1 or more"),
                ] {
                    let run = try await place.run(["audit", "list"] + arguments)
                    run.expectComplaint(64)
                    #expect(run.errors.contains(said), "\(run.errors)")
                }
            }
        }
    }
}
