import Foundation
import Testing

@testable import Services

/// Made-up values alone: the identifiers have the shape, not a holder.
@Suite("Masks in any text") struct MaskerTests {
    private func masker(_ seed: UInt8 = 1) -> Masker {
        var known = KnownValues()
        known.add(.gstin, "09AAFHH6756K1ZQ")
        known.add(.user, "harihar.gst")
        known.add(.user, "asha")
        known.add(.name, "Harihar & Co")
        known.add(.name, "O'Neil Foods")
        known.add(.name, "नीलकमल व्यापार")
        known.add(.name, "Blue Lotus Exports Private Limited")
        known.add(.secret, "made-up client secret")
        return Masker(key: Array(repeating: seed, count: 32), known: known)
    }

    private func masked(_ text: String) -> String {
        var masker = masker()
        return masker.mask(text).text
    }

    /// Where nothing of `secret` may be left, whatever stands around it.
    private static let spellings = [
        "09AAFHH6756K1ZQ", "09aafhh6756k1zq", "GSTR3B_09AAFHH6756K1ZQ_2026.json", "id09AAFHH6756K1ZQx",
        "gstin%3D09AAFHH6756K1ZQ%26x", "09AAFHH%36756K1ZQ", "%30%39AAFHH6756K1ZQ", "09AAFHH%2536756K1ZQ",
        #"{"gstin":"09AAFHH6756K1ZQ"}"#, #"\n09AAFHH6756K1ZQ\n"#, #"\u003009AAFHH6756K1ZQ"#, "09AAFHH\u{200B}6756K1ZQ",
        #"\u0030\u0039AAFHH6756K1ZQ"#, "09 AAFHH6756K 1ZQ", "０９ＡＡＦＨＨ６７５６Ｋ１ＺＱ", "&#48;9AAFHH6756K1ZQ", "09AAFHH67…",
        "09AAF\nHH6756K1ZQ",
        "09AAF\u{1B}[0;1mHH6756K1ZQ", #"09AAF\u{1b}[0mHH6756K1ZQ"#,
        "0\u{0}9\u{0}A\u{0}A\u{0}F\u{0}H\u{0}H\u{0}6\u{0}7\u{0}5\u{0}6\u{0}K\u{0}1\u{0}Z\u{0}Q",
        "AAFHH6756K", "aafhh6756k", "AAFHH-6756-K", "AAFHH 6756 K", "AAFHH%206756%20K", "panAAFHH6756Kend",
        #"C:\taafhh6756k"#, "aafhh 6756 k", "a a f h h 6 7 5 6 k", "A.A.F.H.H.6.7.5.6.K", "A-A-F-H-H-6-7-5-6-K",
        "AAFHH/6756/K", "AAFHH:6756:K", "09aafhh 6756k 1zq", "0 9 A A F H H 6 7 5 6 K 1 Z Q", "%u0041AFHH6756K",
        "&#000000048;9AAFHH6756K1ZQ", "AAFHH67…", "…FHH6756K", "AAFHH****K", "AAFHHXXXXK",
    ]

    /// The same in base64, hexadecimal digits and UTF-16.
    private static let encodings = [
        "QUFGSEg2NzU2Sw==", "QUFGSEg2NzU2Sw", "pan=QUFGSEg2NzU2Sw==", "41414648483637353648", "0x41414648483637353648",
        "6861726968617220636f", "aGFyaWhhciBjbw==", "QQBBAEYASABIADYANwA1ADYASwA=", "S2FkYW1iYUA3MzkxIQ==",
    ]

    @Test("What is said in base64 or hexadecimal digits is masked, however short it is", arguments: encodings)
    func encoded(text: String) {
        for whole in [text, "value \(text) end", "\"\(text)\""] {
            let result = masked(whole)
            #expect(!result.contains(text.suffix(9)) && result.contains("SECRET-"), "\(whole): \(result)")
        }
    }

    @Test("An identifier is found in every way of writing it", arguments: spellings)
    func identifiers(text: String) {
        for whole in [text, "before \(text) after", "\"\(text)\"", "(\(text))"] {
            let result = masked(whole).lowercased()
            for part in ["afhh", "6756", "6757", "ＡＦＨＨ", "f h h", "f.h.h", "f-h-h"] {
                #expect(!result.contains(part), "\(whole): \(result)")
            }
        }
    }

    @Test("A TAN, and a GSTIN that is made of one")
    func tans() {
        #expect(masked("TAN CALH38988H").firstMatch(of: /^TAN TAN-[0-9a-f]{6}$/) != nil)
        #expect(masked("09CALH38988H1DN").firstMatch(of: /^GSTIN-[0-9a-f]{6}$/) != nil)
        #expect(masked("calh38988h").hasPrefix("TAN-"))
    }

    @Test("The same value is the same mask however it is written, and no other value has it")
    func consistency() {
        var masker = masker()
        let forms = ["09AAFHH6756K1ZQ", "09aafhh6756k1zq", "09AAFHH%36756K1ZQ", "x=09AAFHH6756K1ZQ"]
        let masks = Set(forms.map { String(masker.mask($0).text.drop { $0 != "G" }) })
        #expect(masks.count == 1)
        #expect(masker.mask("09AAFHH6757K1ZQ").text != masks.first)
        let names = [
            "Harihar & Co", "HARIHAR &amp; CO", "harihar%20%26%20co", #"Harihar \u0026 Co"#, "Harihar  &\n│ Co",
        ]
        #expect(Set(names.map { masker.mask($0).text.prefix(11) }).count == 1)
        let cut = ["Blue Lotus Exports Private Limited", "Blue Lotus E…", "blue lotus exports private…"]
        #expect(Set(cut.map { masker.mask($0).text.prefix(11) }).count == 1)
        #expect(masker.mask("username=AAFHH6756K").text.hasSuffix(masker.mask("AAFHH6756K").text))
        #expect(masker.mask("user: ravi@firm.example").text.hasSuffix(masker.mask("RAVI@firm.example").text))
    }

    @Test("Two bundles have other masks, so nobody learns one by trying all values")
    func keyed() {
        var (one, two) = (masker(1), masker(2))
        #expect(one.mask("AAFHH6756K").text != two.mask("AAFHH6756K").text)
    }

    @Test("Of many values no two have one mask")
    func collisions() {
        var masker = masker()
        var seen: Set<String> = []
        for number in 0..<9_000 {
            let pan = "AAFHH\(1_000 + number)K"
            #expect(seen.insert(masker.mask(pan).text).inserted)
        }
    }

    @Test(
        "Names are found in any case and script, cut by a screen, and as names of files",
        arguments: [
            "Harihar & Co", "HARIHAR AND CO of HARIHAR & CO", "harihar_co.pdf", "O'Neil Foods", #"O\u0027Neil Foods"#,
            "O&#39;Neil Foods", "नीलकमल व्यापार", "%E0%A4%A8%E0%A5%80%E0%A4%B2%E0%A4%95%E0%A4%AE%E0%A4%B2 व्यापार",
            "Blue Lotus E…", "Blue Lo…", "Blue Lotus Exports\n│ Private Limited",
            "Blue Lotus Exports          │\n          │     Private Limited", "harihar.gst", "HARIHAR.GST",
        ])
    func names(text: String) {
        let result = masked("│ \(text) │").lowercased().replacing("harihar and co", with: "")
        for word in ["harihar", "neil", "नील", "%e0%a4", "lotus", "blue"] {
            #expect(!result.contains(word), "\(text): \(result)")
        }
    }

    @Test("A name within another word is not one")
    func wordsStay() {
        #expect(masked("Natasha washashore basha") == "Natasha washashore basha")
        #expect(masked("asha logged in").hasPrefix("USER-"))
    }

    private static let secrets: [String] = [
        "password = \"Kadamba@7391\"", "password='Kadamba@7391'", "password=Kadamba@7391", "PASSWORD: Kadamba@7391",
        #"{"password":"Kadamba@7391"}"#, #"{\"password\":\"Kadamba@7391\"}"#, #"{"password":"a\"b Kadamba@7391"}"#,
        #"{\"detail\":\"{\\\"passwd\\\":\\\"x\\\\\\\"Kadamba@7391\\\"}\"}"#, "password%3DKadamba%407391%26x=1",
        "client_secret = \"\"\"\nKadamba@7391\n\"\"\"", "clientSecret => Kadamba@7391",
        "&quot;token&quot;: &quot;Kadamba@7391&quot;",
        #"{"password":{"value":"Kadamba@7391"}}"#, #"{"passwords":["x","Kadamba@7391"]}"#,
        "my password: correct Kadamba@7391",
        "Authorization: Basic S2FkYW1iYUA3MzkxOg==", "Authorization: Digest username=\"x\", nonce=\"Kadamba@7391\"",
        "Cookie: a=\"1\"; s=Kadamba@7391", "Set-Cookie: JSESSIONID=Kadamba@7391; Path=/",
        #""Cookie":"SID=Kadamba@7391","#,
        "https://ravi:Kadamba@7391@host.example/x", "otp=Kadamba@7391", "api key: Kadamba@7391",
        "x-api-key: Kadamba@7391",
        "password=one two Kadamba@7391", #"secret\n=\nKadamba"#.replacing(#"\n"#, with: " ") + "@7391",
        "made-up client secret", "MADE-UP CLIENT SECRET",
        "<password>Kadamba@7391</password>", "<ns:Token>Kadamba &amp; 7391</ns:Token>", "--password Kadamba@7391",
        #"("password", "Kadamba@7391")"#, "pass\u{1B}[1mword\u{1B}[0m=Kadamba@7391",
    ]

    @Test("What a name says is a secret is masked to its end", arguments: secrets)
    func namedSecrets(text: String) {
        let result = masked("x \(text)\nnext line stays")
        for part in ["Kadamba", "7391", "S2Fk", "made-up", "MADE-UP"] {
            #expect(!result.contains(part), "\(text): \(result)")
        }
        #expect(result.hasSuffix("next line stays"), "\(text): \(result)")
    }

    private static let tokens = [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrYWRhbWJhIn0.Qm9vayBvZiBLYWRhbWJh-_4",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "MDlBQUZISDY3NTZLMVpR", "QmFzZTY0/Kadamba+Secret9/Zz==", "JBSWY3DPEHPK3PXP", "Bearer kadamba7391",
        "Basic a2FkYW1iYTo3",
        "-----BEGIN PRIVATE KEY-----\nkadambakadamba\n-----END PRIVATE KEY-----",
    ]

    @Test("What looks drawn by chance is masked without a name", arguments: tokens)
    func looks(text: String) {
        let result = masked("value \(text) end")
        let rest = result.replacing(/SECRET-[0-9a-f]+|Bearer|Basic|value|end|[. ]/, with: "")
        #expect(rest.isEmpty, "\(text): \(result)")
    }

    @Test(
        "Mail, machine and phone",
        arguments: [
            "ravi.k+gst@firm.example", "RAVI@FIRM.EXAMPLE", "ravi%40firm.example", "192.168.17.4", "10.1.2.3:8080",
            "fe80::1c2d:3e4f",
            "2001:db8::7391", "[2001:db8::7391]:443", "00:1a:2b:3c:4d:5e", "http://10.1.2.3/x", "9876543210",
            "+91 98765 43210", "ip10.1.2.3-x",
        ])
    func addresses(text: String) {
        let result = masked("at \(text).").lowercased()
        for part in ["ravi", "firm", "192.168", "10.1.2", "fe80", "2001:", "1a:2b", "98765"] {
            #expect(!result.contains(part), "\(text): \(result)")
        }
    }

    @Test(
        "What helps stays as it is",
        arguments: [
            "2026-11-21T18:42:10Z info job 4711 failed after 3 tries: the portal answered 503",
            "127.0.0.1 and ::1 at 18:42:10",
            "operation 0190b2c4-0001-7fff-bfff-ffffffffffff in doubt", "password_tries = 2",
            "client_secret = \"vault:client-secret\"",
            "portaldesk 0.1.0, schema 24 of 24, en_IN.UTF-8, xterm-256color", "job_account_count  74", "wrong password",
            "std::fade at Sources/Services/Support/Masker.swift:120", "26Q Q3 2024-25 AY 2025-26",
            "base = \"https://bridge.example/v1\"",
            "✓ Connected          71/74 verified │ last fetch 18:40  3 new, 2 due soon",
        ])
    func stays(text: String) { #expect(masked(text) == text) }
}
