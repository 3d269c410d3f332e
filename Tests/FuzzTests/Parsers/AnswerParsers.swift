import Domain
import Foundation
import Secrets
import Wire

@testable import Portals
@testable import Transport

/// What stands around a payload: status and header, files, addresses, pictures.
enum AnswerParsers {
    static let list: [FuzzParser] = [
        answer("http.head", [AnswerSamples.file, AnswerSamples.busy, AnswerSamples.limited]) { response in
            "\(response.status / 100)xx, \(response.framing), \(PayloadReading.some(response.headers.fields.count)) fields"
        },
        answer("efiling.file", [AnswerSamples.file, AnswerSamples.envelope]) { response in
            guard let file = try? EFilingContent(response, name: "Notice.pdf.gz") else { return nil }
            guard !file.bytes.isEmpty else { throw Broken("a file without content") }
            return "\(file.mediaType), own name \(file.name != "Notice.pdf")"
        },
        answer("efiling.failure", [AnswerSamples.busy, AnswerSamples.refused, AnswerSamples.away]) { response in
            try say(
                EFilingFailure.from(
                    response, EFilingCaller.Call(path: .services, service: EFiling.Service.demands.rawValue)))
        },
        answer("bridge.failure", [AnswerSamples.busy, AnswerSamples.limited]) { try say(BridgeFailure.from($0)) },
        answer("traces.failure", [AnswerSamples.busy, AnswerSamples.refused, AnswerSamples.away]) { response in
            let failure = try TracesFailure.from(response).map(say) ?? "none"
            let refusal = TracesFailure.refusal(response, secrets: [SecretBytes(utf8: "entered")])
            guard !refusal.message.contains("entered") else { throw Broken("a refusal repeats a secret") }
            return failure + ", " + (try say(refusal))
        },
        FuzzParser(
            name: "file.pdf", samples: AllParsers.bytes([EFilingSamples.pdf, "\u{5}sr{" + EFilingSamples.pdf + "x}"]),
            form: .bytes, gentle: 30
        ) { bytes in
            guard let pdf = PdfEnvelope.pdf(in: bytes) else { return .refused("no PDF") }
            guard pdf.starts(with: Array("%PDF-".utf8)) else { throw Broken("a PDF that begins as none") }
            return .accepted(pdf.count == bytes.count ? "whole" : "cut out")
        },
        FuzzParser(
            name: "file.captcha",
            samples: AllParsers.bytes([
                picture, "data:image/png;base64," + picture, "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==",
            ]),
            form: .text(words: ["AAAA", "0123", "data:image/png;base64,", ",", "====", "\n"]), gentle: 70, blind: 15
        ) { bytes in
            guard let picture = CaptchaPicture.bytes(base64: String(decoding: bytes, as: UTF8.self)) else {
                return .refused("no picture")
            }
            return .accepted(picture.first == 0x89 ? "PNG" : "JPEG")
        },
        FuzzParser(
            name: "traces.address", samples: AllParsers.bytes(AnswerSamples.addresses),
            form: .text(words: ["@", "\\", "//", "https://", "evil.example", "?", "#", ":", "%2f", "traces.example"]),
            read: address),
    ]

    private static let picture = Data([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + (0..<40).map { UInt8($0 * 6) })
        .base64EncodedString()

    /// - Parameter say: nil refuses.
    private static func answer(
        _ name: String, _ samples: [String], _ say: @escaping @Sendable (HTTPResponse) throws -> String?
    ) -> FuzzParser {
        FuzzParser(
            name: name, samples: AllParsers.bytes(samples), form: .text(words: AnswerSamples.words), blind: 25
        ) { bytes in
            guard let response = try response(bytes) else { return .refused("no whole header") }
            return try say(response).map { .accepted($0) } ?? .refused("not this answer")
        }
    }

    /// Lines up to the empty one go to the reader of headers one by one, as libcurl hands them over.
    private static func response(_ bytes: [UInt8]) throws -> HTTPResponse? {
        var head = ResponseHead()
        var rest = bytes[...]
        while !head.isComplete || (100...199).contains(head.status ?? 0) {
            guard let end = rest.firstIndex(of: 10) else { return nil }
            Array(rest[...end]).withUnsafeBufferPointer { head.take(line: $0) }
            rest = rest[(end + 1)...]
        }
        guard let status = head.status else { return nil }
        let framing: HTTPResponse.Framing = head.delimitsBody(method: .get) ? .delimited : .untilClose
        return HTTPResponse(status: status, headers: head.headers, body: Array(rest), framing: framing)
    }

    private static func say(_ failure: PortalFailure) throws -> String {
        guard failure.message.unicodeScalars.allSatisfy(HarmlessText.isHarmless) else {
            throw Broken("a failure carries a character that can harm a terminal")
        }
        return "\(failure.cause), raw \(!failure.rawAnswer.isEmpty)"
    }

    /// Our session goes to the hosts of the provider file and nowhere else.
    @Sendable private static func address(_ bytes: [UInt8]) throws -> Verdict {
        var profile = ProviderProfile(
            name: "traces", connector: .traces, portals: [.traces], baseURL: "https://traces.example")
        profile.urls = ["files": "https://files.example:8443"]
        let caller = TracesCaller(profile: profile, client: client)
        guard let url = caller.file(String(decoding: bytes, as: UTF8.self)) else { return .refused("elsewhere") }
        guard let host = URLComponents(string: url)?.host?.lowercased() else { return .accepted("odd") }
        guard ["traces.example", "files.example"].contains(host) else { throw Broken("a file of \(host)") }
        return .accepted(host)
    }

    private static let client = PortalClient(http: HTTPClient(), pause: { _ in }, random: .system)
}
