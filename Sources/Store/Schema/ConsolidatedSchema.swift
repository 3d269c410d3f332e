/// The eighteenth step: the consolidated bill in which an e-way bill goes on. None was made here before.
enum ConsolidatedSchema {
    static let tables = """
        ALTER TABLE ewaybill ADD COLUMN consolidated TEXT NOT NULL DEFAULT '';

        """
}
