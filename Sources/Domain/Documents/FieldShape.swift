/// What a text must look like beside its length.
public enum TextForm: Sendable, Hashable {
    /// No `"` and no `\` anywhere (general pattern of INV-01).
    case free
    case digits, letters, lettersAndDigits
    /// `dd/MM/yyyy`, a day that exists.
    case date
    /// Two digits and thirteen letters or digits; the check character is a rule of its own.
    case gstin
    case gstinOrUnregistered
    /// First a letter or 1 to 9, then letters, digits, `/` and `-`.
    case documentNumber
    /// Letters, digits, `/` and `-`.
    case reference
    /// Digits, not all zero.
    case code
    case mail
    case among([String])
    case amongInAnyCase([String])
    /// 64 hexadecimal digits.
    case irn
}

public struct TextShape: Sendable, Hashable {
    /// In UTF-16 units, as the portals count.
    public var length: ClosedRange<Int>
    public var form: TextForm
    /// The portal takes a JSON number too.
    public var mayBeNumber = false
}

public struct NumberShape: Sendable, Hashable {
    public var decimals: Int
    /// In thousandths.
    public var range: ClosedRange<Int64>

    /// Amounts of an item, 0 to 999999999999.99 rupees.
    static let amount = NumberShape(decimals: 2, range: 0...999_999_999_999_990)
    /// Amounts of a whole document, 0 to 99999999999999.99 rupees.
    static let total = NumberShape(decimals: 2, range: 0...99_999_999_999_999_990)
    static let price = NumberShape(decimals: 3, range: 0...999_999_999_999_999)
    static let quantity = NumberShape(decimals: 3, range: 0...9_999_999_999_999)
    /// Percent, 0 to 999.999.
    static let rate = NumberShape(decimals: 3, range: 0...999_999)
    static let roundOff = NumberShape(decimals: 2, range: -99_990...99_990)
    /// A total that may be below zero.
    static let balance = NumberShape(decimals: 2, range: -99_999_999_999_999_990...99_999_999_999_999_990)
}

public struct IntegerShape: Sendable, Hashable {
    public var range: ClosedRange<Int>
    /// The portal takes a JSON text too.
    public var mayBeText = false
}
