import Domain
import FoundationEssentials

/// `itrStatusService`: every return of every year, as a bare list.
public struct EFilingReturns: WirePayload {
    public var rows: [WireRecord<EFilingReturn>]

    public init(_ rows: [EFilingReturn]) { self.rows = rows.map { WireRecord($0) } }
    public init(from decoder: any Decoder) throws {
        rows = try decoder.singleValueContainer().decode([WireRecord<EFilingReturn>].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rows)
    }

    public static let fieldNames: Set<String> = EFilingReturn.CodingKeys.names.union([
        "itrActivityCd", "statusDesc", "activityTxt",
    ])
}

public struct EFilingReturn: Codable, Sendable, Hashable {
    public var ackNum: LooseText?
    public var assmentYear: LooseText?
    public var formTypeCd: LooseText?
    /// Java Date text or milliseconds.
    public var ackDt: LooseText?
    public var incmTaxSecCd: LooseText?
    public var efileStatus: LooseText?
    /// The activity timeline.
    public var itrPanDetlList: [EFilingActivity]?

    public init(acknowledgement: String, year: Int) {
        ackNum = LooseText(acknowledgement)
        assmentYear = LooseText(String(year))
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case ackNum, assmentYear, formTypeCd, ackDt, incmTaxSecCd, efileStatus, itrPanDetlList
    }
}

public struct EFilingActivity: Codable, Sendable, Hashable {
    public var itrActivityCd: LooseText?
    public var statusDesc: String?
    /// JSON within a text; most activities have none.
    public var activityTxt: String?

    public init(code: Int64, status: String, text: String? = nil) {
        itrActivityCd = LooseText(code)
        statusDesc = status
        activityTxt = text
    }

    /// The section under which the activity's order was made; nil for activities without an order
    /// (facts: income-tax-traces 3.11).
    public var orderSection: String? {
        switch itrActivityCd?.number {
        case .some(61...65): "143(1)"
        case .some(71...75), .some(613): "154"
        default: nil
        }
    }
}

/// What `activityTxt` holds.
public struct EFilingActivityDetail: WirePayload {
    /// Key of the order's document.
    public var commRefNo: LooseText?
    /// Java Date text.
    public var orderDt: LooseText?
    public var intimationDt: LooseText?
    public var computedDemndAmt: LooseText?
    public var computedRefndAmt: LooseText?

    public init(reference: String) { commRefNo = LooseText(reference) }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case commRefNo, orderDt, intimationDt, computedDemndAmt, computedRefndAmt
    }
    public static let fieldNames: Set<String> = CodingKeys.names.union(["emailDt"])
}

/// Dates as `java.util.Date` writes itself: `Tue Nov 25 14:16:09 IST 2025`.
public enum JavaDateText {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    public static func date(_ text: String) -> LegalDate? {
        let words = text.split(separator: " ")
        guard words.count == 6, let month = months.firstIndex(of: String(words[1])), let day = Int(words[2]),
            let year = Int(words[5]), words[5].count == 4
        else { return nil }
        return LegalDate(year: year, month: month + 1, day: day)
    }

    public static func text(_ date: LegalDate, clock: String = "14:16:09") -> String {
        let weekday = days[((date.dayNumber % 7) + 7) % 7]
        return "\(weekday) \(months[date.month - 1]) \(Digits.padded(date.day, 2)) \(clock) IST \(date.year)"
    }
}
