import Domain
import Foundation
import Services
import Wire

@testable import Portals

/// What is no answer of a service: the provider's file, GSTN's public key, and the small texts inside of answers.
enum TextParsers {
    static let list: [FuzzParser] = [
        FuzzParser(
            name: "provider.file", samples: AllParsers.bytes([TextSamples.provider]),
            form: .text(words: TextSamples.words), gentle: 65
        ) { bytes in
            do throws(ConfigurationProblems) {
                let file = try ProviderFile.read(path: "a.toml", text: String(decoding: bytes, as: UTF8.self))
                return .accepted("\(file.profile.headers.count) headers, \(file.profile.paths.count) paths")
            } catch {
                guard !error.problems.isEmpty else { throw Broken("refused without a reason") }
                return .refused(Set(error.problems.map(\.key)).sorted().joined(separator: " "))
            }
        },
        FuzzParser(
            name: "certificate.pem",
            samples: AllParsers.bytes([note + TextSamples.certificate, note + TextSamples.publicKey]),
            form: .text(words: ["-----BEGIN CERTIFICATE-----\n", "-----END PUBLIC KEY-----\n", "\r\n", "====", "AAAA"]),
            read: certificate),
        FuzzParser(name: "certificate.der", samples: [der], form: .bytes, gentle: 80) { bytes in
            let text = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            return try certificate(
                Array("-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n".utf8))
        },
        FuzzParser(
            name: "json.any", samples: AllParsers.bytes([GstnSamples.firmToken, EFilingSamples.returns]), gentle: 50
        ) { bytes in
            guard let value = try? JSONValue(bytes) else { return .refused("no JSON") }
            guard try JSONValue(value.bytes) == value else { throw Broken("it is another once written and read again") }
            return .accepted("token \(value["access_token"]?.text != nil), list \(value.list != nil)")
        },
        FuzzParser(
            name: "text.values", samples: AllParsers.bytes(TextSamples.dates),
            form: .text(words: ["-", "+", ":", ".", "T", "Z", " ", "00", "99", "Feb", "IST", "\u{661}", "e9"]),
            blind: 5,
            read: value),
    ]

    /// What programs write before a certificate.
    private static let note = (1...40).map { "friendlyName: key \($0) of GSTN, issued 2026\n" }.joined() + "\n"

    private static let der: [UInt8] = {
        let lines = TextSamples.certificate.split(separator: "\n").filter { !$0.hasPrefix("-") }
        return Data(base64Encoded: lines.joined()).map { Array($0) } ?? []
    }()

    @Sendable private static func certificate(_ bytes: [UInt8]) throws -> Verdict {
        do throws(RsaCertificate.Unreadable) {
            let certificate = try RsaCertificate(pem: String(decoding: bytes, as: UTF8.self))
            guard certificate.encrypt([1, 2, 3]) != nil else { return .accepted("a key that seals nothing") }
            return .accepted("ends \(certificate.notAfter != nil)")
        } catch {
            return .refused(error.message)
        }
    }

    /// What is read is what stands there: written again it is the same text, or the same value.
    @Sendable private static func value(_ bytes: [UInt8]) throws -> Verdict {
        let text = String(decoding: bytes, as: UTF8.self)
        var found: [String] = []
        if let date = LegalDate(text) {
            guard date.description == text else { throw Broken("a date that does not stand there") }
            found.append("date")
        }
        if let instant = TimeText.instant(rfc3339: text) {
            guard TimeText.instant(rfc3339: TimeText.rfc3339(instant)) == instant else {
                throw Broken("a moment is another when written")
            }
            found.append("moment")
        }
        if let amount = Rupees(text) {
            guard Rupees(amount.decimalText) == amount else { throw Broken("an amount is another when written") }
            found.append("amount")
        }
        if JavaDateText.date(text) != nil { found.append("Java date") }
        if EFilingDates.date(LooseText(text)) != nil { found.append("date of the portal") }
        if (try? YearPeriod(.financialYear, text)) != nil { found.append("year") }
        if (try? ReturnPeriod(text)) != nil { found.append("period") }
        if (try? Gstin(text)) != nil { found.append("GSTIN") }
        if (try? Pan(text)) != nil { found.append("PAN") }
        if (try? Tan(text)) != nil { found.append("TAN") }
        return found.isEmpty ? .refused("nothing") : .accepted(found.joined(separator: ", "))
    }
}
