import Domain
import Foundation

/// Amounts that portals wrote, as the program prints money: with two decimals.
enum Money {
    /// What is no amount of rupees and paise stays as it came.
    static func text(_ amount: Decimal?) -> String? {
        amount.map { Rupees($0.description)?.decimalText ?? $0.description }
    }
}
