import Foundation

/// An authenticator app that is not ours: RFC 6238 by Python's standard library alone.
enum AuthenticatorApp {
    static let functions = """
        import base64, hmac, struct, subprocess, sys, time
        def code(letters):
            secret = base64.b32decode(letters.replace(" ", ""))
            mac = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
            at = mac[-1] & 15
            return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000)

        """

    /// The code that it shows now.
    static func code(_ letters: String, _ place: Workplace) async throws -> String {
        let script = functions + "print(code(sys.stdin.readline().strip()))"
        let run = try await place.tool("/usr/bin/python3", "-c", script, input: letters + "\n")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
