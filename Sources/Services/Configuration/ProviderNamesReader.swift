import Domain
import Foundation
import Portals
import Wire

/// Reads the parts of a provider file whose names only its connector knows: a misspelt path would silently leave the
/// usual one in use, and a call would go elsewhere than whoever wrote the file thinks.
enum ProviderNamesReader {
    static func paths(
        _ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?
    ) -> [String: String] {
        let paths = reader.texts(in: "paths")
        // Which paths there are depends on the connector; one that is misspelt is complaint enough.
        guard let connector else { return paths }
        let known = names(connector)
        for (name, text) in paths.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                let list = known.isEmpty ? "none" : known.sorted().joined(separator: ", ")
                reader.complain("paths.\(name)", "is no path that this connector asks for; it knows: \(list)")
                continue
            }
            if let problem = problem(of: text, name, connector) {
                reader.complain("paths.\(name)", problem)
            }
        }
        return paths
    }

    /// What TRACES calls the fields of its forms.
    static func fields(
        _ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?
    ) -> [Traces.KycField: String] {
        var fields: [Traces.KycField: String] = [:]
        for (name, text) in reader.texts(in: "fields").sorted(by: { $0.key < $1.key }) {
            guard let connector else { continue }
            guard let field = Traces.KycField(rawValue: name), connector == .traces else {
                let known =
                    connector == .traces ? Traces.KycField.allCases.map(\.rawValue).joined(separator: ", ") : "none"
                reader.complain("fields.\(name)", "is no field that this connector fills in; it knows: \(known)")
                continue
            }
            fields[field] = text
            if text.isEmpty || !text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                reader.complain("fields.\(name)", "must be the name of a field: no blanks, plain letters and signs")
            }
        }
        let names = Dictionary(grouping: Traces.KycField.allCases) { fields[$0] ?? $0.standard }
        for (name, same) in names.sorted(by: { $0.key < $1.key }) where same.count > 1 {
            // One of them is set; the others may stand for their usual names.
            guard let field = same.first(where: { fields[$0] != nil }) else { continue }
            reader.complain("fields.\(field.rawValue)", "\(name) would be the name of two fields")
        }
        return fields
    }

    /// Bodies belong to paths that are called by POST, and must be JSON.
    static func bodies(_ reader: inout TomlReader, _ paths: [String: String]) -> [String: String] {
        let bodies = reader.texts(in: "bodies")
        for (name, text) in bodies.sorted(by: { $0.key < $1.key }) {
            if GspPath(rawValue: name)?.takesMethod != true {
                reader.complain("bodies.\(name)", "belongs to no path that takes a body")
            } else if paths[name]?.hasPrefix("POST ") != true, !reader.isUnread("paths.\(name)") {
                reader.complain("bodies.\(name)", "means nothing unless paths.\(name) begins with \"POST \"")
            } else if (try? JSONValue(Array(text.utf8))) == nil {
                reader.complain("bodies.\(name)", "is no JSON")
            }
        }
        return bodies
    }

    static func checkEnvelope(
        _ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?, _ profile: ProviderProfile
    ) {
        guard let connector, connector != .gsp else { return }
        if profile.envelope != nil { reader.complain("envelope.who_encrypts", "belongs to a gsp") }
        for name in profile.headerNames.keys.sorted() where !connector.carriesOutActions {
            reader.complain("header_names.\(name)", "belongs to a gsp, or to a connector of actions")
        }
    }

    private static func names(_ connector: ProviderProfile.ConnectorKind) -> Set<String> {
        switch connector {
        case .gsp: Set(GspPath.allCases.map(\.rawValue))
        case .efiling: Set(EFiling.Path.allCases.map(\.rawValue))
        case .traces: Set(["communications"] + TdsRequest.Kind.allCases.map(\.rawValue))
        case .irp: Set(IrpPath.allCases.map(\.rawValue))
        default: []
        }
    }

    private static func problem(
        of text: String, _ name: String, _ connector: ProviderProfile.ConnectorKind
    ) -> String? {
        let path = connector == .irp ? nil : GspPath(rawValue: name)
        let known = connector == .irp ? IrpPath(rawValue: name)?.values ?? [] : path?.values ?? []
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        let hasMethod = words.count == 2 && (words[0] == "POST" || words[0] == "GET")
        if hasMethod, path?.takesMethod != true { return "takes no method: write the path alone" }
        let address = hasMethod ? words[1] : Substring(text)
        guard address.hasPrefix("/"), !address.hasPrefix("//"),
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") })
        else { return "must begin with one / and hold no blanks: it stands behind the address" }
        for found in address.matches(of: /\{([^}]*)\}/) where !known.contains(String(found.1)) {
            let values = known.sorted().map { "{\($0)}" }.joined(separator: ", ")
            return "{\(found.1)} stands for nothing; known here: \(values.isEmpty ? "none" : values)"
        }
        return nil
    }

    /// Headers that are safe to send: what the transport sets itself is not theirs to set.
    static func checkHeaders(_ headers: [String: String], _ section: String, _ reader: inout TomlReader) {
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            if !isToken(name) {
                reader.complain("\(section).\(name)", "is no name of a header")
            } else if reserved.contains(name.lowercased()) {
                reader.complain("\(section).\(name)", "is set by the transport itself")
            }
            if value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                reader.complain("\(section).\(name)", "must be one line without control characters")
            }
        }
    }

    /// A name that stands as a value.
    static func checkHeader(_ name: String, _ key: String, _ reader: inout TomlReader) {
        if !isToken(name) {
            reader.complain(key, "is no name of a header")
        } else if reserved.contains(name.lowercased()) {
            reader.complain(key, "is set by the transport itself")
        }
    }

    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "content-type", "expect", "te", "trailer",
        "upgrade", "proxy-connection", "keep-alive",
    ]

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !Array("\"(),/:;<=>?@[\\]{}".utf8).contains(byte)
            }
    }
}
