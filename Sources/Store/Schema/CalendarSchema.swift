/// The step for the calendar: notices by the day that counts, with all that the calendar needs to count them. `notice_by_due`
/// begins with whether they are settled, so it finds no day.
enum CalendarSchema {
    static let tables = """
        CREATE INDEX notice_by_day ON notice (due_on, state) WHERE due_on IS NOT NULL;

        """
}
