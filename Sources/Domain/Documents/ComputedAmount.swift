/// An amount that the rules work out: exact, for shares of a tax rate too, and wide enough that no input overflows it.
struct ComputedAmount: Hashable, Comparable {
    /// Two hundred millionths of a rupee: an amount in thousandths times a rate in thousandths, over two hundred, is whole.
    private var units: Int128

    private static let perRupee: Int128 = 200_000_000
    private static let perThousandth: Int128 = 200_000
    private static let perPaisa: Int128 = 2_000_000

    static let zero = ComputedAmount(units: 0)

    private init(units: Int128) { self.units = units }

    init(_ value: ExactDecimal?) { units = Int128(value?.thousandths ?? 0) * Self.perThousandth }

    /// `amount` × `rate` / 100, or half of it for each of CGST and SGST.
    init(_ amount: ExactDecimal, at rate: ExactDecimal, half: Bool = false) {
        units = Int128(amount.thousandths) * Int128(rate.thousandths) * (half ? 1 : 2)
    }

    static func rupees(_ count: Int) -> ComputedAmount { ComputedAmount(units: Int128(count) * perRupee) }

    static func + (left: Self, right: Self) -> Self { Self(units: left.units + right.units) }
    static func - (left: Self, right: Self) -> Self { Self(units: left.units - right.units) }
    static func += (left: inout Self, right: Self) { left = left + right }
    static func < (left: Self, right: Self) -> Bool { left.units < right.units }

    var magnitude: ComputedAmount { Self(units: abs(units)) }
    var isBelowAPaisa: Bool { abs(units) < Self.perPaisa }

    /// The next whole rupee below, and above.
    var roundedDown: ComputedAmount { Self(units: Self.floor(units, Self.perRupee) * Self.perRupee) }
    var roundedUp: ComputedAmount { Self(units: -Self.floor(-units, Self.perRupee) * Self.perRupee) }

    /// Rounded half up to the paisa; what is beyond every amount is cut to the largest.
    var rounded: ExactDecimal {
        let paise = Self.floor(units * 2 + Self.perPaisa, Self.perPaisa * 2)
        let most = Int128(Int64.max) / 10
        return ExactDecimal(thousandths: Int64(max(-most, min(most, paise))) * 10)
    }

    private static func floor(_ value: Int128, _ divisor: Int128) -> Int128 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
