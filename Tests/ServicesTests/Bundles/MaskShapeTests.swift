import Foundation
import Testing

@testable import Services

/// Made-up values alone.
@Suite("Masks of numbers, codes and names that nobody knows") struct MaskShapeTests {
    private func masked(_ text: String) -> String {
        var masker = Masker(key: Array(repeating: 1, count: 32), known: KnownValues())
        return masker.mask(text).text
    }

    @Test(
        "A telephone number is found in every grouping",
        arguments: [
            "9876543210", "09876543210", "98765-43210", "987-654-3210", "9876 543 210", "+91-9876543210",
            "tel:+919876543210", "0091 98765 43210", "(+91) 98765 43210", "+91(98765)43210", "98.76.54.32.10",
            "022-23456789", "+91 22 2345 6789", "(022) 2345 6789", "ph:98765 43210", "mobile=98XXXXXX10", "XXXXXX3210",
        ])
    func phones(text: String) {
        let result = masked("call \(text), now")
        for part in ["987", "9876", "543", "210", "2345", "6789", "10,"] {
            #expect(!result.contains(part), "\(result)")
        }
    }

    @Test(
        "Numbers that lead to somebody are masked by their shape, or by the word before them",
        arguments: [
            "50100123456789", "a/c no 123456789012", "A/c No: 3051 0200 0012 34", "account number: 12345678901",
            "IFSC HDFC0001234", "ifsc=hdfc0001234", "Aadhaar 2345 6789 0123", "{\"aadhaar\":\"234567890123\"}",
            "ARN AA090326001234X", "arn=AA0903260012345", "ITBA/AST/S/143(2)/2026-27/1234567890(1)",
            "CBIC202611090000001234", "ZD0903260012345", "ack no 112010036563310", "EWB 331001000002",
            "3310 0100 0002", "UP32AB1234", "UP 32 AB 1234", "22BH1234AA", "U72200MH2009PLC123456",
            "ITBA…00001234(1)", "HARI/00012345…", "Invoice HARI/26-27/0012", "inv no. 2026-0012",
            "{\"DocNo\":\"HARI/0012\"}", "challan 00123456",
        ])
    func numbers(text: String) {
        let result = masked("of \(text) here")
        for part in ["1234", "0012", "0001", "2345", "6789", "HARI", "0100", "3656"] {
            #expect(!result.contains(part), "\(text): \(result)")
        }
        #expect(result.hasSuffix(" here"))
    }

    @Test(
        "A one-time code or a password within a sentence is masked",
        arguments: [
            "otp 575757", "OTP is 575757", "Your OTP for login is 575757.", "enter 575757 as your OTP", "OTP: 575757",
            "one-time password 575757", "575757 is the one-time password", "verification code: 575757", "pin 5757",
            "password Kadamba#57", "password is Kadamba@57", "the password \"Kadamba 57\" was refused",
            "Password for user harihar is Kadamba", "pwd Kadamba57", "Kadamba@5757 was refused", "passcode: 5757",
            "{\"name\":\"otp\",\"value\":\"575757\"}", "{\"key\": \"password\", \"value\": \"Kadamba\"}",
            "PHPSESSID=Kadamba57",
            "userOtp=5757", "loginPin: 5757", "csrf=Kadamba", "session=Kadamba",
        ])
    func spoken(text: String) {
        let result = masked("it said \(text)\nthe next line stays 575757")
        let line = result.prefix { $0 != "\n" }
        for part in ["57", "Kadamba", "mba"] { #expect(!line.contains(part), "\(text): \(result)") }
        #expect(result.hasSuffix("the next line stays 575757"), "\(result)")
    }

    @Test("An API client's name, a home folder and a machine's name of an address are masked")
    func machines() {
        for text in [
            "client_id=kadamba-app", "/home/kadamba/portaldesk", "/Users/kadamba/x", #"C:\Users\kadamba\x"#,
            "uid=1000(kadamba)", "ip-10-1-2-3.internal", "kadamba (at) firm.example", "kadamba [at] firm [dot] example",
            "kadamba@firm", "k***a@firm.example",
        ] {
            let result = masked("at \(text) now")
            for part in ["kadamba", "k***a", "10-1-2", "firm"] { #expect(!result.contains(part), "\(result)") }
        }
    }

    @Test("A name behind M/s or Shri, or before Private Limited, is masked though nobody knows it")
    func titles() {
        for text in [
            "M/s Kadamba Steel", "M/S KADAMBA STEEL HAS NOT FILED", "Shri Kadamba Steel", "Mr. K. Kadamba",
            "Kadamba Steel Private Limited", "Kadamba Steel Pvt. Ltd.", "KADAMBA STEEL LLP", "Kadamba & Sons",
            "Kadamba Traders",
        ] {
            let result = masked("of \(text), read").lowercased()
            #expect(!result.contains("kadamba") && !result.contains("steel"), "\(result)")
        }
    }

    @Test("The same number is the same mask with groups and without")
    func same() {
        var masker = Masker(key: Array(repeating: 1, count: 32), known: KnownValues())
        let accounts = ["305102000012345", "3051 0200 0012 345", "account: 305102000012345"]
        #expect(Set(accounts.map { masker.mask($0).text.suffix(13) }).count == 1)
        let phones = ["9876543210", "+91 98765 43210", "mobile: 098765-43210", "phone=9876 543 210"]
        #expect(Set(phones.map { masker.mask($0).text.suffix(12) }).count == 1)
    }

    @Test(
        "What only counts, dates, measures or names a form stays as it is",
        arguments: [
            "job 471122 waits for an OTP", "2 of 4711 pages, 2,097,152 bytes in 1.234567890123 s",
            "21-11-2026 18:42:10",
            "the OTP of 21-11-2026 18:42", "20261121T131210Z", "GSTR-3B of 2026-27, ASMT-10, RET11402",
            "password_tries = 2",
            "wrong password, 3 tries, AUTH4033", "0190b2c4-0001-7fff-bfff-123456789012", "error 4033: OTP is wrong",
            "march 2026 a notice came", "invoice 12 of 20", "account 4711 is locked", "the password is wrong",
            "documents.sqlite, Sources/Services", "schema 24 of 24, 1024 pages of 4096 bytes",
        ])
    func stays(text: String) { #expect(masked(text) == text) }
}
