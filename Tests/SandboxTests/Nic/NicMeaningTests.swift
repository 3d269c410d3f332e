import Domain
import Secrets
import Testing
import Wire

@testable import Portals

/// What codes of NIC and the bills that it shows mean for an action.
@Suite("What NIC's answers mean") struct NicMeaningTests {
    private static let asked = Instant(seconds: 1_795_180_000)

    @Test func `a portal that could not retrieve has not said that there is nothing`() {
        for code in 325...337 { #expect(NicCodes.ewbLook["\(code)"] == .later, "\(code)") }
        #expect(NicCodes.ewbLook["338"] == nil && NicCodes.ewbLook["418"] == .absent)
    }

    @Test(arguments: ["311", "315", "316", "728", "281"])
    func `what is over is asked for once more and is no doubt`(code: String) {
        #expect(NicCodes.ewb[code] == .over)
    }

    @Test func `a request that does not open is sent under another session`() {
        #expect(NicCodes.ewb["109"] == .session && NicCodes.ewbLook["109"] == .session)
        #expect(NicCodes.ewb["312"] == .already && NicCodes.irp["4000"] == .over && NicCodes.irp["9999"] == .already)
    }

    private func order(_ kind: OperationKind, earlier: Set<String> = []) throws -> ActionOrder {
        var order = ActionOrder(
            kind: kind, gstin: try Gstin("09AAFHH6756K1ZQ"),
            user: ApiUser(name: "u", password: SecretBytes(utf8: "p"), version: 1),
            payload: Array(#"{"Irn":"ab","docNo":"DC-7"}"#.utf8), deadline: .now + .seconds(60))
        (order.askedAt, order.earlier) = (Self.asked, earlier)
        return order
    }

    private func event(_ number: String, madeAt: Instant?, earlier: Set<String> = []) throws -> OperationEvent {
        let made = madeAt.map { #","ewayBillDate":"\#(NicTime.ewbText($0))""# } ?? ""
        let detail = try EwbDetail(Array(#"{"ewbNo":\#(number),"status":"CNL"\#(made)}"#.utf8))
        let order = try order(.ewaybillGenerate, earlier: earlier)
        return EwbComparison(order: order, sent: try NicFields(order.payload)).judge(detail).event
    }

    @Test func `a cancelled bill that is an earlier one is none, any other is a conflict`() throws {
        #expect(try event("331000000001", madeAt: nil, earlier: ["331000000001"]) == .notFound)
        #expect(try event("331000000001", madeAt: Self.asked - .seconds(86_400)) == .notFound)
        #expect(try event("331000000001", madeAt: Self.asked + .seconds(60)) == .foundOther)
        // The clocks of two houses differ.
        #expect(try event("331000000001", madeAt: Self.asked - .seconds(60)) == .foundOther)
        #expect(try event("331000000001", madeAt: nil, earlier: ["331000000002"]) == .foundOther)
    }

    private func vehicleEvent(_ rows: [(String, Instant)]) throws -> OperationEvent {
        let listed = rows.map { #"{"vehicleNo":"\#($0.0)","fromState":9,"enteredDate":"\#(NicTime.ewbText($0.1))"}"# }
        let detail = try EwbDetail(
            Array(#"{"ewbNo":331000000001,"VehiclListDetails":[\#(listed.joined(separator: ","))]}"#.utf8))
        var order = try order(.ewaybillVehicle)
        order.payload = Array(#"{"ewbNo":331000000001,"vehicleNo":"up32ab1234","fromState":9}"#.utf8)
        order.before.asked = Self.asked...Self.asked + .seconds(60)
        return EwbComparison(order: order, sent: try NicFields(order.payload)).judge(detail).event
    }

    /// Sent again it would stand above the vehicle that carries the goods now.
    @Test func `a vehicle that others changed since is never entered again`() throws {
        let (before, after) = (Self.asked - .seconds(86_400), Self.asked + .seconds(3_600))
        #expect(try vehicleEvent([("UP32AB1234", Self.asked)]) == .foundSame)
        #expect(try vehicleEvent([("DL01XY0001", after), ("UP32AB1234", Self.asked)]) == .foundSame)
        #expect(try vehicleEvent([("DL01XY0001", after), ("UP32AB1234", before)]) == .foundOther)
        #expect(try vehicleEvent([("DL01XY0001", before)]) == .notFound)
        #expect(try vehicleEvent([("UP32AB1234", before)]) == .notFound)
        #expect(try vehicleEvent([]) == .notFound)
    }

    @Test func `a list of a day is searched on the days on which we asked`() throws {
        var order = try order(.ewaybillGenerate)
        #expect(EwbReading.days(order).isEmpty)
        let midnight = NicTime.instant(try #require(LegalDate("2026-11-21")), hour: 0, minute: 0)
        order.before.asked = midnight - .seconds(30)...midnight + .seconds(30)
        #expect(EwbReading.days(order).map(\.description) == ["2026-11-21", "2026-11-20"])
        order.before.asked = midnight - .seconds(30 * 86_400)...midnight
        #expect(EwbReading.days(order).count == 7)
    }

    @Test func `a cancelled bill of an IRN that is an earlier one is none`() throws {
        func event(_ earlier: Set<String>) throws -> OperationEvent {
            IrpComparison(order: try order(.ewaybillByIrn, earlier: earlier), keys: SignatureKeys())
                .judge(Array(#"{"EwbNo":331000000001,"Status":"CNL"}"#.utf8)).event
        }
        #expect(try event(["331000000001"]) == .notFound)
        #expect(try event([]) == .foundOther)
    }

    @Test func `a bill of an IRN is ours only when nothing that is told of its transport differs`() throws {
        func judge(_ told: String, _ sent: String) throws -> IrpComparison.Judgement {
            var order = try order(.ewaybillByIrn)
            order.payload = Array(#"{"Irn":"ab",\#(sent)}"#.utf8)
            return IrpComparison(order: order, keys: SignatureKeys())
                .judge(Array(#"{"EwbNo":331000000001,"Status":"ACT"\#(told)}"#.utf8))
        }
        let road = #""Distance":201,"TransMode":"1","VehNo":"UP32AB1234","TransId":"29AAACB1234A1Z5""#
        #expect(try judge("", road).event == .foundSame)
        #expect(try judge(#","EwbValidTill":"2026-11-24 23:59:00""#, road).event == .foundSame)
        #expect(try judge(#","EwbValidTill":null"#, #""Distance":201,"TransId":"29AAACB1234A1Z5""#).event == .foundSame)
        #expect(try judge(#","VehNo":"up32ab1234","Distance":201"#, road).event == .foundSame)
        #expect(
            try judge(#","Distance":188"#, #""Distance":0,"TransMode":"1","VehNo":"UP32AB1234""#).event == .foundSame)
        let differing = [
            (#","EwbValidTill":null"#, "no vehicle yet"), (#","VehNo":"UP32ZZ9999","Distance":5"#, "another vehicle"),
            (#","TransId":"07AAACB1234A1Z5""#, "another transporter"), (#","Distance":188"#, "another distance"),
        ]
        for (told, words) in differing {
            let judged = try judge(told, road)
            #expect(judged.event == .foundOther && judged.reference == nil, "\(told)")
            #expect(judged.message.contains("331000000001") && judged.message.contains(words), "\(judged.message)")
        }
    }
}
