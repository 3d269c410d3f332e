import Transport
import Wire

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

    /// Several answers of one look as a JSON list, each as it came; what is no JSON stands there as text. nil for none.
    static func together(_ answers: [[UInt8]]) -> [UInt8]? {
        guard !answers.isEmpty else { return nil }
        var list: [UInt8] = [UInt8(ascii: "[")]
        for (index, answer) in answers.enumerated() {
            if index > 0 { list.append(UInt8(ascii: ",")) }
            if (try? JSONValue(answer)) != nil { list += answer } else { JSONText.append(quoted: answer, to: &list) }
        }
        return list + [UInt8(ascii: "]")]
    }
}
