import Crypto
import Domain
import Foundation
import Secrets
import Testing
import Transport
import Wire

@testable import Portals

/// What is kept of an answer is what people can read when its session is long over.
@Suite("Answers as evidence") struct AnswerEvidenceTests {
    private static let sek = SymmetricKey(size: .bits256)

    private static func order(_ kind: OperationKind) throws -> ActionOrder {
        ActionOrder(
            kind: kind, gstin: try Gstin("09AAFHH6756K1ZQ"),
            user: ApiUser(name: "u", password: SecretBytes(utf8: "p"), version: 1), payload: Array("{}".utf8),
            expectedReference: "ab", deadline: .now)
    }

    private static var session: NicSession {
        NicSession(token: "t", sek: sek, expiresAt: Instant(milliseconds: .max), userVersion: 1)
    }

    private static func response(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: HTTPHeaders(), body: Array(text.utf8))
    }

    private static func kept(_ answer: ActionAnswer) -> String { String(decoding: answer.body ?? [], as: UTF8.self) }

    @Test func `an answer to something else is in doubt and stands opened in the evidence`() throws {
        let json = #"{"Irn":"cd","AckNo":112410000000001}"#
        let sealed = try NicKeys.sealed(Array(json.utf8), under: Self.sek)
        for data in [sealed, sealed.replacing("/", with: #"\/"#)] {
            let body = #"{"Status":"1","Data":"\#(data)","Alert":"renewed"}"#
            let answer = IrpReading(order: try Self.order(.einvoiceGenerate), nic: NicProfile(), session: Self.session)
                .sent(Self.response(body))
            #expect(answer.event == .lost && Self.kept(answer) == #"{"Status":"1","Data":\#(json),"Alert":"renewed"}"#)
        }
    }

    @Test func `so does an answer of the e-way bill system without its number`() throws {
        let json = #"{"alert":"none"}"#
        let sealed = try NicKeys.sealed(Array(json.utf8), under: Self.sek)
        let answer = EwbReading(order: try Self.order(.ewaybillGenerate), session: Self.session)
            .sent(Self.response(#"{"status":"1","data":"\#(sealed)"}"#))
        #expect(answer.event == .lost && Self.kept(answer) == #"{"status":"1","data":\#(json)}"#)
    }

    @Test(arguments: [true, false]) func `an HMAC that does not fit warns beside the confirmation`(isRight: Bool) throws
    {
        let (json, rek) = (Array(#"{"ewayBillNo":331001000001}"#.utf8), SymmetricKey(size: .bits256))
        let (sealed, wrapped) = (try NicKeys.sealed(json, under: rek), try NicKeys.wrapped(rek, under: Self.sek))
        let hmac = isRight ? NicKeys.hmac(json, rek: rek) : "another"
        let answer = EwbReading(order: try Self.order(.ewaybillGenerate), session: Self.session)
            .sent(Self.response(#"{"status":"1","data":"\#(sealed)","rek":"\#(wrapped)","hmac":"\#(hmac)"}"#))
        #expect(answer.event == .confirmed && answer.reference == "331001000001")
        #expect(answer.message.contains("HMAC does not fit") == !isRight)
    }

    @Test func `what does not open is kept as it came`() throws {
        let body = #"{"Status":"1","Data":"%no seal%"}"#
        let answer = IrpReading(order: try Self.order(.einvoiceGenerate), nic: NicProfile(), session: Self.session)
            .sent(Self.response(body))
        #expect(answer.event == .lost && Self.kept(answer) == body)
    }
}
