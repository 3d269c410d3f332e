import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Screens of the portals look as drawn in Goldens/") struct PortalPictureTests {
    private func check(_ bench: Bench, _ name: String, _ size: PictureSize) throws {
        try Golden.check(bench.canvas, "\(name)-\(size.rawValue)")
    }

    @Test(arguments: PictureSize.fitting) func `the relay draws the captcha above the field`(size: PictureSize) throws {
        var captcha = try RelayTests.open(1, size: size.size)
        captcha.type("A7K")
        try check(captcha, "relay-captcha", size)
        try check(try RelayTests.open(size: size.size), "relay-otp", size)
        try check(try RelayTests.open(size: size.size, rows: []), "relay-empty", size)
        var late = try RelayTests.open(size: size.size)
        late.pass(60)
        late.input(.tick)
        try check(late, "relay-late", size)
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        try check(try RelayTests.open(1, size: size.size, user: sam), "relay-support", size)
    }
}
