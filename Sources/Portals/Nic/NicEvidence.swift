import Transport

/// An answer as it is kept for people to read: what was sealed for the session stands opened in its place, everything else
/// is as it came. A session's key is gone within hours, and with it what the sealed text said.
enum NicEvidence {
    /// - Parameters:
    ///   - sealed: the text that `opened` came out of; nil where the answer was in clear.
    ///   - opened: JSON.
    static func readable(_ response: HTTPResponse, sealed: String?, opened: [UInt8]) -> HTTPResponse {
        guard let sealed, !sealed.isEmpty else { return response }
        var response = response
        // A writer of JSON may escape the slash of Base64.
        for text in [sealed, sealed.replacing("/", with: "\\/")] {
            guard let place = response.body.firstRange(of: Array("\"\(text)\"".utf8)) else { continue }
            response.body.replaceSubrange(place, with: opened)
            return response
        }
        response.body = opened
        return response
    }
}
