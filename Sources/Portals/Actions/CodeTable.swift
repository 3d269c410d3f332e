import Domain

/// What an authority's codes mean for an operation, as data: one table for each system (facts: reliability 5.6).
public struct CodeTable: Sendable {
    public enum Meaning: Sendable, Hashable {
        /// Refused for good; the same again would be refused again.
        case refused
        /// The session is over, and nothing was looked at.
        case session
        /// Nothing was done, and it may be tried later: a limit, a pause that the authority asks for.
        case later
        /// It may have been done; the authority says that it failed in the middle, or that it exists already.
        case uncertain
        /// It stands there already, by an earlier attempt or by somebody else.
        case exists
        /// The thing may be in the state already that was asked for, by an earlier request or by somebody else.
        case already
        /// It cannot be done any more: its time is over, or somebody's word stands against it. Asked once all the same,
        /// for it may have been done before that.
        case over
        /// Of a question: there is no such thing.
        case absent
        /// Of a question: it is held elsewhere, or not any more.
        case elsewhere
    }

    private let meanings: [String: Meaning]

    public init(_ rows: [(codes: String, meaning: Meaning)]) {
        var meanings: [String: Meaning] = [:]
        for row in rows {
            for code in row.codes.split(separator: " ") {
                let ends = code.split(separator: "-").compactMap { Int($0) }
                if ends.count == 2, ends[0] <= ends[1] {
                    for number in ends[0]...ends[1] { meanings[String(number)] = row.meaning }
                } else {
                    meanings[String(code)] = row.meaning
                }
            }
        }
        self.meanings = meanings
    }

    /// nil for a code that stands in no list: what it means is not known, so nothing is taken for certain.
    public subscript(code: String) -> Meaning? { meanings[code] }

    /// What the codes of one answer mean together: of different meanings the one by which a request is least likely to
    /// be sent again.
    ///
    /// - Returns: nil for none, and where what is not known outweighs the others.
    public func together(_ codes: [String]) -> Meaning? {
        let told = codes.map { meanings[$0] }
        return Self.byCaution.first { told.contains($0) } ?? nil
    }

    private static let byCaution: [Meaning?] = [
        .exists, nil, .uncertain, .elsewhere, .absent, .already, .over, .refused, .later, .session,
    ]

    public var count: Int { meanings.count }
}
