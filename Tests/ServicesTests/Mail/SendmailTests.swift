import Foundation
import Secrets
import Testing

@testable import Services

/// Mail through a program of the sendmail kind; here a few lines of shell.
@Suite(.timeLimit(.minutes(20))) struct SendmailTests {
    private func program(_ place: Place, _ script: String) throws -> String {
        let path = try place.file("sendmail", "#!/bin/sh\ncd \(place.folder)\n\(script)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    private func refusal(
        _ script: String, limit: Duration = .seconds(20), place: Place? = nil
    ) async throws -> Complaint? {
        let place = try place ?? Place()
        let transport = SendmailTransport(program: try program(place, script), limit: limit)
        let letter = try await Sending(place).letter()
        return await complaint { try await transport.deliver(letter) }
    }

    private func text(_ place: Place, _ name: String) throws -> String {
        try String(contentsOfFile: "\(place.folder)/\(name)", encoding: .utf8)
    }

    @Test func theProgramGetsTheMessageOnItsInputAndAddressesAlone() async throws {
        let place = try Place()
        let script = "for word; do echo \"$word\"; done > arguments; env > environment; cat > message"
        #expect(try await refusal(script, place: place) == nil)
        #expect(try text(place, "arguments") == "-i\n-f\ndesk@firm.example\n--\nasha@firm.example\n")
        let message = try text(place, "message")
        #expect(message.contains("\n\nYour code:\n.\n..dots\n81726354\n") && !message.contains("\r"))
        #expect(try !text(place, "environment").contains("81726354"))
    }

    @Test(arguments: [
        (75, Services.ExitStatus.unavailable), (69, .unavailable), (67, .refused), (1, .refused),
        (78, .badConfiguration),
    ])
    func aProgramThatFailsIsQuotedWithItsStatus(status: Int, expected: Services.ExitStatus) async throws {
        let refused = try await refusal("cat > /dev/null; echo 'mailbox on fire' >&2; exit \(status)")
        #expect(refused?.status == expected)
        #expect(refused?.why == "exit status \(status): mailbox on fire")
    }

    @Test func aProgramThatRepeatsTheMessageIsNotQuoted() async throws {
        let refused = try await refusal("cat >&2; exit 70")
        #expect(refused?.status == .refused && refused?.description.contains("81726354") == false)
    }

    @Test func aProgramThatHangsIsEndedWithItsChildrenAndNobodyKnows() async throws {
        let place = try Place()
        // The child keeps the pipe of the standard error open: its end is the proof that it is gone.
        let script = "mkfifo alive; (exec 3> alive; exec sleep 1000) & cat > /dev/null; echo ready > fed; wait"
        let refused = try await refusal(script, limit: .seconds(5), place: place)
        #expect(refused?.status == .tryLater && refused?.remedy.contains("may arrive all the same") == true)
        // No writer is left: opening to read without waiting gives the end at once.
        let alive = open("\(place.folder)/alive", O_RDONLY | O_NONBLOCK)
        defer { close(alive) }
        var byte: UInt8 = 0
        #expect(alive >= 0 && read(alive, &byte, 1) == 0)
    }

    @Test func aProgramThatEndsWithoutReadingIsNoTrapForUs() async throws {
        #expect(try await refusal("exec 0<&-; exit 71")?.status == .unavailable)
    }

    @Test func aProgramThatCannotRunIsAMatterOfSettings() async throws {
        let place = try Place()
        let plain = try place.file("plain", "no program")
        for path in ["\(place.folder)/absent", plain, place.folder] {
            let settings = "[mail]\ntransport = \"sendmail\"\nsendmail = \"\(path)\"\n"
            let workspace = try await Place().workspace(settings: settings)
            #expect(workspace.mail.readiness()?.status == .badConfiguration, "\(path)")
            #expect(workspace.mail.readiness()?.what.contains(path) == true)
        }
    }
}
