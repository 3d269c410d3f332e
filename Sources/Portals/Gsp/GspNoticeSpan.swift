import Domain

/// For which days the list of notices is asked, and what its answers cover.
///
/// Facts name the call's `date` and no more (gstn-taxpayer 7.1), so what it does is a setting of the provider file. Where
/// nobody has found out, the list is asked for once, from the first day, and what is not in it counts as gone only when
/// the answer itself shows that it is more than the list of that one day.
struct GspNoticeSpan: Sendable {
    let settings: ProviderProfile.Gsp
    let first: LegalDate
    let today: LegalDate

    init(_ settings: ProviderProfile.Gsp, since: Instant?, asOf: Instant) {
        self.settings = settings
        today = LegalDate.inIndia(asOf)
        first = since.map { LegalDate.inIndia($0) } ?? today.adding(days: -settings.daysBack)
    }

    /// Values of `{date}`, one for each call.
    var dates: [String] {
        guard settings.dateMeans == .day else { return [settings.dateFormat.text(first)] }
        return (first.dayNumber...max(first.dayNumber, today.dayNumber)).map {
            settings.dateFormat.text(LegalDate(dayNumber: $0))
        }
    }

    /// Since which day a notice that the portal still has must be among those that were read. When nothing is covered,
    /// that is a day that no notice has reached.
    ///
    /// - Parameter issued: of the notices that were read.
    func covered(by issued: [LegalDate]) -> LegalDate {
        let shown = today.adding(days: -settings.daysShown)
        return switch settings.dateMeans {
        case .since, .day: max(first, shown)
        case .ignored: shown
        case nil: issued.contains { $0 > first } ? max(first, shown) : LegalDate(dayNumber: .max)
        }
    }
}
