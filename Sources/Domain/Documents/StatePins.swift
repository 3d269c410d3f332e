/// Which PINs lie in which state, by their first three digits: an approximation of the master that the portals hold
/// (facts: nic-einvoice-ewb 4.4).
public enum StatePins {
    /// Goes with PIN 999999.
    public static let otherCountry = "96"
    public static let otherCountryPin = 999_999

    private static let prefixes: [Int: [ClosedRange<Int>]] = [
        1: [180...194], 2: [171...177], 3: [140...160], 4: [160...160], 5: [244...263], 6: [121...136], 7: [110...110],
        8: [301...345], 9: [201...285], 10: [800...855], 11: [737...737], 12: [790...792], 13: [797...798],
        14: [795...795], 15: [796...796], 16: [799...799], 17: [793...794], 18: [781...788], 19: [700...743],
        20: [813...835], 21: [751...770], 22: [490...497], 23: [450...488], 24: [360...396],
        25: [362...362, 396...396],
        26: [362...362, 396...396], 27: [400...445], 28: [500...535], 29: [560...591], 30: [403...403],
        31: [682...682], 32: [670...695], 33: [600...643], 34: [533...533, 605...605, 607...607, 609...609, 673...673],
        35: [744...744], 36: [500...509], 37: [500...535], 38: [194...194],
    ]

    /// nil where nothing is known of the state (97, any other number), so that nothing is said.
    public static func agree(pin: Int, state: Int) -> Bool? {
        if state == 96 { return pin == otherCountryPin }
        return prefixes[state].map { $0.contains { $0.contains(pin / 1_000) } }
    }

    /// One that lies in the state, for samples; nil where nothing is known of it.
    public static func first(of state: Int) -> Int? {
        prefixes[state]?.first.map { $0.lowerBound * 1_000 + 1 }
    }

    /// A state of India that an address can have; `1` and `01` are the same.
    public static func isIndian(_ state: Int) -> Bool { prefixes[state] != nil || state == 97 }
}
