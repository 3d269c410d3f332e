import Domain
import Services
import TerminalKit

@testable import Desk

/// Invented data that never changes: the clock stands at 20-11-2026 18:42:00 in India.
enum Sample {
    static let password = "made-up desk password"
    static let asha = Person(name: "asha", email: "asha@firm.example", role: .admin)
    static let utcOffset = 19_800
    static let now = TimeText.instant(rfc3339: "2026-11-20T13:12:00Z") ?? Instant(seconds: 0)

    static let wide = Size(columns: 120, rows: 40)
    static let narrow = Size(columns: 80, rows: 24)
    static let tiny = Size(columns: 60, rows: 15)

    static let businesses = [
        "Harihar & Co", "Prime Traders Private Limited", "Blue Lotus Exports", "हिन्दी व्यापार मंडल", "O'Neil Foods LLP",
        "Kaveri Silks", "Mandovi Fisheries", "Sundar Auto Components",
    ]
    static let gstins = [
        "09AAFHH6756K1ZQ", "27AABCP0001K1ZW", "29AAGCB1286Q1Z0", "07AADCH4412M1ZB", "33AAKFO7781R1Z5",
        "36AAEFK2290L1ZC", "30AAHCM9915P1Z3", "24AAJCS6603N1Z8",
    ]

    static func identity(_ index: Int, _ portal: Portal = .gst) -> PortalIdentity {
        let gstin = gstins[index % gstins.count]
        switch portal {
        case .gst: return PortalIdentity(stored: .gst, gstin)
        case .incomeTax: return PortalIdentity(stored: .incomeTax, String(gstin.dropFirst(2).prefix(10)))
        case .traces: return PortalIdentity(stored: .traces, "DEL\(gstin.dropFirst(2).prefix(1))1234\(index % 10)B")
        }
    }

    static func job(
        _ id: Int64, _ status: JobStatus, kind: JobKind = .fetch, portal: Portal = .gst, cause: Cause? = nil,
        message: String = "", progress: Int? = nil
    ) -> Job {
        let index = Int(id) % businesses.count
        let created = now - .seconds(Int64(60 * (100 - id)))
        let hasStarted = status != .queued
        return Job(
            id: JobId(id), accountId: AccountId(Int64(index)), identity: identity(index, portal),
            business: businesses[index], kind: kind, status: status, trigger: .desk, attempt: hasStarted ? 1 : 0,
            createdAt: created, startedAt: hasStarted ? created + .seconds(1) : nil,
            completedAt: status.isFinished ? created + .seconds(9) : nil,
            nextTryAt: status == .retrying ? now + .seconds(300) : nil, cause: cause, message: message,
            progress: progress, noticesNew: status == .done ? 2 : 0)
    }

    /// One row of every kind.
    static let jobs: [Job] = [
        job(20, .running, progress: 40), job(19, .queued, portal: .traces), job(18, .done),
        job(17, .failed, portal: .incomeTax, cause: .wrongPassword, message: "EF00027 Invalid Password"),
        job(16, .retrying, portal: .incomeTax, cause: .portalDown, message: "503 Service Unavailable"),
        job(15, .needsInput, portal: .traces, cause: .captchaRequired), job(14, .cancelled),
        job(13, .done, kind: .verify), job(12, .running, kind: .verify), job(11, .needsInput, cause: .otpRequired),
    ]

    static func page(_ rows: [Job] = jobs, page: Int = 1, total: Int? = 4_884, perPage: Int = 20) -> ActivityPage {
        ActivityPage(
            rows: rows, page: page, pageCount: total.map { max(1, ($0 + perPage - 1) / perPage) }, total: total,
            firstSerial: rows.isEmpty ? 0 : (page - 1) * perPage + 1)
    }

    /// Twenty finished jobs with falling numbers.
    static func fullPage(from first: Int64 = 90) -> [Job] { (0..<20).map { job(first - $0, .done) } }

    static let summary: DeskSummary = {
        var gst = PortalSummary(portal: .gst)
        (gst.accounts, gst.verified, gst.configured, gst.attention) = (74, 71, 74, 3)
        (gst.lastFetchAt, gst.unseenNotices, gst.dueSoon, gst.overdue) = (now - .seconds(120), 3, 2, 1)
        (gst.isProviderOk, gst.providerAt, gst.answeredPlaces) = (true, now, gst.places)
        var tax = PortalSummary(portal: .incomeTax)
        (tax.accounts, tax.verified, tax.configured) = (70, 68, 69)
        (tax.lastFetchAt, tax.isProviderOk, tax.answeredPlaces) = (now - .seconds(86_400), false, tax.places - 3)
        tax.providerMessage = "the bridge answered 503 Service Unavailable for the third time"
        var traces = PortalSummary(portal: .traces)
        (traces.accounts, traces.configured) = (12, 12)
        return DeskSummary(
            portals: [gst, tax, traces], jobs: [.running: 2, .queued: 14, .done: 4_867, .needsInput: 1])
    }()

    static func account(
        _ index: Int, _ status: AccountStatus = .verified, reason: Cause? = nil, hasLogin: Bool = true
    ) -> PortalAccount {
        PortalAccount(
            id: AccountId(Int64(index + 1)), identity: identity(index), businessId: BusinessId(Int64(index + 1)),
            business: businesses[index % businesses.count], username: hasLogin ? "user.\(1_000 + index)" : nil,
            isPasswordSet: hasLogin, status: status, reason: status == .verified ? nil : reason ?? .neverChecked,
            reasonMessage: reason == .wrongPassword ? "Invalid Password, please retry." : "",
            checkedAt: reason == .neverChecked || !hasLogin ? nil : now - .seconds(660))
    }

    static let accounts = [
        account(0), account(1, .notVerified, reason: .wrongPassword), account(2, .notVerified, reason: .neverChecked),
        account(3, .notVerified, hasLogin: false), account(4, .notVerified, reason: .locked), account(5),
    ]

    static func accountPage(_ rows: [PortalAccount] = accounts, page: Int = 1, total: Int? = nil) -> AccountPage {
        let total = total ?? rows.count
        return AccountPage(
            rows: rows, page: page, pageCount: max(1, (total + 19) / 20), total: total,
            firstSerial: (page - 1) * 20 + 1, verified: 2, attention: 3)
    }

    static func notice(
        _ id: Int64, due: String?, state: NoticeState = .open, portal: Portal = .gst, basis: DueBasis = .portal
    ) -> Notice {
        var facts = NoticeFacts(
            externalKey: "key-\(id)", place: portal.places[0], reference: "ZD27092600\(1_000 + id)F", form: "DRC-01",
            section: "73", summary: "Show cause notice: tax short paid in the period, with interest and penalty.",
            period: "092026", issuedOn: LegalDate("2026-10-23"), dueOn: due.flatMap { LegalDate($0) }, dueBasis: basis,
            demand: Rupees("412300.00"), state: state, rawState: "PENDING")
        if id % 2 == 1 {
            facts.documents = [
                NoticeDocument(
                    externalId: "d1", name: "notice.pdf", mediaType: "application/pdf", byteCount: 1_200, sha256: "ab"),
                NoticeDocument(externalId: "d2", name: "annexure.pdf", mediaType: "application/pdf", byteCount: 900),
            ]
        }
        return Notice(
            id: NoticeId(id), accountId: AccountId(1), identity: identity(Int(id), portal),
            business: businesses[Int(id) % businesses.count], facts: facts, firstSeenAt: now - .seconds(864_000),
            lastSeenAt: now, version: 2)
    }

    static let notices = [
        worked, notice(2, due: "2026-11-22", portal: .incomeTax, basis: .computed),
        notice(3, due: "2026-12-30", state: .partlyReplied, basis: .manual), notice(4, due: nil, portal: .traces),
        notice(5, due: "2026-10-01", state: .closed), notice(6, due: "2026-10-02", state: .withdrawn),
    ]

    /// Overdue, with all that people may add.
    static let worked: Notice = {
        var worked = notice(1, due: "2026-11-18")
        worked.work = NoticeWork(assignee: "ravi", tags: ["appeal", "urgent"], noteCount: 1)
        return worked
    }()

    static let dossier = NoticeDossier(
        notice: worked,
        changes: [
            NoticeChange(at: now - .seconds(300_000), version: 2, field: "due_on", old: "2026-11-11", new: "2026-11-18")
        ],
        notes: [
            NoticeNote(
                at: now - .seconds(200_000), author: "ravi",
                text: "Asked the officer for an adjournment; he wants it in writing.")
        ],
        deeds: [
            .init(at: now - .seconds(200_000), who: "ravi", what: "wrote a note"),
            .init(at: now - .seconds(100_000), who: "asha", what: "gave it to ravi"),
        ])

    static let dueDays = [
        DueDayCount(day: LegalDate(dayNumber: 20_767), open: 2, settled: 1),
        DueDayCount(day: LegalDate(dayNumber: 20_769), open: 0, settled: 3),
        DueDayCount(day: LegalDate(dayNumber: 20_777), open: 5, settled: 0),
        DueDayCount(day: LegalDate(dayNumber: 20_785), open: 14, settled: 2),
        DueDayCount(day: LegalDate(dayNumber: 20_792), open: 1, settled: 0),
    ]

    static func noticePage(_ rows: [Notice] = notices) -> NoticePage {
        NoticePage(
            rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: 1, unseen: Set(rows.prefix(2).map(\.id)))
    }

    static func business(_ index: Int) -> Business {
        let gstin = gstins[index % gstins.count]
        return Business(
            id: BusinessId(Int64(index + 1)), name: businesses[index % businesses.count],
            pan: try? Pan(String(gstin.dropFirst(2).prefix(10))), gstins: index == 1 ? [gstin, gstins[0]] : [gstin],
            tans: index % 3 == 0 ? ["DELA1234\(index)B"] : [], group: index % 2 == 0 ? "Retail" : "")
    }

    static func businessPage(_ count: Int = 8, total: Int? = nil) -> BusinessPage {
        BusinessPage(
            rows: (0..<count).map(business), page: 1, pageCount: max(1, ((total ?? count) + 19) / 20),
            total: total ?? count, firstSerial: 1)
    }

    static let complaint = Complaint(
        "the workspace is locked", why: "another program holds it", remedy: "Try again in a moment", status: .tryLater)

    static let log: [JobLogEntry] = [
        entry(1, 0, .info, "claim", "attempt 1 by worker 3f9a"),
        entry(2, 210, .info, "login", "user check: account found, type COMPANY"),
        entry(3, 5_222, .warning, "login", "waited 5.0 s before the second step, as the portal asks"),
        entry(4, 6_907, .error, "login", "EF00027 (ERROR) Invalid Password, please retry.", "POST /login\nHTTP 401"),
    ]

    static func entry(
        _ number: Int, _ after: Int64, _ level: LogLevel, _ step: String, _ message: String, _ detail: String = ""
    ) -> JobLogEntry {
        JobLogEntry(
            sequence: number, at: now - .seconds(4_979) + .milliseconds(after), level: level, step: step,
            message: message, detail: detail)
    }
}
