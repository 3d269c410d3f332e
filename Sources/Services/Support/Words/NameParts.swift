/// What else stands for the name of a business or a person than the name as it is written in the register: without its
/// form, with `and` for `&`, or by the words in it that no other firm needs to be called by.
enum NameParts {
    /// Letters of a single word that names somebody. Shorter ones stand in other words' company everywhere.
    private static let least = 4

    static func parts(of name: String) -> Set<String> {
        let joined = name.split(separator: "&", omittingEmptySubsequences: false).joined(separator: " and ")
        var found: Set<String> = [joined]
        let words = words(of: joined)
        found.insert(words.filter { $0 != "and" }.joined(separator: " "))
        let stem = Array(words.drop { titles.contains($0) })
        for ends in [forms, forms.union(trades)] {
            var core = stem
            while let last = core.last, ends.contains(last) || last == "and" { core.removeLast() }
            if core.contains(where: isTelling), core.count > 1 || core.count == 1 && core != stem {
                found.insert(core.joined(separator: " "))
                found.insert(core.filter { $0 != "and" }.joined(separator: " "))
            }
        }
        return found.union(stem.filter(isTelling))
    }

    private static func words(of name: String) -> [String] {
        var words: [String] = [""]
        for scalar in name.unicodeScalars {
            let folded = MaskUnits.folded(scalar.value)
            if MaskUnits.isWord(folded), let scalar = Unicode.Scalar(folded) {
                words[words.count - 1].unicodeScalars.append(scalar)
            } else if folded != 0x27, folded != 0x2019 {
                words.append("")
            }
        }
        return words.filter { !$0.isEmpty }
    }

    /// Whether a word names somebody by itself.
    private static func isTelling(_ word: String) -> Bool {
        word.unicodeScalars.count >= least && !forms.contains(word) && !trades.contains(word) && !titles.contains(word)
            && !word.unicodeScalars.allSatisfy { (48...57).contains($0.value) } && !Vocabulary.holds(word.utf8)
    }

    private static func list(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let titles = list("m s ms messrs mr mrs miss shri shree sri smt kumari dr the")
    private static let forms = list(
        "private pvt limited ltd llp llc inc opc huf company co corp corporation sons bros brothers associates proprietor prop"
    )
    /// What firms do, and what many of them say of themselves.
    private static let trades = list(
        """
        academy advisors agencies agency agro alloys apparel associates auto automobiles bakery batteries bazaar builders
        capital cargo castings caterers cement ceramics chemicals clinic clothing coffee college colours communications
        computers concern constructions construction consultancy consultants contractors cotton couriers creations dairy
        designs developers diagnostics distributors dresses electricals electronics emporium energy engineering engineers
        enterprise enterprises equipments estates exim export exporters exports fabrics farms fashion fashions fertilizers
        fibres finance financials foods footwear forgings foundation fruits furniture garments gases general glass global
        granites graphics group handicrafts hardware healthcare holdings hospital hospitality hotel hotels hospitals house
        india import imports industrial industries industry infotech infra infrastructure institute instruments insurance
        interiors international investments jewellers jewellery jewels knitwear labs leather limited logistics machinery
        machines manufacturers manufacturing marbles marketing mart media medical medicals metal metals mills minerals mining
        motors national network oils overseas packaging packers paints papers pharma pharmaceuticals photo plastics polymers
        power press printers printing products projects properties provision publishers realty resorts restaurant restaurants
        retail rice road roadlines roadways rubber sales salt school seeds securities services shop silks software solar
        solutions spices spinning stationery steel steels store stores sugar suppliers supply surgicals sweets systems
        technologies technology telecom textile textiles tiles timber tools tours toys traders trading transport transports
        travels trust tyres union ventures weaving works world yarn
        """)
}
