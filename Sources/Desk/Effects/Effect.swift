import Domain
import Secrets
import Services
import TerminalKit

/// Something that `update` wants done in the world. A value: tests compare it, the runner carries it out.
public enum Effect: Sendable, Equatable {
    // Reading; each comes back as `Loaded` with the same ticket.
    case loadSummary
    case loadActivity(ActivityQuery, Ticket)
    case countActivity(ActivityFilter, Ticket)
    case loadAccounts(AccountQuery, Ticket)
    case loadAccount(PortalIdentity, Ticket)
    case loadJob(JobId, Ticket)
    case loadJobLog(JobId, Ticket)
    case loadNotices(NoticeQuery, Ticket)
    case loadDossier(NoticeId, Ticket)
    case loadDueDays(NoticeQuery, Ticket)
    case loadBusinesses(BusinessQuery, Ticket)

    // Doing; each comes back as `Loaded.done` or a more telling case.
    case fetch([PortalIdentity], Ticket)
    /// What `fetchPortal` would queue; comes back as `fetchPlan`.
    case planFetch(Portal?, Ticket)
    case fetchPortal(Portal?, Ticket)
    case retry([JobId], Ticket)
    case cancel([JobId], Ticket)
    case saveLogin(PortalIdentity, username: String, password: SecretBytes?, Ticket)
    case verify([PortalIdentity], Ticket)
    case saveBusiness(BusinessEdit, existing: BusinessId?, Ticket)
    case removeBusiness(BusinessId, Ticket)
    case importBusinesses(file: String, Ticket)
    /// `replaces`: a file of that name may be written over; else its standing there comes back as `fileExists`.
    case saveLog(JobId, file: String, replaces: Bool, Ticket)
    case exportNotices(NoticeQuery, file: String, replaces: Bool, Ticket)
    case saveDocuments(NoticeId, folder: String, Ticket)
    case markSeen([NoticeId], Ticket)
    case work(NoticeDeed, Ticket)
    case addNotice(NoticeEntry, Ticket)
    case requestCode(PortalIdentity, reason: String, Ticket)
    case enterCode(RevealService.Challenge, SecretBytes, Ticket)
    case hidePassword(PortalIdentity)
    case loadInbox(Ticket)
    case loadHistory(PortalIdentity, Ticket)
    case undoUsername(PortalIdentity, Ticket)
    /// Makes a secret for an authenticator app unless one counts already.
    case openAuthenticator(Ticket)
    case confirmAuthenticator(SecretBytes, Ticket)
    case removeAuthenticator(SecretBytes, Ticket)
    case abandonAuthenticator
    case remember(DeskSetting, String)
    /// For this run of the desk only.
    case keepDrafts(DraftChoice)
    case relay(RelayWish, Ticket)
    case gsp(GspWish, Ticket)
    case loadCoverage(CoverageQuery, Ticket)
    case loadStrays(StrayQuery, Ticket)
    case loadStray(StrayId, Ticket)
    case failures(FailureWish, Ticket)
    case schedules(ScheduleWish, Ticket)
    case authority(AuthorityWish, Ticket)
    case providers(ProviderWish, Ticket)
    case operations(OperationWish, Ticket)
    case apiUsers(ApiUserWish, Ticket)
    case tds(TdsWant, Ticket)
    case eInvoices(EInvoiceWish, Ticket)
    case eWayBills(EWayBillWish, Ticket)
    case audit(AuditWish, Ticket)
    case support(SupportWish, Ticket)

    // The terminal and the stack of screens.
    case copy(String)
    case push(ScreenKind)
    /// Takes the marks of the list below away: what they were set for is done.
    case unmark
    case pop
    case replace(ScreenKind)
    case toast(Toast)
    /// `isLong`: what went wrong is read longer.
    case expireToast(Int, isLong: Bool)
    case ask(Question)
    case prompt(Prompt)
    case openMenu(ActionsMenu)
    case suspend, redraw, quit
    /// Proves a password and opens the vault; comes back as `loggedIn` or `loginFailed`.
    case logIn(String, SecretBytes)
    /// After a session was taken up: the keys that its person holds come into this process, off the first paint.
    case openVault
    /// The first paint told from a glance whether a simulation is behind the desk; this makes sure.
    case checkSimulation(shown: Bool)
    /// - Parameter idleSince: when this desk was touched last, where it locks by itself; nil where a person locks it.
    case wipeKeys(idleSince: Instant?)
    case logOut
    case lock, unlocked
    case setMouse(Bool)
}

/// Names one request, so that a late answer to an older one is dropped.
public struct Ticket: Hashable, Sendable {
    public let screen: Int
    public let number: Int
    /// Number of a question to an authority.
    static let awaited = -103
    /// Whether the answer may take so long that it is told wherever somebody has gone meanwhile.
    public let isAwaited: Bool

    public init(screen: Int, number: Int, isAwaited: Bool = false) {
        self.screen = screen
        self.number = number
        self.isAwaited = isAwaited
    }
}

/// What comes back from the world.
public enum Loaded: Sendable {
    case activity(ActivityPage)
    case activityTotal(Int)
    case accounts(AccountPage)
    case account(PortalAccount?)
    case job(Job?)
    case jobLog(Job, [JobLogEntry])
    case notices(NoticePage)
    case dossier(NoticeDossier?)
    case dueDays([DueDayCount])
    case businesses(BusinessPage)
    /// Jobs that a trigger made or found, in the order asked for.
    case triggered(SyncService.Triggered)
    case fetchPlan(SyncService.FetchPlan)
    /// A login was stored; the job verifies it.
    case loginSaved(verifyJob: JobId?)
    case imported(ImportSummary)
    case challenge(RevealService.Challenge)
    case revealed(RevealService.Revealed)
    case inbox([InboxMail])
    case history([Happening])
    case waiting(WaitingPage)
    case question(RelayService.Question)
    case standings(GspService.StandingPage)
    case connection(GspService.Connection)
    case server(IdentityServer?)
    case coverage(CoveragePage)
    case strays(StrayPage)
    case audit(AuditPage)
    case auditRecord(AuditDossier)
    case verified(TrailService.Report)
    case auditPaper(AuditPaper)
    /// The trail goes on by somebody's word.
    case trailResumed(AuditPaper)
    case auditKeys([TrailService.SigningKey])
    /// So many records of the trail are read.
    case readingTrail(done: Int64, total: Int64)
    case stray(StrayService.Record)
    case operations(OperationPage, OperationStanding)
    case operation(OperationService.Evidence)
    case eInvoices(EInvoicePage)
    case eInvoice(EInvoiceService.Dossier)
    case eWayBills(EWayBillPage)
    case eWayBill(KeptBill)
    case readBill(ReadBill)
    case surveyed(InvoiceSurvey)
    /// So many of the files or documents that are read are checked.
    case surveying(done: Int, total: Int)
    case surveyedBill(EWayBillService.Survey)
    case queued(InvoiceBatch.Queued)
    case planned(ActionPlan)
    case verdict(SignedVerdict)
    case readInvoice(ReadInvoice)
    case failures(FailuresFound)
    case retried(FailureService.Retried)
    case schedules(ScheduleService.Overview)
    case scheduleRemoved(Schedule)
    case providers([ProviderStanding], broken: [String])
    case providerFiles([CheckedProviderFile])
    case apiUsers([ApiUserService.Entry], providers: [String])
    case tdsRequests([TdsRequest])
    case tdsDraft(TdsRequestService.Draft)
    case providerAnswers(String, [ProviderService.Answer])
    case authorities([PortalIdentity: AuthorityService.Standing])
    case supportBundle(SupportBundle)
    /// So much of it is masked.
    case collectingBundle(percent: Int)
    /// What masks stand for.
    case supportText(SupportText)
    case supportWritten(SupportService.Written)
    case authenticator(AuthenticatorFound, isAskedFor: Bool)
    /// Nothing was written, for this file stands there already.
    case fileExists(String)
    case done(String)
    /// Done, and there is something to be known about it.
    case told(String, detail: String)
    case failed(Complaint)
}
