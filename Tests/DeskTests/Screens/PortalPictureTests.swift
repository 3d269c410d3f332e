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
        let again = [Sample.waiting(15, followsRefusal: true)]
        try check(try RelayTests.open(size: size.size, rows: again), "relay-again", size)
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        try check(try RelayTests.open(1, size: size.size, user: sam), "relay-support", size)
    }

    @Test(arguments: PictureSize.fitting) func `the sessions of every GSTIN, and the way to one`(size: PictureSize)
        throws
    {
        try check(try SessionsTests.open(2, size: size.size), "sessions-full", size)
        try check(try SessionsTests.open(size: size.size, rows: []), "sessions-empty", size)
        try check(try ConnectTests.open(Sample.connection(isServed: false), size: size.size), "connect-provider", size)
        var secrets = try ConnectTests.open(Sample.connection(missing: ["client_secret", "api_key"]), size: size.size)
        secrets.type("made-up")
        try check(secrets, "connect-credentials", size)
        let off = Sample.job(31, .failed, kind: .verify, cause: .noApiAccess, message: "AUTH4037")
        try check(
            try ConnectTests.open(Sample.connection(.accessOff, job: off), size: size.size), "connect-access", size)
        let waits = Sample.job(31, .needsInput, kind: .verify, cause: .otpRequired, message: "GSTN sent an OTP")
        try check(
            try ConnectTests.open(Sample.connection(.awaitsOtp, job: waits), size: size.size), "connect-otp", size)
        try check(
            try ConnectTests.open(Sample.connection(.open, isVerified: true), size: size.size), "connect-done", size)
        var login = try Bench.editLogin(size: size.size)
        try login.answerLast(.server(IdentityServer(name: "firm-gsp", isGsp: true)))
        try check(login, "login-gsp", size)
    }

    @Test(arguments: PictureSize.fitting) func `coverage of every place, and the records set aside`(size: PictureSize)
        throws
    {
        var coverage = try CoverageTests.open(size: size.size)
        coverage.press(.down, .down)
        try check(coverage, "coverage-full", size)
        let answered = CoverageTests.entries.filter(\.outcome.isAnswer)
        try check(
            try CoverageTests.open(size: size.size, CoverageTests.page(answered, unseen: 0)), "coverage-answered", size)
        try check(try CoverageTests.openStrays(size: size.size), "strays-full", size)
        try check(try CoverageTests.openStrays(size: size.size, []), "strays-empty", size)
        try check(try CoverageTests.openStray(size: size.size), "stray-record", size)
    }

    @Test(arguments: PictureSize.fitting) func `the audit trail, a record of it and what a verification says`(
        size: PictureSize
    ) throws {
        try check(try AuditTests.open(size: size.size), "audit-full", size)
        try check(try AuditTests.open(size: size.size, []), "audit-empty", size)
        try check(try AuditTests.record(size: size.size), "audit-record", size)
        try check(try AuditTests.record(size: size.size, opened: true), "audit-opened", size)
        try check(try AuditTests.verified(size: size.size, nil), "audit-verified", size)
        try check(
            try AuditTests.verified(size: size.size, "record 9 was changed: its hash is another one"), "audit-damaged",
            size)
        try check(try AuditDeedTests.keysScreen(size: size.size), "audit-keys", size)
        try check(try AuditDeedTests.signed(size: size.size), "audit-checkpoint", size)
    }

    @Test(arguments: PictureSize.fitting) func `what a support bundle would hold`(size: PictureSize) throws {
        try check(try SupportTests.open(size: size.size, nil), "support-loading", size)
        var full = try SupportTests.open(size: size.size)
        full.press(.down, .down, .space)
        try check(full, "support-full", size)
        var wrong = try SupportTests.open(size: size.size, nil)
        try wrong.answerLast(
            .failed(Complaint("the database is busy", why: "another program holds it", status: .tryLater)))
        try check(wrong, "support-error", size)
        full.press(.enter)
        try full.answerLast(
            .supportWritten(
                .init(
                    id: "93465eda", path: "/exports/portaldesk-support-20261121-1842-93465eda.tar.gz",
                    byteCount: 31_204, sha256: "0a1b")))
        try check(full, "support-written", size)
    }

    @Test(arguments: PictureSize.fitting) func `failures folded by cause`(size: PictureSize) throws {
        try check(try FailuresTests.open(1, size: size.size), "failures-full", size)
        var asked = try FailuresTests.open(size: size.size)
        asked.press("a")
        try check(asked, "failures-question", size)
    }

    @Test(arguments: PictureSize.fitting) func `GSTN actions, their evidence, and the strip of what stands open`(
        size: PictureSize
    ) throws {
        try check(try OperationsTests.open(size: size.size), "operations-full", size)
        try check(try OperationsTests.open(size: size.size, []), "operations-empty", size)
        try check(try OperationsTests.evidence(size: size.size), "operation-evidence", size)
        var summary = Sample.summary
        summary.actions = OperationsTests.standing
        try check(Bench(size: size.size, summary: summary), "portals-actions", size)
    }

    @Test(arguments: PictureSize.fitting) func `e-invoices, drafts, and the questions before anything leaves`(
        size: PictureSize
    ) throws {
        try check(try EInvoicesTests.registered(size: size.size), "einvoices-full", size)
        try check(try EInvoicesTests.open(size: size.size, []), "einvoices-empty", size)
        try check(try EInvoicesTests.page(size: size.size), "einvoice-page", size)
        var cancel = try EInvoicesTests.registered(size: size.size)
        cancel.press("X")
        try check(cancel, "einvoice-cancel", size)
        var drafts = try EInvoicesTests.drafts(size: size.size)
        drafts.press(.home)
        try check(drafts, "drafts-full", size)
        drafts.press("s")
        try check(drafts, "drafts-question", size)
        drafts.press(.escape, .enter)
        try check(drafts, "draft-findings", size)
        var qr = try EInvoicesTests.page(size: size.size, hasQr: true)
        qr.press(.enter)
        try check(qr, "einvoice-qr", size)
        qr.press("+", "+")
        try check(qr, "einvoice-qr-part", size)
    }

    @Test(arguments: PictureSize.fitting)
    func `bills that go on together, warnings that scroll, and what a portal shows`(
        size: PictureSize
    ) throws {
        var trip = try TripTests.marked(size: size.size)
        trip.press("c")
        try check(trip, "ewaybill-consolidate", size)
        try check(try AskingTests.offered(40, size: size.size), "ewaybill-warnings", size)
        try check(try TripTests.fetched(size: size.size), "einvoice-fetched", size)
        try check(try TripTests.checked(size: size.size), "provider-files", size)
    }

    @Test(arguments: PictureSize.fitting) func `e-way bills, the form that extends one, and its question`(
        size: PictureSize
    ) throws {
        try check(try EWayBillsTests.expiring(size: size.size), "ewaybills-full", size)
        try check(try EWayBillsTests.open(size: size.size, []), "ewaybills-empty", size)
        var form = try EWayBillsTests.extending(size: size.size)
        try check(form, "ewaybill-extend", size)
        form.press(.escape, "v")
        try check(form, "ewaybill-vehicle", size)
        var summary = Sample.summary
        (summary.bills, summary.actions) = (Sample.watch, OperationsTests.standing)
        try check(Bench(size: size.size, summary: summary), "portals-bills", size)
    }
}
