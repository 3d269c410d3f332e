import Domain

/// The page that goes with an export: what an auditor needs to check it without this program, and to write a verifier.
enum ExportPage {
    static func text(
        origin: String, size: Int64, keys: [String], checkpoints: Int, resumed: [String] = [],
        standing: String = ""
    ) -> String {
        """
        AUDIT TRAIL OF \(origin)
        \(Counted.text(Int(size), "record")), \(Counted.text(checkpoints, "signed checkpoint")).
        \(standing)
        \(resumed.map { $0 + "\n" }.joined())
        What is here
          records.jsonl     one record a line, the very bytes that are hashed, in order from seq 0
          checkpoints.txt   signed notes, one behind another
          keys.txt          public keys that signed, oldest first
          manifest.json     origin, size, last link of the chain, root of the tree
          proofs/N.json     where asked for: proof that record N stands in the trail of the newest checkpoint

        How to check it
          python3 verify.py THIS_FOLDER --key 'FIRST LINE OF keys.txt, FROM ELSEWHERE' --checkpoint FILE_KEPT_ELSEWHERE
          python3 verify.py --proof proofs/N.json --key 'THE SAME LINE'
        The first key is enough: each vouches for the next one, in the records and in every proof. With a later one alone
        nothing is said of what earlier keys have signed, and verify.py ends with 2: could not be checked.
        verify.py stands in docs/audit of PortalDesk's source, needs nothing but Python 3, and is short enough to be read.
        Take the key and the checkpoints from somebody else than whoever gave you this folder: from the system's journal,
        from a mail, from the file that the firm keeps on another disk. A whole folder can be made anew by whoever holds
        the signing key; a checkpoint that you have had since March cannot.

        What a record is
          JSON in the form of RFC 8785. seq counts from 0 without a gap. ts is UTC. actor did action to subject; outcome
          says what came of it; corr names the job (job/12) or operation it belongs to; ref is what the authority gave
          (an IRN, an ARN). req and resp stand in records of calls: method, host, route, lengths, SHA-256 of the bodies.
          A body that held a password, a code or a token has hmac:KEY:HEX in place of its hash: it can be recognised by
          whoever holds the vault's key, and guessed by nobody. outcome of a call: answered, not_sent, lost (it left and
          no answer came), unknown (the program ended before it could say). Bodies themselves are not exported.
          call counts the calls from 1 without a gap: one that was begun and has no record is missed. Those that were under
          way when the export was made stand in manifest.json as calls_open, and the last number given as calls.
          kept says which bodies were kept sealed then: 1 the request, 2 the answer, 3 both.

        How it is hashed
          leaf(n)   SHA-256 of byte 00 and the record's bytes
          node      SHA-256 of byte 01, left, right; the tree is that of RFC 6962
          chain(0)  SHA-256 of "audit-chain/v1 genesis\\n" and the origin
          chain(n)  SHA-256 of "audit-chain/v1\\n", chain(n-1), leaf(n)
        A checkpoint is a signed note (C2SP): origin, size, root in Base64, an empty line, Ed25519 signatures. A record with
        action audit.key names a new key; the old key's signature over "audit-key/v1\\n", old line, "\\n", new line, "\\n"
        stands in key.sig. A proof lists the same changes under keys, as line, old and sig.

        \(keys.isEmpty ? "No key has signed yet." : "Keys\n" + keys.map { "  \($0)" }.joined(separator: "\n"))

        """
    }
}
