/// The nineteenth step: by what an action was stopped, so that it goes on when that is mended, and the hash of an answer as
/// it came, beside the one of the text that people can read. Actions that were stopped by a refused password before have
/// its code (facts: nic-einvoice-ewb 7).
enum StoppedSchema {
    static let tables = """
        ALTER TABLE operation ADD COLUMN stopped_by TEXT;
        ALTER TABLE operation_attempt ADD COLUMN wire_hash TEXT;
        UPDATE operation SET stopped_by = 'wrong_password' WHERE state = 'attention' AND code IN ('1008', '1019', '108');

        """
}
