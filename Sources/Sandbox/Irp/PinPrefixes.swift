/// First three digits of the PINs of each state, as far as they are known (facts: nic-einvoice-ewb 4.4); NIC has a list
/// of whole PINs.
enum PinPrefixes {
    private static let ranges: [String: [ClosedRange<Int>]] = [
        "01": [180...194], "02": [171...177], "03": [140...160], "04": [160...160], "05": [244...263],
        "06": [121...136], "07": [110...110], "08": [301...345], "09": [201...285], "10": [800...855],
        "11": [737...737], "12": [790...792], "13": [797...798], "14": [795...795], "15": [796...796],
        "16": [799...799], "17": [793...794], "18": [781...788], "19": [700...743], "20": [813...835],
        "21": [751...770], "22": [490...497], "23": [450...488], "24": [360...396], "26": [362...362, 396...396],
        "27": [400...445], "29": [560...591], "30": [403...403], "31": [682...682], "32": [670...695],
        "33": [600...643], "34": [533...533, 605...605, 607...607, 609...609, 673...673], "35": [744...744],
        "36": [500...509], "37": [500...535], "38": [194...194], "96": [999...999],
    ]

    /// Whether a PIN may lie in a state; of a state without a list it may.
    static func fits(_ pin: Int, state: String) -> Bool {
        let code = state.count == 1 ? "0\(state)" : state
        return ranges[code].map { $0.contains { $0.contains(pin / 1_000) } } ?? true
    }

    static func first(of state: String) -> Int { ranges[state]?.first?.lowerBound ?? 110 }

    /// Kilometres between two PINs of the simulated country: fifty, and ten for each step between their first three
    /// digits, 4,000 at most.
    static func distance(_ from: Int, _ to: Int) -> Int { min(50 + 10 * abs(from / 1_000 - to / 1_000), 4_000) }
}
