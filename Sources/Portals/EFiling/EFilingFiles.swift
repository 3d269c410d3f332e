import Domain
import Transport
import Wire

/// Downloads the files of notices, checks what they are, and hands them to the reporter.
struct EFilingFiles: Sendable {
    /// A file that a list has named.
    struct Wanted: Sendable {
        var id: String
        var name: String
        /// Whether our name stays though the answer brings another.
        var keepsName = false
        /// How to ask for it; by id when nil.
        var call: EFilingCaller.Call?

        /// Tells this portal's ids from those of other providers that read the same taxpayer.
        var externalId: String { HarmlessText.line("efiling:\(call?.path.rawValue ?? "document"):\(id)", limit: 300) }

        /// All documents of a notice, never only the one that the answer singles out.
        static func set(_ letter: EFilingLetter) -> [Wanted] {
            let named = letter.docMap ?? [:]
            if !named.isEmpty {
                return named.sorted { $0.key < $1.key }.map { Wanted(id: $0.key, name: $0.value?.text ?? "Notice.pdf") }
            }
            // Without any map there may still be the one document.
            guard letter.docMap == nil, let id = letter.satDocId?.filled else { return [] }
            return [Wanted(id: id, name: letter.docNam ?? "Notice.pdf")]
        }
    }

    let caller: EFilingCaller
    let session: EFilingSession
    let reporter: any FetchReporter

    /// Each wanted file as a document; those that did not come are without content and leave a problem, those that are left
    /// at the portal their name.
    func fetch(_ wanted: [Wanted], of name: String, _ findings: inout EFilingFindings) async -> [NoticeDocument] {
        var documents: [NoticeDocument] = []
        var byteCount = 0
        for (position, file) in wanted.enumerated() {
            if await session.ending != nil, position > 0 { break }
            do throws(PortalFailure) {
                let limits = caller.limits
                guard position < limits.mostInSet, byteCount < limits.largestSet else {
                    var failure = PortalFailure(
                        .placeFailed, "the set has more than \(limits.mostInSet) files or \(limits.largestSet >> 20) MB"
                    )
                    failure.isTooLarge = true
                    throw failure
                }
                let document = try await fetch(file)
                byteCount += document.byteCount
                documents.append(document)
            } catch {
                let shown = NoticeDocument.safeName(file.name)
                documents.append(
                    NoticeDocument(
                        externalId: file.externalId, name: shown, mediaType: "", byteCount: 0))
                // Asked again it would be as large: it is named, and the place is read but for it.
                if error.isTooLarge {
                    findings.leftOut.insert(file.externalId)
                } else {
                    findings.problems.append(error)
                }
                await reporter.log(
                    error.isTooLarge ? .warning : .error, "document",
                    HarmlessText.line("\(name), \(shown): \(error.message)"),
                    detail: error.rawAnswer)
            }
        }
        return documents
    }

    /// Keeps a record that lacks what would name it, so that nobody takes it for read.
    func setAside(
        _ place: Place, _ key: String, _ problem: String, _ raw: [UInt8], _ findings: inout EFilingFindings
    ) async {
        do {
            try await reporter.setAside(
                StrayRecord(place: place, key: HarmlessText.line(key, limit: 200), problem: problem, raw: raw))
        } catch {
            findings.problems.append(
                PortalFailure(.internal, HarmlessText.line("a record could not be set aside: \(error)")))
        }
    }

    /// Keeps the record of a notice that was read but for some values.
    func setAside(
        _ facts: NoticeFacts, unread: [String], _ raw: @autoclosure () -> [UInt8], _ findings: inout EFilingFindings
    ) async {
        guard let stray = StrayRecord(facts, unread: unread, raw: raw()) else { return }
        await setAside(stray.place, stray.key, stray.problem, stray.raw, &findings)
    }

    /// The content behind an id never changes, so what is stored is not downloaded again.
    private func fetch(_ wanted: Wanted) async throws(PortalFailure) -> NoticeDocument {
        if let known = await reporter.storedDocument(externalId: wanted.externalId) { return known }
        try await caller.wait(caller.profile.pacing.document)
        let response = try await session.read(try call(for: wanted))
        let file = try EFilingContent(response, name: wanted.name, keepsName: wanted.keepsName)
        var document = NoticeDocument(
            externalId: wanted.externalId, name: NoticeDocument.safeName(file.name),
            mediaType: file.mediaType, byteCount: file.bytes.count)
        document.sha256 = ContentHash.sha256(file.bytes)
        do {
            try await reporter.store(document: document, bytes: file.bytes)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("the document could not be stored: \(error)"))
        }
        return document
    }

    private func call(for wanted: Wanted) throws(PortalFailure) -> EFilingCaller.Call {
        if var call = wanted.call {
            call.maxResponseBytes = caller.limits.largestFile
            return call
        }
        // The id stands in a path: letters and digits are all that the portal uses.
        guard wanted.id.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
        else { throw PortalFailure(.portalChanged, "the document has an odd id") }
        return EFilingCaller.Call(path: .document, tail: wanted.id, maxResponseBytes: caller.limits.largestFile)
    }
}

/// What is taken of one notice; the portal's own files stay well below (facts: income-tax-traces 3.13).
struct EFilingLimits: Sendable {
    var largestFile = 25 << 20
    var largestSet = 60 << 20
    var mostInSet = 40
}

/// The bytes of one file and what they are, whatever the answer calls them.
struct EFilingContent: Sendable {
    var name: String
    var bytes: [UInt8]
    var mediaType: String

    /// - Throws: when a page or a message came in place of the file, or a PDF that is none.
    init(_ response: HTTPResponse, name wanted: String, keepsName: Bool = false) throws(PortalFailure) {
        let given = keepsName ? nil : Self.fileName(response.headers["Content-Disposition"])
        name = given ?? wanted
        bytes = response.body
        guard !bytes.isEmpty else { throw PortalFailure(.placeFailed, "the document came without content") }
        guard !bytes.starts(with: [0x1F, 0x8B]) else {
            mediaType = "application/gzip"
            return
        }
        // Stored names end in .gz though the file is served unpacked.
        if name.lowercased().hasSuffix(".gz") { name = String(name.dropLast(3)) }
        if let pdf = PdfEnvelope.pdf(in: bytes) {
            bytes = pdf
            mediaType = "application/pdf"
            return
        }
        let first = bytes.first { ![9, 10, 13, 32].contains($0) }
        let isText = first == UInt8(ascii: "<") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        guard !isText, !name.lowercased().hasSuffix(".pdf") else {
            var failure = PortalFailure(.placeFailed, "a page came in place of the document")
            failure.rawAnswer = RawHead.block(bytes)
            throw failure
        }
        mediaType = "application/octet-stream"
    }

    /// `attachment; filename="x.pdf"`.
    private static func fileName(_ header: String?) -> String? {
        for part in (header ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard pair.count == 2, pair[0].lowercased() == "filename" else { continue }
            let name = pair[1].filter { $0 != "\"" }
            if !name.isEmpty { return name }
        }
        return nil
    }
}

/// Some files arrive inside a serialized Java object that calls itself JSON; the PDF lies in it whole.
enum PdfEnvelope {
    private static let start = Array("%PDF-".utf8)
    private static let end = Array("%%EOF".utf8)

    /// The bytes as they are when they are a PDF, else from the first start mark to the last end mark; nil when there is no
    /// whole PDF.
    static func pdf(in bytes: [UInt8]) -> [UInt8]? {
        guard let first = position(of: start, in: bytes, from: 0, by: 1),
            let last = position(of: end, in: bytes, from: bytes.count - end.count, by: -1), last > first
        else { return nil }
        // Behind the end mark of a plain PDF there may be line ends, and nothing that matters.
        let isPlain = first == 0 && bytes.count - last <= 1_024
        return isPlain ? bytes : Array(bytes[first..<(last + end.count)])
    }

    private static func position(of mark: [UInt8], in bytes: [UInt8], from start: Int, by step: Int) -> Int? {
        var index = start
        while index >= 0, index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) { return index }
            index += step
        }
        return nil
    }
}
