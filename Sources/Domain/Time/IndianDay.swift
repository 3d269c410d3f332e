extension LegalDate {
    /// Seconds east of UTC of Indian Standard Time, the same all year.
    public static let indianOffset = 19_800

    /// The day in India at `instant`. Dates of notices are days there, so what is due today or overdue is asked of this
    /// day, whatever zone the desk shows.
    public static func inIndia(_ instant: Instant) -> LegalDate { CivilTime(instant, offset: indianOffset).date }
}
