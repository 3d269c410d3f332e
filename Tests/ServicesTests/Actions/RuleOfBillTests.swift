import Domain
import Foundation
import Testing
import Wire

@testable import Services

/// The end that a system tells of a bill is compared with the rule after every answer that tells one.
@Suite("Rule of a bill's end") struct RuleOfBillTests {
    private static func fields(_ json: String) throws -> NicFields { try NicFields(Array(json.utf8)) }
    private static func result(_ json: String) throws -> EwbResult { try EwbResult(Array(json.utf8)) }
    private static func change(_ json: String) throws -> EwbChange { try EwbChange(Array(json.utf8)) }

    /// An end in India.
    private static func end(_ day: String) throws -> Instant {
        NicTime.instant(try #require(LegalDate(day)), hour: 23, minute: 59)
    }

    /// Part A of 401 km, made on the 9th.
    private static func partA() throws -> RuleOfBill {
        RuleOfBill(
            try fields(#"{"transDistance":"401","vehicleType":"R"}"#),
            try result(#"{"ewayBillNo":341000000001,"ewayBillDate":"09/07/2025 11:32:00 AM","validUpto":null}"#))
    }

    private static let vehicle = #"{"vehUpdDate":"11/07/2025 10:00:00 AM","validUpto":"14/07/2025 11:59:00 PM"}"#
    private static let road = #"{"transMode":"1","vehicleType":"R"}"#

    @Test func `the first vehicle begins it, and a later one changes nothing`() throws {
        var rule = try Self.partA()
        #expect(rule.until == nil)
        rule.take(try Self.change(Self.vehicle), of: .ewaybillVehicle, try Self.fields(Self.road))
        #expect(rule.until == (try Self.end("2025-07-14")))
        let later = #"{"vehUpdDate":"12/07/2025 10:00:00 AM","validUpto":"19/07/2025 11:59:00 PM"}"#
        rule.take(try Self.change(later), of: .ewaybillVehicle, try Self.fields(Self.road))
        #expect(rule.until == (try Self.end("2025-07-14")))
        // Goods that go on by ship count otherwise, and from when is not told.
        rule.take(try Self.change(later), of: .ewaybillVehicle, try Self.fields(#"{"transMode":"4"}"#))
        #expect(rule.until == nil)
    }

    @Test func `over-dimensional goods have shorter days`() throws {
        var rule = try Self.partA()
        rule.take(
            try Self.change(Self.vehicle), of: .ewaybillVehicle,
            try Self.fields(#"{"transMode":"1","vehicleType":"O"}"#))
        #expect(rule.until == (try Self.end("2025-08-01")))
    }

    @Test(arguments: [
        // Ten hours before midnight of the last day, and one hour after it, when either day may count.
        ("14/07/2025 08:00:00 PM", "15/07/2025 11:59:00 PM", "2025-07-15"),
        ("14/07/2025 08:00:00 PM", "17/07/2025 11:59:00 PM", "2025-07-15"),
        ("15/07/2025 01:00:00 AM", "16/07/2025 11:59:00 PM", "2025-07-16"),
        ("15/07/2025 01:00:00 AM", "15/07/2025 11:59:00 PM", "2025-07-15"),
    ])
    func `an extension counts by what remains`(at: String, told: String, day: String) throws {
        var rule = try Self.partA()
        rule.take(try Self.change(Self.vehicle), of: .ewaybillVehicle, try Self.fields(Self.road))
        rule.take(
            try Self.change(#"{"ewayBillNo":"341000000001","updatedDate":"\#(at)","validUpto":"\#(told)"}"#),
            of: .ewaybillExtend, try Self.fields(#"{"remainingDistance":50,"transMode":"1"}"#))
        #expect(rule.until == (try Self.end(day)))
    }

    @Test func `what is not told leaves it open`() throws {
        var rule = RuleOfBill(
            try Self.fields(#"{"transDistance":"0"}"#),
            try Self.result(#"{"ewayBillNo":341000000001,"ewayBillDate":"09/07/2025 11:32:00 AM"}"#))
        rule.take(try Self.change(Self.vehicle), of: .ewaybillVehicle, try Self.fields(Self.road))
        #expect(rule.until == nil)
        var found = try Self.partA()
        found.take(
            try Self.change(#"{"validUpto":"14/07/2025 11:59:00 PM"}"#), of: .ewaybillVehicle,
            try Self.fields(Self.road))
        #expect(found.until == nil)
    }
}
