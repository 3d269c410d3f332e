import Foundation
import Secrets
import Testing

@testable import Services

/// What becomes of a message at a mail server that is not ours.
@Suite(.timeLimit(.minutes(20))) struct SmtpTests {
    @Test func aMessageIsTakenOverStartTlsWithALoginAndArrivesAsWritten() async throws {
        let sending = try await Sending(Place())
        try await sending.succeeds()
        let taken = try sending.server.taken(sending.id)
        let message = try #require(taken.first)
        #expect(taken.count == 1 && message.tls && message.user == MailServerProcess.user)
        #expect(message.from == "desk@firm.example" && message.to == ["asha@firm.example"])
        #expect(message.text == "Your code:\n.\n..dots\n\(sending.code)\nहरिहर Traders\n")
        #expect(message.subject == "Your code" && message.header_to == "asha@firm.example")
    }

    @Test func tlsFromTheFirstByteNeedsNoStartTls() async throws {
        var sending = try await Sending(Place())
        sending.settings.url = "smtps://127.0.0.1:\(sending.server.ports.smtps)"
        sending.settings.startTls = nil
        try await sending.succeeds()
        #expect(try sending.server.taken(sending.id).first?.tls == true)
    }

    @Test func aServerThatWantsALoginSaysThatSettingsLackOne() async throws {
        var sending = try await Sending(Place())
        sending.settings.user = ""
        let refused = try await sending.complaint()
        #expect(refused?.status == .badConfiguration && refused?.remedy.contains("password_file") == true)
    }

    @Test func aWrongPasswordIsAMatterOfSettings() async throws {
        var sending = try await Sending(Place())
        try sending.password("another-5150")
        let refused = try await sending.complaint()
        #expect(refused?.status == .badConfiguration && refused?.what.contains("refused the login") == true)
        #expect(refused?.description.contains("another-5150") == false)
        #expect(try sending.server.taken(sending.id).isEmpty)
    }

    @Test func aServerThatRepeatsThePasswordIsNotQuoted() async throws {
        var sending = try await Sending(Place())
        sending.settings.user = "echo"
        try sending.password("another-5150")
        let refused = try await sending.complaint()
        #expect(refused?.status == .badConfiguration && refused?.why.contains("repeats the login") == true)
        #expect(refused?.description.contains("another-5150") == false)
    }

    @Test func aServerWithoutStartTlsGetsNeitherLoginNorMessage() async throws {
        var sending = try await Sending(Place())
        sending.settings.url = "smtp://localhost:\(sending.server.ports.plain)"
        sending.settings.user = "never-sent"
        let refused = try await sending.complaint()
        #expect(refused?.status == .badConfiguration && refused?.what.contains("STARTTLS") == true)
        #expect(!sending.server.log.contains("never-sent"))
        #expect(try sending.server.taken(sending.id).isEmpty)
    }

    @Test func aServerOnThisMachineMayDoWithoutTls() async throws {
        var sending = try await Sending(Place())
        sending.settings.url = "smtp://localhost:\(sending.server.ports.plain)"
        sending.settings.startTls = nil
        try await sending.succeeds()
        #expect(try sending.server.taken(sending.id).first?.tls == false)
    }

    @Test func aCertificateOfAnotherAuthorityIsRefusedAlsoAfterAGoodSend() async throws {
        let good = try await Sending(Place())
        try await good.succeeds()
        var sending = try await Sending(Place())
        sending.settings.caFile = sending.server.authority("other")
        for url in [sending.settings.url, "smtps://localhost:\(sending.server.ports.smtps)"] {
            sending.settings.url = url
            let refused = try await sending.complaint()
            #expect(refused?.status == .badConfiguration && refused?.remedy.contains("ca_file") == true, "\(url)")
        }
        #expect(try sending.server.taken(sending.id).isEmpty)
    }

    @Test(arguments: [
        ("nobody", Services.ExitStatus.refused, "550 5.1.1 No such user here"),
        ("greylisted", .unavailable, "450 4.2.0 Come back later"),
        ("permanent", .refused, "554 5.7.1 Looks like spam"), ("temporary", .unavailable, "451 4.3.0 Queue is full"),
    ])
    func aRefusalTellsTheServersWordsAndWhetherToSendAgain(
        recipient: String, status: Services.ExitStatus, words: String
    ) async throws {
        let sending = try await Sending(Place())
        let refused = try await sending.complaint(to: recipient)
        #expect(refused?.status == status && refused?.why == words)
    }

    @Test(arguments: ["dies", "silent"])
    func withoutAnAnswerAfterTheEndNobodyKnows(recipient: String) async throws {
        var sending = try await Sending(Place())
        // The server of "dies" answers nothing before its connection ends; only "silent" is waited for.
        sending.patience = recipient == "silent" ? .seconds(8) : .seconds(120)
        let refused = try await sending.complaint(to: recipient)
        #expect(refused?.status == .tryLater && refused?.remedy.contains("may arrive all the same") == true)
        #expect(try sending.server.taken(sending.id).count == 1)
    }

    @Test func silenceBeforeTheMessageMeansThatNothingWasSent() async throws {
        var sending = try await Sending(Place())
        sending.patience = .seconds(2)
        let refused = try await sending.complaint(to: "mute")
        #expect(refused?.status == .unavailable && refused?.remedy.contains("Nothing was sent") == true)
    }

    @Test(arguments: ["smtp://127.0.0.1:1", "smtp://no-such-host.invalid:25"])
    func aServerThatIsNotThereIsUnavailable(url: String) async throws {
        var sending = try await Sending(Place())
        sending.settings.url = url
        let refused = try await sending.complaint()
        #expect(refused?.status == .unavailable && refused?.what.contains("cannot be reached") == true)
    }

    @Test func aCancelledSendSaysWhatIsKnown() async throws {
        let sending = try await Sending(Place())
        let task = Task { try await sending.complaint(to: "silent") }
        while try sending.server.taken(sending.id).isEmpty, !Task.isCancelled { await Task.yield() }
        task.cancel()
        #expect(try await task.value?.status == .tryLater)
    }

    @Test func aServerThatRepeatsTheCodeIsNotQuoted() async throws {
        let sending = try await Sending(Place())
        let refused = try await sending.complaint(to: "echo")
        #expect(refused?.status == .refused && refused?.description.contains(sending.code) == false)
    }
}
