/// Makes businesses one after the other, so that a larger world begins with the smaller one.
struct DemoMaker {
    private var random: SeededRandom
    private var identifiers = DemoIdentifiers()
    private var names: Set<String> = []

    init(seed: UInt64) {
        random = SeededRandom(seed, "businesses")
        // The first business of every world has fixed identifiers.
        _ = identifiers.claim("AAFHH6756K")
    }

    mutating func business(_ index: Int) -> DemoBusiness {
        if index == 0 { return first() }
        let scriptedEvery = 7
        if index % scriptedEvery == 4, index / scriptedEvery < DemoNames.scripted.count {
            let entry = DemoNames.scripted[index / scriptedEvery]
            return make(
                index, entry.name, holder: index % 2 == 0 ? "F" : "P", initial: entry.initial, state: entry.state)
        }
        let name = latinName()
        return make(
            index, name.text, holder: name.holder, initial: name.initial,
            state: random.pick(DemoNames.states, or: "27"))
    }

    private mutating func first() -> DemoBusiness {
        names.insert("Harihar & Co")
        return DemoBusiness(
            index: 0, name: "Harihar & Co", pan: "AAFHH6756K", gstin: "09AAFHH6756K1ZQ",
            tan: DemoPlan.hasTan(0) ? identifiers.tan(initial: "H", using: &random) : nil, group: "Retail")
    }

    private mutating func make(
        _ index: Int, _ name: String, holder: Character, initial: Character, state: String
    ) -> DemoBusiness {
        let pan = identifiers.pan(holder: holder, initial: initial, using: &random)
        let tan = DemoPlan.hasTan(index) ? identifiers.tan(initial: initial, using: &random) : nil
        return DemoBusiness(
            index: index, name: name, pan: pan, gstin: DemoIdentifiers.gstin(state: state, pan: pan, entity: 1),
            tan: tan,
            group: random.pick(DemoNames.groups, or: ""))
    }

    private mutating func latinName() -> (text: String, holder: Character, initial: Character) {
        let family = random.pick(DemoNames.families, or: "Sharma")
        let trade = random.pick(DemoNames.trades, or: "Traders")
        let form = random.pick(DemoNames.forms, or: ("& Co", "F"))
        let base = "\(family) \(trade)"
        var text = "\(base) \(form.ending)"
        if !names.insert(text).inserted {
            text = "\(base) \(random.pick(DemoNames.towns, or: "Nashik")) \(form.ending)"
            var branch = 2
            while !names.insert(text).inserted {
                text = "\(base) \(random.pick(DemoNames.towns, or: "Nashik")) \(branch) \(form.ending)"
                branch += 1
            }
        }
        return (text, form.holder, family.first ?? "S")
    }
}
