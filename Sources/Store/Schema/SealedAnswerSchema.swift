/// The fourteenth step: answers to captchas and OTPs lie sealed until they are used. One that lay in clear is dropped; its
/// job asks the portal again.
enum SealedAnswerSchema {
    static let tables = """
        ALTER TABLE job_challenge DROP COLUMN answer;
        ALTER TABLE job_challenge ADD COLUMN sealed_answer BLOB;

        """
}
