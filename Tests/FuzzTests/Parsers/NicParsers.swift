import Domain
import Wire

/// Envelopes of NIC's portals, and what is sealed in them.
enum NicParsers {
    static let list: [FuzzParser] = [
        FuzzParser(
            name: "nic.answer",
            samples: AllParsers.bytes([NicSamples.login, NicSamples.duplicate, NicSamples.elsewhere]), gentle: 65
        ) { try answer($0, .nic) },
        FuzzParser(name: "nic.reseller", samples: AllParsers.bytes([NicSamples.reseller]), gentle: 65) {
            try answer($0, .successResult)
        },
        FuzzParser(
            name: "nic.ewb",
            samples: AllParsers.bytes([
                NicSamples.refused, NicSamples.refusedInWords, NicSamples.ewbLogin, NicSamples.sealed,
            ]), gentle: 65, read: ewb),
        FuzzParser(
            name: "nic.time",
            samples: AllParsers.bytes([#"{"AckDt":"2026-11-20 18:35:00","ewbDate":"20/11/2026 06:35:00 PM "}"#]),
            gentle: 80, read: time),
        FuzzParser(
            name: "nic.token", samples: [token.map { Array($0.utf8) } ?? []], form: .bytes, read: believed),
    ]

    @Sendable private static func answer(_ bytes: [UInt8], _ style: NicAnswer.Style) throws -> Verdict {
        let answer: NicAnswer
        do throws(WireJSON.Problem) {
            answer = try NicAnswer(bytes, style: style)
        } catch {
            return .refused(error.message)
        }
        if answer.isSuccess, style == .successResult, !answer.errors.isEmpty { throw Broken("a success has errors") }
        let key = (try? NicToken(answer)).flatMap { try? $0.sek(under: NicSamples.answerKey) }
        let infos = answer.infos.map { info in
            switch info {
            case .duplicate(let known): "dup \(known.ackAt != nil)"
            case .duplicateElsewhere(let known): "elsewhere \(known.registrar != nil)"
            case .ewbRefused(let errors): "refused \(errors.count)"
            case .distance(let distance, _): "distance \(distance != nil)"
            case .ewbAlert, .vehicle, .additional: "text"
            case .other: "other"
            }
        }
        return .accepted(
            "\(answer.isSuccess), \(answer.errors.count) errors, key \(key != nil), \(infos.prefix(5).joined(separator: " "))"
        )
    }

    @Sendable private static func ewb(_ bytes: [UInt8]) throws -> Verdict {
        let answer: EwbAnswer
        do throws(WireJSON.Problem) {
            answer = try EwbAnswer(bytes)
        } catch {
            return .refused(error.message)
        }
        if answer.error?.codes.contains(where: { $0.utf8.count != 3 }) == true {
            throw Broken("a code of other length")
        }
        let opened = try? answer.opened(under: NicSamples.sessionKey)
        if opened?.isHmacRight == true, opened?.json != Array(NicSamples.detail.utf8) {
            throw Broken("it opens to what nobody sealed")
        }
        let mac = opened.flatMap { $0.isHmacRight }.map { "\($0)" } ?? "none"
        return .accepted(
            "\(answer.isSuccess), \(answer.error?.codes.count ?? -1) codes, opened \(opened != nil), mac \(mac)")
    }

    @Sendable private static func time(_ bytes: [UInt8]) throws -> Verdict {
        let fields: NicFields
        do throws(WireJSON.Problem) {
            fields = try NicFields(bytes)
        } catch {
            return .refused(error.message)
        }
        let moments = [fields.instant("AckDt"), fields.instant("ewbDate")]
        for moment in moments.compactMap({ $0 }) {
            guard NicTime.instant(NicTime.ewbText(moment)) == moment,
                NicTime.instant(NicTime.invoiceText(moment)) == moment
            else { throw Broken("it is another moment once it is written and read again") }
        }
        return .accepted("\(moments.map { $0 != nil })")
    }

    private static let signer = Base64.bytes(SignerSample.key).flatMap { try? DocumentSigner(privateKey: $0) }
    private static let token = signer?.token(of: Array(NicSamples.qr.utf8), issuer: "NIC")

    /// Of a token every change must be seen: what it is seen by is the outcome.
    @Sendable private static func believed(_ bytes: [UInt8]) throws -> Verdict {
        guard let signer, let token, let pem = try? RsaCertificate(pem: signer.publicKeyPem),
            let key = try? SignatureKeys.Key(pem, issuer: "NIC")
        else { throw Broken("there is no key") }
        var keys = SignatureKeys()
        keys[signer.keyId] = key
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(SignatureProblem) {
            _ = try SignedDocument(verifying: text, keys: keys)
        } catch {
            return .accepted("refused: \(name(error))")
        }
        guard text == token else { throw Broken("a changed token is believed") }
        return .accepted("believed")
    }

    private static func name(_ problem: SignatureProblem) -> String {
        switch problem {
        case .parts: "parts"
        case .base64(let part): "base64 of the \(part)"
        case .header: "header"
        case .algorithm: "algorithm"
        case .noKeyId: "no key id"
        case .unknownKey: "unknown key"
        case .signature: "signature"
        case .payload: "payload"
        case .issuer: "issuer"
        case .outOfTime: "out of time"
        }
    }
}
