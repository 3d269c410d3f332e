import Domain

extension CommandId {
    /// What giving the command means for people's permissions: any one of these suffices. Everybody may give the others.
    /// A hint for the screen only; the services decide.
    func deeds(in scope: CommandScope) -> [Deed] {
        switch (self, scope) {
        case (.fetch, _), (.fetchAll, _): [.fetch]
        // Compares with a file; nothing is asked of a portal.
        case (.verify, .eInvoices), (.verify, .eInvoice), (.verify, .audit): []
        case (.verify, _): [.verify]
        // The form serves to change a login and to see its password.
        case (.edit, _), (.editCredential, _): [.editCredential, .revealPassword]
        case (.reveal, .auditRecord): [.openBodies]
        case (.export, .audit): [.auditAll]
        case (.lookUpMask, _): [.lookUpMask]
        case (.rotateKey, _), (.resumeTrail, _): [.administer]
        case (.reveal, _): [.revealPassword]
        case (.add, .schedules), (.enable, _), (.remove, .schedules), (.undo, .schedules), (.remove, .providers),
            (.test, _):
            [.administer]
        case (.cancel, .eInvoices), (.cancel, .eInvoice), (.cancel, .eWayBills), (.add, .eInvoices), (.add, .eWayBills),
            (.register, _),
            (.makeBill, _), (.extendBill, _), (.vehicle, _), (.transporter, _), (.consolidate, _), (.askPortal, _),
            (.askOther, _):
            [.act]
        case (.retry, _), (.cancel, _), (.undo, .failures), (.undo, .providers): [.controlJobs]
        // What is prepared on the desk is nobody's but one's own.
        case (.undo, .eInvoices), (.remove, .eInvoices): []
        case (.undo, _): [.editCredential]
        case (.reconcile, _), (.discard, _), (.settle, .operations): [.act]
        case (.markSeen, _), (.assign, _), (.tag, _), (.note, _), (.setDue, _), (.settle, _), (.add, .notices):
            [.workNotices]
        case (.requestReport, _), (.add, .tdsRequests), (.remove, .tdsRequests): [.fetch]
        case (.sendAnswer, _), (.newPicture, _), (.nextArea, .relay): [.answer]
        case (.provider, .eInvoices): [.act]
        case (.goSupport, _), (.write, _): [.bundleSupport]
        case (.open, .businesses), (.add, .businesses), (.importFile, .businesses): [.keepBusinesses]
        case (.remove, .businesses), (.add, .apiUsers), (.open, .apiUsers), (.remove, .apiUsers): [.editCredential]
        default: []
        }
    }
}

extension ScreenContext {
    /// Why the person at the desk may not give a command; nil when they may.
    func refusal(_ command: CommandId, _ scope: CommandScope) -> String? {
        let deeds = command.deeds(in: scope)
        let refusals = deeds.compactMap { refusal($0) }
        return refusals.count == deeds.count ? refusals.first : nil
    }
}
