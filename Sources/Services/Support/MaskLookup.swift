import Domain
import Foundation
import Store

/// What the masks of one bundle stand for: a file of the workspace, 0600, that never leaves the machine. It holds nothing
/// that does not stand in clear in the database or the logs beside it, and no secret.
struct MaskLookup: Codable, Sendable {
    let bundle, made_at, made_by: String
    let masks: [MaskEntry]

    /// Files that are kept; the oldest go.
    static let kept = 100

    private var name: String {
        "\(made_at.filter { $0.isNumber || $0 == "T" })-\(bundle).json"
    }

    func keep(in folder: String) throws(Complaint) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Complaint.unwritable(folder, errno) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(self) else { throw Complaint.unwritable(folder, EIO) }
        let file = try ExportFile(path: "\(folder)/\(name)", replaces: false)
        try file.write(bytes: data)
        try file.close()
        for old in Self.names(in: folder).dropFirst(Self.kept) { unlink("\(folder)/\(old)") }
    }

    func forget(in folder: String) { unlink("\(folder)/\(name)") }

    /// The newest first.
    private static func names(in folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasSuffix(".json") }.sorted(by: >)
    }

    static func all(in folder: String) -> [MaskLookup] {
        names(in: folder).compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)")
                .flatMap { try? JSONDecoder().decode(MaskLookup.self, from: $0) }
        }
    }
}

extension SupportService {
    /// What a mask stands for in one bundle.
    public struct Meaning: Sendable, Hashable {
        public var mask: String
        public var kind: MaskKind
        /// nil for a secret: those are kept nowhere.
        public var value: String?
        public var bundle: String
        /// As RFC 3339 writes it.
        public var madeAt: String

        public init(mask: String, kind: MaskKind, value: String?, bundle: String, madeAt: String) {
            (self.mask, self.kind, self.value, self.bundle, self.madeAt) = (mask, kind, value, bundle, madeAt)
        }
    }

    private static func isMask(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && MaskKind(rawValue: parts[0].uppercased()) != nil
            && (1...64).contains(parts[1].count) && parts[1].allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    /// What masks stand for, in the newest bundles first: each bundle has masks of its own.
    ///
    /// - Parameter bundle: only in this one.
    /// - Throws: a `Complaint`: 77 for everybody but admins, 65 when none of the masks is known.
    public func lookUp(_ masks: [String], bundle: String? = nil) async throws(Complaint) -> [Meaning] {
        let doer = try await workspace.permit(.lookUpMask, on: "support")
        let folder = workspace.home.support
        let lookups = try await OwnThread.run { () throws(Complaint) in MaskLookup.all(in: folder) }
        var found: [Meaning] = []
        for mask in masks {
            let wanted = mask.trimmingCharacters(in: .whitespaces).lowercased()
            for lookup in lookups where bundle == nil || lookup.bundle == bundle {
                for entry in lookup.masks where entry.mask.lowercased() == wanted {
                    found.append(
                        Meaning(
                            mask: entry.mask, kind: entry.kind, value: entry.value, bundle: lookup.bundle,
                            madeAt: lookup.made_at))
                }
            }
        }
        let now = workspace.now
        guard !found.isEmpty else {
            // Whoever tries masks out is seen; what is no mask may be anything, so it is only counted.
            let tried = masks.map { $0.trimmingCharacters(in: .whitespaces) }
            let known = Set(tried.filter(Self.isMask)).sorted().prefix(20).joined(separator: " ")
            let facts = known.isEmpty ? "\(Counted.text(tried.count, "word")) that no mask is" : known
            let detail = Self.json([:], ["masks": facts])
            try await workspace.write { writer in
                try writer.recordEvent(
                    doer.event("support.lookup", "support", outcome: "failed", detail: detail, at: now))
            }
            let named = masks.map { HarmlessText.line($0, limit: 40) }.joined(separator: ", ")
            throw Complaint(
                "no bundle made here has \(named)",
                why: "masks are of one bundle each, and \(MaskLookup.kept) are kept",
                remedy: "Ask on the machine that made the bundle", status: .badData)
        }
        // Which ones were asked for stays on record; what they stand for does not belong there.
        let asked = Set(found.map(\.mask)).sorted().joined(separator: " ")
        let subjects = Set(found.map(\.bundle)).sorted().map { "support/\($0)" }
        try await workspace.write { writer in
            for subject in subjects {
                try writer.recordEvent(
                    doer.event("support.lookup", subject, detail: Self.json([:], ["masks": asked]), at: now))
            }
        }
        return found
    }
}
