import Domain

/// Why a signed invoice or QR is not believed.
public enum SignatureProblem: Error, Sendable, Hashable {
    public enum Part: String, Sendable { case header, payload, signature }

    /// A compact JWS has three parts.
    case parts(Int)
    /// Not base64url, or not the one way to write these bytes.
    case base64(Part)
    /// The header is no JSON object, or demands what is not understood (`crit`).
    case header
    /// RS256 is the only one; `none` and the HMACs would let anybody sign.
    case algorithm(String)
    case noKeyId
    case unknownKey(String)
    case signature
    /// The payload is not `{"data":text,"iss":text}`, or `data` is no JSON object.
    case payload
    /// Signed by a known key in a name that is not its own.
    case issuer(String)
    /// Signed on a day on which the key was not in use.
    case outOfTime(LegalDate)
}
