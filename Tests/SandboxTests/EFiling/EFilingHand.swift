import Domain
import Foundation
import Sandbox
import Testing
import Transport

/// Speaks to the e-filing portal in literal JSON, without our payload types and without the connector.
struct EFilingHand {
    typealias Row = [String: Any]

    let house: SandboxHouse
    let jar: CookieJar

    init(_ house: SandboxHouse) {
        self.house = house
        jar = house.client.makeCookieJar()
    }

    func send(_ method: HTTPMethod, _ path: String, _ body: String? = nil) async throws -> HTTPResponse {
        let base = try #require(house.ready.systems["efiling"])
        let origin = base.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
            .joined(separator: "/")
        return try await house.client.send(
            HTTPRequest(
                method, url: base + path,
                headers: ["Content-Type": "application/json", "Origin": origin, "Referer": origin + "/", "sn": "NA"],
                body: body.map { HTTPBody.bytes(Array($0.utf8)) } ?? .none, deadline: .now + .seconds(60), cookies: jar)
        )
    }

    func object(_ path: String, _ body: String) async throws -> Row {
        let response = try await send(.post, path, body)
        #expect(response.status == 200)
        return try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? Row)
    }

    func list(_ path: String, _ body: String) async throws -> [Row] {
        let response = try await send(.post, path, body)
        #expect(response.status == 200)
        return try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [Row])
    }

    static func code(_ answer: Row) -> String? { (answer["messages"] as? [Row])?.first?["code"] as? String }

    func check(_ user: String) async throws -> Row {
        try await object("/iec/loginapi/login", #"{"entity":"\#(user)","serviceName":"wLoginService"}"#)
    }

    func password(
        _ user: String, _ password: String, request: String, role: String = "CO", remark: String? = nil,
        otp: String? = nil
    )
        async throws -> Row
    {
        let pass = Data(password.utf8).base64EncodedString()
        let extra = remark.map { #","remark":"\#($0)","passValdtnFlg":"true""# } ?? ""
        return try await object(
            "/iec/loginapi/login",
            #"{"errors":[],"reqId":"\#(request)","entity":"\#(user)","entityType":"PAN","role":"\#(role)","uidValdtnFlg":"true","#
                + #""aadhaarMobileValidated":"false","secAccssMsg":"","secLoginOptions":"\#(otp == nil ? "" : "OTP")","dtoService":"LOGIN","#
                + #""pass":"\#(pass)","otp":\#(otp.map { "\"\($0)\"" } ?? "null"),"imgByte":null\#(extra),"serviceName":"loginService"}"#
        )
    }

    @discardableResult
    func logIn(_ account: (user: String, password: String), otp: String? = nil) async throws -> Row {
        let known = try await check(account.user)
        let (id, role) = (try #require(known["reqId"] as? String), try #require(known["role"] as? String))
        return try await password(account.user, account.password, request: id, role: role, otp: otp)
    }

    func proceedings(_ pan: String, _ type: String, _ status: String, page: Int = 1) async throws -> [Row] {
        let answer = try await object(
            "/iec/returnservicesapi/auth/getEntity",
            #"{"serviceName":"eProceedingsPaginatedService","pan":"\#(pan)","prcdngStatusFlag":"\#(status)","#
                + #""prcdngTypeFlag":"\#(type)","header":{"formName":"FO-041_PCDNG"},"pageConfig":{"pageSize":50,"#
                + #""pageNo":\#(page),"searchTerm":"","sortBy":"createdDt","sortAsc":false,"filters":[]}}"#)
        return try #require(answer["eProceedingPaginatedRequests"] as? [Row])
    }
}
