import Domain

/// What the simulated NIC knows of taxpayers: those of the world, and whoever has a GSTIN with a right check character.
/// The digits of the PAN say what is special: 0000 is unknown, 9999 cancelled, 7777 an SEZ unit, 5555 unknown until it is
/// fetched anew from the GST portal.
struct NicMaster: Sendable {
    let world: DemoWorld
    /// Who was fetched anew.
    var synced: Set<String> = []

    enum Standing: Sendable { case active, unknown, cancelled }

    static func standing(_ gstin: String, synced: Set<String>) -> Standing {
        guard (try? Gstin(gstin)) != nil else { return .unknown }
        return switch digits(gstin) {
        case "0000": .unknown
        case "5555" where !synced.contains(gstin): .unknown
        case "9999": .cancelled
        default: .active
        }
    }

    static func isSez(_ gstin: String) -> Bool { digits(gstin) == "7777" }

    private static func digits(_ gstin: String) -> String { String(gstin.dropFirst(7).prefix(4)) }

    /// The answer of GSTIN details.
    func details(_ gstin: String) throws(NicRefusal) -> JsonTree {
        guard (try? Gstin(gstin)) != nil else { throw NicRefusal("3030", "Invalid GSTIN") }
        let standing = Self.standing(gstin, synced: synced)
        if standing == .unknown { throw NicRefusal("3028", "GSTIN is not in the master") }
        let account = world.account(PortalIdentity(stored: .gst, gstin))
        let name = account.map { world.business(of: $0).name } ?? "Firm \(gstin.dropFirst(2).prefix(10))"
        let state = String(gstin.prefix(2))
        return .made([
            "Gstin": .text(gstin), "TradeName": .text(name), "LegalName": .text(name), "AddrBnm": .text("Block A"),
            "AddrBno": .text("12"), "AddrFlno": .text("1"), "AddrSt": .text("Market Road"),
            "AddrLoc": .text(StateCode.names[state] ?? ""), "StateCode": .number(Int(state) ?? 0),
            "AddrPncd": .number(PinPrefixes.first(of: state) * 1_000 + 1),
            "TxpType": .text(Self.isSez(gstin) ? "SEZ" : "REG"),
            "Status": .text(standing == .cancelled ? "CNL" : "ACT"), "BlkStatus": .text("U"),
            "DtReg": .text("2017-07-01"), "DtDReg": standing == .cancelled ? .text("2024-03-31") : .null,
        ])
    }
}
