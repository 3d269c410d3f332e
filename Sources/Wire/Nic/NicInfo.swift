import Domain
import FoundationEssentials

/// What an IRP adds to an answer (`InfoDtls`), by `InfCd` (facts: nic-einvoice-ewb 1.5).
public enum NicInfo: Sendable, Hashable {
    /// `DUPIRN`: this IRP has the document.
    case duplicate(DuplicateIrn)
    /// `DUPIRNGLP`: another IRP has it.
    case duplicateElsewhere(DuplicateIrn)
    /// `EWBERR`: the IRN was made, the e-way bill asked for with it was not.
    case ewbRefused([NicError])
    /// `EWBPPD`: the distance that NIC worked out from the PINs, in kilometres where the text holds one.
    case distance(Int?, text: String)
    /// `EWBALERT`.
    case ewbAlert(String)
    /// `EWBVEH`.
    case vehicle(String)
    /// `ADDNLNFO`.
    case additional(String)
    case other(code: String, text: String)

    public struct DuplicateIrn: Sendable, Hashable {
        public var irn: String
        public var ackNumber: String?
        public var ackAt: Instant?
        /// The IRP that registered it: `NIC1`, `EY` and others, in no fixed spelling.
        public var registrar: String?
    }

    /// From null, an object, an array, or either in a text.
    static func all(in value: JSONValue?) -> [NicInfo] {
        guard let value else { return [] }
        switch NicFields.unfolded(value) {
        case .list(let list): return list.compactMap { NicFields($0).map(NicInfo.init) }
        case let one: return NicFields(one).map { [NicInfo($0)] } ?? []
        }
    }

    private init(_ fields: NicFields) {
        let code = fields.text("InfCd", "info_cd", "code") ?? ""
        let desc = fields.value("Desc", "description").map(NicFields.unfolded)
        let text = desc.map(Self.text) ?? ""
        switch code.uppercased() {
        case "DUPIRN": self = Self.duplicate(in: desc).map(NicInfo.duplicate) ?? .other(code: code, text: text)
        case "DUPIRNGLP":
            self = Self.duplicate(in: desc).map(NicInfo.duplicateElsewhere) ?? .other(code: code, text: text)
        case "EWBERR": self = .ewbRefused(NicError.all(in: desc))
        case "EWBPPD": self = .distance(Self.kilometres(text), text: text)
        case "EWBALERT": self = .ewbAlert(text)
        case "EWBVEH": self = .vehicle(text)
        case "ADDNLNFO": self = .additional(text)
        default: self = .other(code: code, text: text)
        }
    }

    private static func duplicate(in desc: JSONValue?) -> DuplicateIrn? {
        // Some put the object into a list of one.
        let object = desc?.list?.first ?? desc
        guard let outer = NicFields(object) else { return nil }
        let inner = outer.fields("IrnDtl")
        guard let irn = outer.text("Irn") ?? inner?.text("Irn") else { return nil }
        return DuplicateIrn(
            irn: irn.lowercased(), ackNumber: outer.text("AckNo") ?? inner?.text("AckNo"),
            ackAt: outer.instant("AckDt") ?? inner?.instant("AckDt", "RegTime"),
            registrar: inner?.text("RegIrp") ?? outer.text("RegIrp"))
    }

    private static func text(_ desc: JSONValue) -> String {
        NicFields.text(desc) ?? (desc == .null ? "" : String(decoding: desc.bytes, as: UTF8.self))
    }

    /// The figure in front of `KM`, as in `Pin-Pin calc distance: 2467KM`.
    static func kilometres(_ text: String) -> Int? {
        for run in text.split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber) }).reversed() {
            let digits = run.prefix { $0.isNumber }
            if !digits.isEmpty, digits.count <= 4 { return Int(digits) }
        }
        return nil
    }
}
