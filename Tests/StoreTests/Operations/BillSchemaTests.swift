import Domain
import Foundation
import Testing

@testable import Store

/// A workspace in which e-way bills were made before the desk listed them.
@Suite("E-way bills of an older workspace") struct BillSchemaTests {
    @Test func `their ends are read out of what the authorities answered, in both ways of writing`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let writer = try WriterConnection(file: "\(folder)/desk.sqlite")
        for (index, text) in Schema.migrations.prefix(13).enumerated() {
            try writer.execute(text)
            try writer.execute(
                "INSERT INTO schema_migration (version, checksum, applied_at) "
                    + "VALUES (\(index + 1), \(ContentHash.of(text)), 0)")
        }
        try writer.execute("PRAGMA application_id = \(Schema.applicationId); PRAGMA user_version = 13")
        try writer.execute(Self.rows)
        try writer.close()

        let store = try Workspace.open(folder)
        defer { store.close() }
        let now = NicTime.instant(LegalDate(dayNumber: 20_777), hour: 12, minute: 0)
        try store.readNow { reader throws in
            let page = try reader.eWayBills(EWayBillQuery(now: now))
            let bills = Dictionary(page.rows.map { ($0.number ?? $0.operation.title, $0) }) { $1 }
            #expect(bills.count == 4)
            let direct = try #require(bills["331001000001"])
            #expect(direct.madeAt == NicTime.instant("09/07/2025 12:32:10 AM"))
            // The vehicle's answer tells the later end.
            #expect(direct.validUntil == NicTime.instant("12/07/2025 11:59:00 PM") && direct.vehicle == "UP32AB1234")
            let byIrn = try #require(bills["331001000002"])
            #expect(byIrn.validUntil == NicTime.instant("2025-07-10 23:59:00") && byIrn.distance == 201)
            #expect(byIrn.isCancelled && byIrn.standing(at: now) == .cancelled)
            #expect(bills["331001000003"]?.validUntil == nil && bills["331001000003"]?.standing(at: now) == .partA)
            #expect(bills["INV 4"]?.standing(at: now) == .inWork)
            #expect(try reader.operation(bill: "331001000002")?.title == "INV 2")
        }
        #expect(try await store.checkIntegrity() == [])
    }

    private static func operation(
        _ number: Int, _ kind: String, _ state: String, _ reference: String?, key: String, _ request: String,
        _ result: String?
    ) -> String {
        func text(_ value: String?) -> String { value.map { "'\($0)'" } ?? "NULL" }
        let id = "0190b2c4-0001-7fff-bfff-00000000000\(number)"
        return """
            INSERT INTO operation (number, id, kind, gstin, business_key, provider, state, fingerprint, idempotency_key,
                reference, title, created_at, created_by, updated_at)
                VALUES (\(number), '\(id)', '\(kind)', '09AAFHH6756K1ZQ', '\(key)', 'ewb', '\(state)', 'f', 'k\(number)',
                \(text(reference)), 'INV \(number)', 0, 'asha', 0);
            INSERT INTO operation_payload (operation, request, result)
                VALUES (\(number), CAST('\(request)' AS BLOB), CAST(\(text(result)) AS BLOB));

            """
    }

    private static let rows =
        operation(
            1, "ewaybill_generate", "filed", "331001000001", key: "ewb/a/1", #"{"vehicleNo":"UP32AB1234"}"#,
            #"{"ewayBillNo":331001000001,"ewayBillDate":"09/07/2025 12:32:10 AM ","validUpto":"10/07/2025 11:59:00 PM"}"#
        )
        + operation(
            2, "ewaybill_by_irn", "filed", "331001000002", key: "ewb-irn/b/1", #"{"Distance":201,"VehNo":"UP32AB9"}"#,
            #"{"EwbNo":331001000002,"EwbDt":"2025-07-09 11:32:00","EwbValidTill":"2025-07-10 23:59:00"}"#)
        + operation(
            3, "ewaybill_generate", "filed", "331001000003", key: "ewb/c/1", "{}",
            #"{"ewayBillNo":331001000003,"ewayBillDate":"09/07/2025 11:32:00 AM","validUpto":null}"#)
        + operation(4, "ewaybill_generate", "queued", nil, key: "ewb/d/1", "{}", nil)
        + operation(
            5, "ewaybill_vehicle", "filed", "331001000001", key: "ewb/331001000001/ewaybill_vehicle/1", "{}",
            #"{"vehUpdDate":"09/07/2025 01:00:00 PM","validUpto":"12/07/2025 11:59:00 PM"}"#)
        + operation(
            6, "ewaybill_cancel", "filed", "331001000002", key: "ewb/331001000002/ewaybill_cancel/1", "{}",
            #"{"ewayBillNo":"331001000002","cancelDate":"09/07/2025 01:00:00 PM"}"#)
}
