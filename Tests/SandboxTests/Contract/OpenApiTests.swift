import Foundation
import Testing

@testable import Domain
@testable import Wire

/// The contract as it is given to those who write a bridge says what the program speaks.
@Suite struct OpenApiTests {
    private let api: [String: Any]

    init() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../docs/bridge.openapi.json")
        api = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any])
    }

    private func schema(_ name: String) throws -> [String: Any] {
        let components = try #require(api["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: Any])
        return try #require(schemas[name] as? [String: Any], "\(name)")
    }

    private func fields(_ name: String) throws -> Set<String> {
        Set(try #require(try schema(name)["properties"] as? [String: Any]).keys)
    }

    @Test func everyPayloadHasTheFieldsOfTheFile() throws {
        let own: [String: [String]] = [
            "TokenRequest": BridgeTokenRequest.CodingKeys.allCases.map(\.rawValue),
            "Token": BridgeToken.CodingKeys.allCases.map(\.rawValue),
            "Health": BridgeHealth.CodingKeys.allCases.map(\.rawValue),
            "Capabilities": BridgeCapabilities.CodingKeys.allCases.map(\.rawValue),
            "Credentials": BridgeCredentials.CodingKeys.allCases.map(\.rawValue),
            "VerifyRequest": BridgeVerifyRequest.CodingKeys.allCases.map(\.rawValue),
            "Verification": BridgeVerification.CodingKeys.allCases.map(\.rawValue),
            "Challenge": BridgeChallenge.CodingKeys.allCases.map(\.rawValue),
            "ChallengeAnswer": BridgeChallengeAnswer.CodingKeys.allCases.map(\.rawValue),
            "Error": BridgeError.CodingKeys.allCases.map(\.rawValue),
            "ErrorBody": BridgeErrorBody.CodingKeys.allCases.map(\.rawValue),
            "JobRequest": BridgeJobRequest.CodingKeys.allCases.map(\.rawValue),
            "PlaceReport": BridgeJob.PlaceReport.CodingKeys.allCases.map(\.rawValue),
            "Job": BridgeJob.CodingKeys.allCases.map(\.rawValue),
            "Period": BridgePeriod.CodingKeys.allCases.map(\.rawValue),
            "Document": BridgeDocument.CodingKeys.allCases.map(\.rawValue),
            "Reply": BridgeReply.CodingKeys.allCases.map(\.rawValue),
            "DefaultLine": BridgeDefaultLine.CodingKeys.allCases.map(\.rawValue),
            "Notice": BridgeNotice.CodingKeys.allCases.map(\.rawValue),
            "NoticePage": BridgeNoticePage.CodingKeys.allCases.map(\.rawValue),
            "TdsRequest": BridgeTdsRequest.CodingKeys.allCases.map(\.rawValue),
            "TdsRequestRow": BridgeTdsRequestRow.CodingKeys.allCases.map(\.rawValue),
            "TdsRequestPage": BridgeTdsRequestPage.CodingKeys.allCases.map(\.rawValue),
        ]
        for (name, keys) in own { #expect(try fields(name) == Set(keys), "\(name)") }
    }

    @Test func theClosedListsAreThoseOfTheProgram() throws {
        func list(_ name: String, _ field: String) throws -> Set<String> {
            let properties = try #require(try schema(name)["properties"] as? [String: Any])
            return Set(try #require((properties[field] as? [String: Any])?["enum"] as? [String]))
        }
        #expect(try list("Error", "code") == Set(BridgeErrorCode.allCases.map(\.rawValue)))
        #expect(try list("Job", "state") == Set(BridgeJobState.allCases.map(\.rawValue)))
        #expect(try list("PlaceReport", "place") == Set(Portal.allCases.flatMap(\.places).map(\.rawValue)))
        let text = try #require((api["info"] as? [String: Any])?["description"] as? String)
        for (status, codes) in Dictionary(grouping: BridgeErrorCode.allCases, by: \.httpStatus) {
            let sentence = try #require(text.split(separator: "; ").first { $0.contains("\(status) ") })
            for code in codes { #expect(sentence.contains(code.rawValue), "\(code)") }
        }
    }

    @Test func everyCallOfTheContractIsThere() throws {
        let paths = try #require(api["paths"] as? [String: [String: Any]])
        let calls = Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
        #expect(
            calls == [
                "POST /v1/token", "GET /v1/health", "GET /v1/capabilities",
                "PUT /v1/credentials/{portal}/{identity}", "DELETE /v1/credentials/{portal}/{identity}",
                "POST /v1/credentials/{portal}/{identity}/verify", "POST /v1/jobs", "GET /v1/jobs/{id}",
                "POST /v1/jobs/{id}/challenge", "POST /v1/jobs/{id}/cancel", "GET /v1/notices",
                "GET /v1/notices/{id}", "GET /v1/documents/{id}", "POST /v1/tds-requests", "GET /v1/tds-requests",
            ])
    }
}
