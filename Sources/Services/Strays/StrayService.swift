import Domain
import Store

/// Records of portals that were set aside because they were not understood.
public struct StrayService: Sendable {
    let workspace: Workspace

    public func page(_ query: StrayQuery) async throws(Complaint) -> StrayPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.strays(query) }
    }

    /// A record with its own text.
    public struct Record: Sendable, Hashable {
        public var stray: Stray
        /// As the portal sent it; JSON is set on lines, nothing of it is changed. Harmless to show, and cut where it is
        /// very long.
        public var text: String
        /// Byte for byte.
        public var raw: [UInt8]

        public init(stray: Stray, text: String, raw: [UInt8]) {
            self.stray = stray
            self.text = text
            self.raw = raw
        }
    }

    /// - Throws: a `Complaint` (65) when there is no record of that name.
    public func record(_ id: StrayId) async throws(Complaint) -> Record {
        try await workspace.permit(.see)
        guard let found = try await workspace.read({ try $0.stray(id) }) else { throw Complaint.unknownStray("\(id)") }
        let text = String(decoding: found.raw, as: UTF8.self)
        return Record(stray: found.stray, text: HarmlessText.block(JsonLayout.indented(text) ?? text), raw: found.raw)
    }
}

extension Workspace {
    public var strays: StrayService { StrayService(workspace: self) }
}

extension Complaint {
    public static func unknownStray(_ id: String) -> Complaint {
        Complaint(
            "there is no record \(HarmlessText.line(id, limit: 60)) that was set aside",
            remedy: "`portaldesk stray list` shows them", status: .badData)
    }
}
