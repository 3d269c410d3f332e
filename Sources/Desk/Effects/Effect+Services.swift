import Domain
import Services
import TerminalKit

// Each effect that reaches the workspace is one call of a service: what a screen can do, a command can do.
extension Effect {
    var ticket: Ticket? {
        switch self {
        case .loadActivity(_, let ticket), .countActivity(_, let ticket), .loadAccounts(_, let ticket),
            .loadAccount(_, let ticket),
            .loadJob(_, let ticket), .loadJobLog(_, let ticket), .loadNotices(_, let ticket),
            .loadDossier(_, let ticket), .loadDueDays(_, let ticket), .work(_, let ticket),
            .addNotice(_, let ticket),
            .loadBusinesses(_, let ticket), .fetch(_, let ticket), .planFetch(_, let ticket),
            .fetchPortal(_, let ticket), .retry(_, let ticket),
            .cancel(_, let ticket), .saveLogin(_, _, _, let ticket), .verify(_, let ticket),
            .saveBusiness(_, _, let ticket),
            .removeBusiness(_, let ticket), .importBusinesses(_, let ticket), .saveLog(_, _, _, let ticket),
            .exportNotices(_, _, _, let ticket), .saveDocuments(_, _, let ticket), .markSeen(_, let ticket),
            .requestCode(_, _, let ticket), .enterCode(_, _, let ticket), .loadInbox(let ticket),
            .loadHistory(_, let ticket), .undoUsername(_, let ticket),
            .openAuthenticator(let ticket), .confirmAuthenticator(_, let ticket), .removeAuthenticator(_, let ticket),
            .relay(_, let ticket), .gsp(_, let ticket), .loadCoverage(_, let ticket), .loadStrays(_, let ticket),
            .loadStray(_, let ticket), .failures(_, let ticket), .schedules(_, let ticket), .authority(_, let ticket),
            .providers(_, let ticket), .operations(_, let ticket), .apiUsers(_, let ticket), .eInvoices(_, let ticket),
            .eWayBills(_, let ticket), .tds(_, let ticket), .audit(_, let ticket), .support(_, let ticket):
            ticket
        default: nil
        }
    }

    /// A page of a list when it can be had without waiting. One with a text to look for cannot: the letter that was
    /// typed is to be seen at once, its hits when they are found.
    func page(from workspace: Workspace) -> Loaded? {
        switch self {
        case .loadActivity(let query, _) where query.filter.identityPrefix == nil && query.filter.businessText == nil:
            workspace.atOnce(query).map { .activity($0) }
        case .loadAccounts(let query, _) where (query.text ?? "").isEmpty: workspace.atOnce(query).map { .accounts($0) }
        case .loadNotices(let query, _) where (query.text ?? "").isEmpty: workspace.atOnce(query).map { .notices($0) }
        case .loadBusinesses(let query, _) where (query.text ?? "").isEmpty:
            workspace.atOnce(query).map { .businesses($0) }
        default: nil
        }
    }

    /// Whether a page must be looked for.
    var isSearch: Bool {
        switch self {
        case .loadActivity, .loadAccounts, .loadNotices, .loadBusinesses: true
        default: false
        }
    }

    /// nil when nothing is to be told.
    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded? {
        switch self {
        case .loadActivity(let query, _): return .activity(try await workspace.sync.activity(query))
        case .countActivity(let filter, _): return .activityTotal(try await workspace.sync.total(filter))
        case .loadAccounts(let query, _): return .accounts(try await workspace.credentials.accounts(query))
        case .loadAccount(let identity, _): return .account(try await workspace.credentials.account(identity))
        case .loadJob(let id, _): return .job(try await workspace.sync.job(id))
        case .loadJobLog(let id, _):
            let log = try await workspace.sync.log(id)
            return .jobLog(log.job, log.entries)
        case .loadNotices(let query, _): return .notices(try await workspace.notices.page(query))
        case .loadDossier(let id, _): return .dossier(try await workspace.notices.dossier(id))
        case .loadDueDays(let query, _): return .dueDays(try await workspace.notices.dueDays(query))
        case .loadBusinesses(let query, _): return .businesses(try await workspace.businesses.page(query))
        default: return try await done(in: workspace)
        }
    }

    private func done(in workspace: Workspace) async throws(Complaint) -> Loaded? {
        switch self {
        case .fetch(let identities, _):
            return .triggered(try await workspace.sync.trigger(.fetch, identities, by: .desk))
        case .planFetch(let portal, _): return .fetchPlan(try await workspace.sync.planAll(portal))
        case .fetchPortal(let portal, _): return .triggered(try await workspace.sync.triggerAll(portal, by: .desk))
        case .verify(let identities, _):
            return .triggered(try await workspace.sync.trigger(.verify, identities, by: .desk))
        case .retry(let ids, _): return Self.told(try await workspace.sync.retry(ids), "queued again")
        case .cancel(let ids, _): return Self.told(try await workspace.sync.cancel(ids), "cancelled")
        case .saveLogin(let identity, let username, let password, _):
            try await workspace.credentials.setLogin(identity, username: username, password: password)
            let result = try await workspace.sync.trigger(.verify, [identity], by: .credential)
            if let refusal = result.refused.first { return .told("Saved, not verified", detail: refusal.reason) }
            return .loginSaved(verifyJob: result.ids.first)
        case .saveBusiness(let edit, let existing, _):
            try await workspace.businesses.save(edit, existing: existing)
            return .done("\(edit.name) saved")
        case .removeBusiness(let id, _):
            try await workspace.businesses.remove(id)
            return .done("Removed")
        case .importBusinesses(let file, _):
            return .imported(
                try await workspace.businesses.importSheet(file: workspace.path(typed: file), dryRun: false))
        default: return try await written(from: workspace)
        }
    }

    private func written(from workspace: Workspace) async throws(Complaint) -> Loaded? {
        switch self {
        case .saveLog(let id, let file, let replaces, _):
            if !replaces, workspace.hasFile(at: workspace.path(typed: file)) { return .fileExists(file) }
            try await workspace.sync.saveLog(id, to: workspace.path(typed: file))
            return .done("Log saved to \(file)")
        case .work(let deed, _): return .done(try await deed.carryOut(in: workspace.notices))
        case .addNotice(let entry, _):
            _ = try await workspace.notices.add(entry)
            return .done("The notice is entered")
        case .exportNotices(let query, let file, let replaces, _):
            if !replaces, workspace.hasFile(at: workspace.path(typed: file)) { return .fileExists(file) }
            let count = try await workspace.notices.export(
                query, format: .init(fileName: file), to: .file(workspace.path(typed: file), replaces: true))
            return .done("\(Counted.text(count, "notice")) written to \(file)")
        case .saveDocuments(let id, let folder, _):
            let (saved, refused) = try await workspace.notices.saveDocuments(of: id, to: workspace.path(typed: folder))
            return Self.told(saved, refused, folder)
        case .markSeen(let ids, _):
            do {
                try await workspace.notices.markSeen(ids)
            } catch  where error.status == .notPermitted {
                // Who may only look leaves no mark.
            }
            return nil
        case .requestCode(let identity, let reason, _):
            return .challenge(try await workspace.reveal.begin(identity, reason: reason))
        case .enterCode(let challenge, let code, _):
            return .revealed(try await workspace.reveal.confirm(challenge, code: code))
        case .loadHistory(let identity, _): return .history(try await workspace.credentials.history(identity))
        case .undoUsername(let identity, _):
            let name = try await workspace.credentials.undoUsername(identity)
            return .done("The user name is \(HarmlessText.line(name, limit: 60)) again; verify it")
        case .support(let wish, _): return try await wish.loaded(from: workspace)
        case .tds(let want, _): return try await want.loaded(from: workspace)
        case .loadInbox: return .inbox(try await workspace.mail.inbox())
        default: return try await ofPortals(in: workspace)
        }
    }

    private static func told(_ saved: [SavedDocument], _ refused: [Complaint], _ folder: String) -> Loaded {
        if saved.isEmpty, !refused.isEmpty {
            let why = refused.map(\.description).joined(separator: ". ")
            return .failed(Complaint("no document was saved", why: why, status: .badData))
        }
        let text = "\(Counted.text(saved.count, "document")) saved in \(folder)"
        let remarks = saved.filter { !$0.remark.isEmpty }.map { document in
            "\(document.file.split(separator: "/").last ?? "") \(document.remark)"
        }
        let rest = remarks + refused.map(\.description)
        return rest.isEmpty ? .done(text) : .told(text, detail: rest.joined(separator: ". "))
    }

    private static func told(_ verdicts: [SyncService.Verdict], _ word: String) -> Loaded {
        let accepted = verdicts.filter(\.isAccepted).count
        if let refused = verdicts.first(where: { !$0.isAccepted }), accepted == 0 {
            return .failed(Complaint("Job \(refused.id) was not \(word)", why: refused.text, status: .refused))
        }
        let rest = verdicts.count - accepted
        return .done("\(Counted.text(accepted, "job")) \(word)\(rest > 0 ? ", \(rest.grouped) not" : "")")
    }
}
