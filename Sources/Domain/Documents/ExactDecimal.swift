/// A number as the writer of a document wrote it: exact to a thousandth, never a float.
///
/// Equal by value, as the portals compare (`600.0` is 6e2, facts: nic-einvoice-ewb 5); `text` keeps the decimals that were
/// written, so what is sent is what the user wrote.
public struct ExactDecimal: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Why a text is no such number.
    public enum Problem: Error, Sendable, Hashable {
        case notANumber, exponent, tooManyDecimals, tooLarge
    }

    /// The value in thousandths; at most 99,999,999,999,999.999 either way.
    public let thousandths: Int64
    /// Decimals that are written; more than three only when the surplus ones are 0.
    public let decimals: Int

    private static let largest: Int64 = 99_999_999_999_999_999
    private static let mostDecimals = 15

    /// The value, cut to the range, written with at least so many decimals as it has.
    public init(thousandths: Int64, decimals: Int = 2) {
        let value = max(-Self.largest, min(Self.largest, thousandths))
        let needed = value % 10 != 0 ? 3 : value % 100 != 0 ? 2 : value % 1_000 != 0 ? 1 : 0
        self.thousandths = value
        self.decimals = max(needed, min(decimals, Self.mostDecimals))
    }

    /// Reads `-12.50`: digits, at most one point between digits, perhaps a minus. JSON's exponents are refused, for nobody
    /// writes an amount so.
    public init(utf8 bytes: some Collection<UInt8>) throws(Problem) {
        var value: Int64 = 0
        var decimals = -1
        var digits = 0
        var isNegative = false
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: isNegative = true
            case UInt8(ascii: ".") where decimals < 0 && digits > 0: decimals = 0
            case 48...57:
                digits += 1
                if decimals >= 0 { decimals += 1 }
                if decimals > 3 {
                    guard byte == 48, decimals <= Self.mostDecimals else { throw .tooManyDecimals }
                    continue
                }
                value = value * 10 + Int64(byte - 48)
                guard value <= Self.largest else { throw .tooLarge }
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                if digits > 0 { throw .exponent }
                throw .notANumber
            default: throw .notANumber
            }
        }
        guard digits > 0, decimals != 0 else { throw .notANumber }
        for _ in min(3, max(0, decimals))..<3 {
            value *= 10
            guard value <= Self.largest else { throw .tooLarge }
        }
        thousandths = isNegative ? -value : value
        self.decimals = max(0, decimals)
    }

    public init?(_ text: some StringProtocol) {
        do { try self.init(utf8: text.utf8) } catch { return nil }
    }

    /// Digits behind the point that are not trailing zeros, 0 to 3.
    public var significantDecimals: Int { ExactDecimal(thousandths: thousandths, decimals: 0).decimals }

    /// The whole number, or nil when there is a fraction.
    public var whole: Int? { thousandths % 1_000 == 0 ? Int(thousandths / 1_000) : nil }

    /// The same amount in paise; nil when it is no whole number of them.
    public var rupees: Rupees? { thousandths % 10 == 0 ? Rupees(paise: thousandths / 10) : nil }

    /// The number with the decimals that were written.
    public var text: String {
        let magnitude = thousandths.magnitude
        let sign = thousandths < 0 ? "-" : ""
        let whole = "\(sign)\(magnitude / 1_000)"
        guard decimals > 0 else { return whole }
        var fraction = Digits.padded(Int(magnitude % 1_000), 3)
        if decimals < 3 {
            fraction.removeLast(3 - decimals)
        } else {
            fraction += String(repeating: "0", count: decimals - 3)
        }
        return "\(whole).\(fraction)"
    }

    public var description: String { text }

    public static func == (left: Self, right: Self) -> Bool { left.thousandths == right.thousandths }
    public static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
    public func hash(into hasher: inout Hasher) { hasher.combine(thousandths) }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int32) { self.init(thousandths: Int64(value) * 1_000, decimals: 0) }
}
