import Domain
import FoundationEssentials
import Wire

/// The calls whose paths a provider file may set; `{name}` stands for a value.
enum GspPath: String, CaseIterable {
    case authenticate
    case probe
    /// Not public, so these three are a guess unless the provider file says better (facts: gstn-taxpayer 7.1).
    case notices, notice, document

    var usual: String {
        switch self {
        case .authenticate: Gstn.Path.authenticate
        case .probe: "\(Gstn.Path.returns)?action=\(Gstn.Action.preference)&gstin={gstin}&fy={fy}"
        case .notices: "\(Gstn.Path.notices)?action=\(Gstn.Action.notices)&gstin={gstin}&date={date}"
        case .notice: "\(Gstn.Path.notices)?action=\(Gstn.Action.noticeDetail)&gstin={gstin}&refId={reference}"
        case .document: "\(Gstn.Path.notices)?action=\(Gstn.Action.noticeDocument)&gstin={gstin}&docId={document}"
        }
    }
}

extension GspCaller {
    func path(_ path: GspPath, _ values: [String: String] = [:]) -> String {
        var text = profile.paths[path.rawValue] ?? path.usual
        for (name, value) in values { text = text.replacing("{\(name)}", with: Self.escaped(value)) }
        return text
    }

    /// Everything but unreserved characters, as RFC 3986 wants it in a query.
    static func escaped(_ value: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
