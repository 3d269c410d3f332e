/// What a mask stands for. The raw value is what a mask begins with.
public enum MaskKind: String, CaseIterable, Sendable, Codable, Hashable {
    case gstin = "GSTIN"
    case pan = "PAN"
    case tan = "TAN"
    /// Of a business or a person.
    case name = "NAME"
    /// A user name: of the desk, of a portal's login, of an API user, of this machine.
    case user = "USER"
    case mail = "MAIL"
    case phone = "PHONE"
    /// Of an account, a document, a vehicle, or hidden in part by a portal.
    case number = "NUMBER"
    /// An address of a machine, IPv4, IPv6 or Ethernet.
    case address = "IP"
    case secret = "SECRET"
    /// Of others, that the program does not use: they may be a name.
    case word = "WORD"

    public var title: String {
        switch self {
        case .gstin: "GSTINs"
        case .pan: "PANs"
        case .tan: "TANs"
        case .name: "names of businesses and people"
        case .user: "user names"
        case .mail: "mail addresses"
        case .phone: "phone numbers"
        case .number: "numbers of documents, accounts"
        case .address: "machine addresses"
        case .secret: "secrets, or what looks like one"
        case .word: "words of others, perhaps names"
        }
    }

    /// The form in which two spellings of one value are the same.
    func canonical(_ value: String) -> String {
        switch self {
        case .gstin, .pan, .tan, .number: KnownValues.letters(value).uppercased()
        case .name, .user, .word: KnownValues.letters(value)
        case .mail, .address: value.lowercased()
        case .phone: String(value.filter(\.isNumber).suffix(10))
        // Its letters' case matters.
        case .secret: value
        }
    }
}
