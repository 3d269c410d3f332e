import Domain
import Foundation
import Sandbox
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("A support bundle from the desk", .timeLimit(.minutes(10))) struct SupportFlowTests {
    @Test func `what the screen showed is in the file, masked, and the desk says where it lies`() async throws {
        try await DeskHouse.with { desk in
            let account = try desk.house.account(.gst)
            try await desk.house.register(account, password: account.password)
            let name = desk.house.server.world.business(of: account).name
            desk.press("1")
            try await desk.untilShown(account.username)
            #expect(desk.shows(account.identity.text))
            desk.press(.alt("k"))
            try await desk.untilShown("writes it into")
            #expect(desk.shows("Text of the screen you came from") && desk.shows("GSTIN-"))
            desk.press(.enter)
            try await desk.untilShown("✓ Written")
            let folder = desk.house.folder
            let file = try #require(
                try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".tar.gz") })
            #expect(desk.shows(file))
            let tar = Process()
            tar.executableURL = URL(fileURLWithPath: "/usr/bin/tar")
            tar.arguments = ["-xOzf", "\(folder)/\(file)", "--wildcards", "*/screen.txt"]
            let pipe = Pipe()
            tar.standardOutput = pipe
            try tar.run()
            let screen = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(screen.contains("View/Edit Business Credentials") && screen.contains("GSTIN-"))
            for secret in [account.identity.text, account.username, account.password, name, String(name.prefix(8))] {
                #expect(!screen.lowercased().contains(secret.lowercased()), "\(secret): \(screen)")
            }
            desk.press(.escape)
            try await desk.untilShown(account.username)
        }
    }
}
