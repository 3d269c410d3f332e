import Domain

extension SignatureProblem {
    /// Why it is not believed, as a sentence about "it".
    public var words: String {
        switch self {
        case .parts(let count): "it is no signed document: it has \(Counted.text(count, "part")) where three stand"
        case .base64(let part): "its \(part.rawValue) is damaged"
        case .header: "its header is not understood"
        case .algorithm(let name): "it is signed with \(HarmlessText.line(name, limit: 20)); only RS256 counts"
        case .noKeyId: "it does not name the key that it was signed with"
        case .unknownKey(let id): "no key \(HarmlessText.line(id, limit: 60)) is known"
        case .signature: "the signature does not fit: it was changed, or signed with another key"
        case .payload: "what is signed is neither an invoice nor a QR text"
        case .issuer(let name): "it is signed in the name of \(HarmlessText.line(name, limit: 40)), who has another key"
        case .outOfTime(let day): "it was signed on \(day), when the key was not in use"
        }
    }
}
