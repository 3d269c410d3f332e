import Crypto
import Domain
import Foundation
import Portals
import Secrets
import Testing

@testable import Services

/// What a provider file may say of one GSP's ways, and what it may not.
@Suite struct GspSettingsTests {
    private static func file(_ more: String, connector: String = "gsp", auth: String = "type = \"none\"") -> String {
        """
        name = "mine"
        connector = "\(connector)"
        portals = ["gst"]
        [urls]
        base = "https://gsp.co.in"
        certificate = "gstn.pem"
        [headers]
        ip-usr = "10.0.0.1"
        [auth]
        \(auth)
        \(more)
        """
    }

    private static func read(_ text: String) throws -> ProviderProfile {
        try ProviderFile.read(path: "providers/a.toml", text: text).profile
    }

    private func places(_ text: String) -> [String] {
        do throws(ConfigurationProblems) {
            _ = try ProviderFile.read(path: "providers/a.toml", text: text)
            return []
        } catch {
            return error.problems.map { "\($0.line) \($0.key)" }
        }
    }

    @Test func whatIsNotSaidIsAsGstnHasIt() throws {
        let gsp = try Self.read(Self.file("")).gsp
        #expect(gsp.dateMeans == nil && gsp.dateFormat == .dayDashes && gsp.daysBack == 366 && gsp.daysShown == 330)
        #expect(gsp.otpLife == .seconds(600) && gsp.sessionLife == .seconds(21_600) && gsp.refreshMode == .sessionKey)
        #expect(gsp.tokenHeader == "Authorization" && gsp.tokenPrefix == "Bearer " && gsp.computed == nil)
    }

    @Test func everyLineIsTaken() throws {
        let auth = """
            type = "oauth2"
            url = "https://gsp.co.in/login"
            client_id = "us"
            client_secret = "vault:own"
            token_path = "data.access_token"
            expires_path = "data.life"
            token_life_s = 7200
            token_header = "x-token"
            token_prefix = ""
            """
        let more = """
            [call_headers]
            appkey = "{app_key}"
            x-trace = "{txn}:{time}"
            [computed_header]
            name = "X-Signature"
            from = "{txn}|{gstin}"
            method = "hmac-sha256"
            key = "vault:signing"
            encoding = "hex"
            [session]
            refresh_mode = "rsa"
            otp_life_s = 300
            minutes = 43200
            [notices]
            date_means = "day"
            date_format = "YYYY-MM-DD"
            days_back = 30
            days_shown = 20
            """
        let file = try ProviderFile.read(path: "providers/a.toml", text: Self.file(more, auth: auth))
        #expect(file.blanks.isEmpty, "a prefix of nothing is one")
        let profile = file.profile
        #expect(profile.gsp.callHeaders == ["appkey": "{app_key}", "x-trace": "{txn}:{time}"])
        #expect(profile.gsp.refreshMode == .certificate && profile.gsp.otpLife == .seconds(300))
        #expect(profile.gsp.sessionLife == .seconds(43_200 * 60))
        #expect(profile.gsp.dateMeans == .day && profile.gsp.dateFormat == .iso && profile.gsp.daysBack == 30)
        #expect(profile.gsp.tokenHeader == "x-token" && profile.gsp.tokenPrefix.isEmpty)
        guard case .oauth2(let login) = profile.auth else {
            Issue.record("no login was read")
            return
        }
        #expect(login.tokenPath == "data.access_token" && login.expiresPath == "data.life")
        #expect(login.lifeSeconds == 7_200)
        // The key is asked for and filled in as any other secret.
        #expect(profile.secretNames == ["own", "signing"])
        let filled = profile.filled(["signing": SecretBytes(utf8: "k")])
        #expect(filled.gsp.computed?.key.withBytes { Array($0) } == Array("k".utf8))
    }

    @Test func mistakesAreNamedWithTheirLines() {
        let more = """
            [call_headers]
            one = "{nonsense}"
            two = "always the same"
            host = "{txn}"
            [computed_header]
            name = "bad name"
            from = "{txns}"
            method = "md5"
            key = "in clear"
            [session]
            refresh_mode = "sometimes"
            otp_life_s = 5
            [notices]
            date_means = "perhaps"
            date_format = "MM/DD/YYYY"
            days_back = 0
            """
        #expect(
            places(Self.file(more)) == [
                "12 call_headers.one", "13 call_headers.two", "14 call_headers.host", "18 computed_header.method",
                "21 session.refresh_mode", "22 session.otp_life_s", "24 notices.date_means", "25 notices.date_format",
                "26 notices.days_back",
            ])
        let known = more.replacingOccurrences(of: "\"md5\"", with: "\"rsa-sha256\"")
        let header = places(Self.file(known)).filter { $0.contains("computed_header") }
        #expect(header == ["16 computed_header.name", "17 computed_header.from", "19 computed_header.key"])
        #expect(places(Self.file("[computed_header]\nname = \"x\"")).count == 3)
    }

    @Test func whatBelongsToAGspIsRefusedElsewhere() {
        let more = "[notices]\ndays_back = 30\n[session]\nminutes = 60\n"
        let found = places(Self.file(more, connector: "bridge"))
        #expect(found.contains("11 notices") && found.contains("13 session"))
    }
}
