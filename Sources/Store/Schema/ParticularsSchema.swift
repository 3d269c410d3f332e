/// The twenty-first step: what a portal tells of a notice beyond the facts that lists go by. Of what was stored before nothing
/// is known; the next fetch brings it. And why a job that was given up failed last.
enum ParticularsSchema {
    static let tables = """
        ALTER TABLE notice ADD COLUMN particulars TEXT;
        ALTER TABLE job ADD COLUMN last_cause TEXT;

        """
}
