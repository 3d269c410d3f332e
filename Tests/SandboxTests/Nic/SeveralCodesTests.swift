import Crypto
import Domain
import Secrets
import Testing
import Transport
import Wire

@testable import Portals

/// An answer may give several codes at once. All of them are judged and kept, and the most careful meaning wins.
@Suite("Answers with several codes") struct SeveralCodesTests {
    private static func order(_ kind: OperationKind) throws -> ActionOrder {
        ActionOrder(
            kind: kind, gstin: try Gstin("09AAFHH6756K1ZQ"),
            user: ApiUser(name: "u", password: SecretBytes(utf8: "p"), version: 1), payload: Array("{}".utf8),
            deadline: .now)
    }

    private static var session: NicSession {
        NicSession(
            token: "t", sek: SymmetricKey(size: .bits256), expiresAt: Instant(milliseconds: .max), userVersion: 1)
    }

    private static func response(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: HTTPHeaders(), body: Array(text.utf8))
    }

    private static func irp(_ codes: [String]) -> HTTPResponse {
        let errors = codes.map { #"{"ErrorCode":"\#($0)","ErrorMessage":"said \#($0)"}"# }
        return response(#"{"Status":0,"ErrorDetails":[\#(errors.joined(separator: ","))]}"#)
    }

    private static func ewb(_ codes: [String]) -> HTTPResponse {
        let error = Base64.text(Array(#"{"errorCodes":"\#(codes.joined(separator: ","))"}"#.utf8))
        return response(#"{"status":"0","error":"\#(error)"}"#)
    }

    private static func sent(_ kind: OperationKind, _ codes: [String]) throws -> ActionAnswer {
        kind.system == .irp
            ? IrpReading(order: try order(kind), nic: NicProfile(), session: session).sent(irp(codes))
            : EwbReading(order: try order(kind), session: session).sent(ewb(codes))
    }

    private static func found(_ kind: OperationKind, _ codes: [String]) throws -> ActionAnswer {
        kind.system == .irp
            ? IrpReading(order: try order(kind), nic: NicProfile(), session: session).found(irp(codes))
            : EwbReading(order: try order(kind), session: session).found(ewb(codes))
    }

    @Test(arguments: [
        // Each pair in both orders: exists, uncertain, unknown, refused, limits, sessions.
        (OperationKind.einvoiceGenerate, ["2172", "2150"], OperationEvent.lost, true),
        (.einvoiceGenerate, ["2172", "5001"], .lost, false),
        (.einvoiceGenerate, ["2172", "9990"], .lost, false),
        (.einvoiceGenerate, ["2172", "2176"], .refused, false),
        (.einvoiceGenerate, ["1005", "2172"], .refused, false),
        (.einvoiceGenerate, ["1005", "2150"], .lost, true),
        (.ewaybillGenerate, ["228", "604"], .lost, true),
        (.ewaybillGenerate, ["228", "240"], .lost, false),
        (.ewaybillGenerate, ["238", "228"], .refused, false),
        (.ewaybillGenerate, ["238", "118"], .notSent, false),
        (.ewaybillCancel, ["228", "315"], .lost, true),
    ])
    func `the most careful meaning of a refusal wins, in any order`(
        kind: OperationKind, codes: [String], event: OperationEvent, isTold: Bool
    ) throws {
        for codes in [codes, codes.reversed()] {
            let answer = try Self.sent(kind, codes)
            #expect(answer.event == event && answer.isTold == isTold, "\(codes)")
            #expect(answer.codes == codes && answer.code == codes.joined(separator: ", "))
            for code in codes { #expect(answer.message.contains(code) || kind.system == .ewb) }
        }
    }

    @Test func `an error without a number leaves a refusal open`() throws {
        let body = #"{"Status":0,"ErrorDetails":[{"ErrorCode":"2172","ErrorMessage":"a"},{"ErrorMessage":"b"}]}"#
        let answer = IrpReading(order: try Self.order(.einvoiceGenerate), nic: NicProfile(), session: Self.session)
            .sent(Self.response(body))
        #expect(answer.event == .lost && answer.codes == ["2172"])
    }

    @Test func `another session is asked for only where nothing weighs more than the session`() throws {
        #expect(try Self.sent(.einvoiceGenerate, ["1005"]).wantsSession)
        #expect(try !Self.sent(.ewaybillGenerate, ["238", "118"]).wantsSession)
    }

    @Test func `there is none only where every code says so`() throws {
        for codes in [["2148"], ["2148", "2154"]] {
            #expect(try Self.found(.einvoiceGenerate, codes).event == .notFound)
        }
        for codes in [["2148", "3020"], ["3020", "2148"], ["2148", "2283"], ["2148", "9990"], ["1005", "2148"]] {
            let answer = try Self.found(.einvoiceGenerate, codes)
            #expect(answer.event == .lookFailed && answer.codes == codes, "\(codes)")
        }
        #expect(try Self.found(.ewaybillGenerate, ["418"]).event == .notFound)
        for codes in [["418", "325"], ["418", "444"], ["418", "301"]] {
            let answer = try Self.found(.ewaybillGenerate, codes)
            #expect(answer.event == .lookFailed && answer.codes == codes, "\(codes)")
        }
    }

    @Test(arguments: [["1013", "1008"], ["1008", "1013"], ["5001", "1019"]])
    func `a login that was told of a wrong password among others is not tried again`(codes: [String]) throws {
        let failure = #expect(throws: PortalFailure.self) {
            _ = try NicLoginCall.token(
                Self.irp(codes).body,
                ProviderProfile(
                    name: "irp", connector: .irp, portals: [], baseURL: "https://irp.example"))
        }
        #expect(failure?.cause == .wrongPassword && failure?.portalCode == codes.joined(separator: ", "))
    }
}
