import Domain
import Secrets
import Store
import Vault

extension CredentialService {
    /// Stores the logins of a spreadsheet without verifying them. Good rows are kept, bad ones named with their line.
    ///
    /// - Parameters:
    ///   - takesHanded: whether `-` is standard input, and a pipe that the shell opened is read.
    ///   - progress: told how many rows of how many are done.
    /// - Returns: `extended` counts the logins that were stored.
    public func importSheet(
        file: String, dryRun: Bool, takesHanded: Bool = false, progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(Complaint) -> ImportSummary {
        let doer = try await workspace.permit(.editCredential)
        let sheet = try await OwnThread.run { () throws(Complaint) in
            try LoginSheet(CsvText(bytes: SheetFile.read(file, takesHanded: takesHanded), file: file), file: file)
        }
        var summary = ImportSummary(rows: sheet.logins.count + sheet.refusals.count)
        summary.refusals = sheet.refusals
        var done = sheet.refusals.count
        // In one piece when it is undone: rows of one sheet may concern one another.
        let step = dryRun ? max(sheet.logins.count, 1) : 200
        for start in stride(from: 0, to: sheet.logins.count, by: step) {
            let part = Array(sheet.logins[start..<min(start + step, sheet.logins.count)])
            for (login, outcome) in zip(part, try await store(part, dryRun: dryRun, by: doer)) {
                switch outcome {
                case .stored: summary.extended += 1
                case .unchanged: summary.unchanged += 1
                case .refused(let reason): summary.refusals.append(.init(line: login.line, reason: reason))
                }
            }
            done += part.count
            progress(done, summary.rows)
        }
        summary.refusals.sort { $0.line < $1.line }
        return summary
    }

    private enum Outcome: Sendable { case stored, unchanged, refused(String) }
    private struct DryRunOver: Error { var outcomes: [Outcome] }

    private func store(
        _ part: [LoginSheet.Login], dryRun: Bool, by doer: Doer
    ) async throws(Complaint) -> [Outcome] {
        let (now, passwordless) = (workspace.now, workspace.passwordless())
        do {
            return try await workspace.store.write { [workspace] writer in
                try writer.settlePasswordNeeds(passwordless)
                let sealer = try workspace.sealer(writer.reader)
                let outcomes = try part.map { login -> Outcome in
                    do {
                        let change = try LoginChange(login.username, login.password)
                        if try change.isStored(login.identity, writer.reader, workspace) { return .unchanged }
                        try change.store(
                            login.identity, writer, sealer, passwordless: passwordless, by: doer, at: now)
                        return .stored
                    } catch let refusal as Complaint {
                        // The line names the row; what to do is in the reason already.
                        return .refused(refusal.why.isEmpty ? refusal.what : "\(refusal.what): \(refusal.why)")
                    }
                }
                if dryRun { throw DryRunOver(outcomes: outcomes) }
                return outcomes
            }
        } catch let over as DryRunOver {
            return over.outcomes
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
    }
}

extension LoginChange {
    fileprivate func isStored(_ identity: PortalIdentity, _ reader: StoreReader, _ workspace: Workspace) throws -> Bool
    {
        guard let account = try reader.account(identity), account.username == username else { return false }
        guard let password else { return account.isConfigured }
        guard let sealed = try reader.sealedPassword(account.id),
            let stored = try? workspace.opened(sealed, of: PasswordPlace(account.id, sealed))
        else { return false }
        return stored.withBytes { stored in password.withBytes { stored.elementsEqual($0) } }
    }
}
