import FoundationEssentials

/// Step 1: does the portal know this user?
public struct EFilingUserCheck: WirePayload {
    /// PAN or TAN.
    public var entity: String
    public var serviceName: String

    public init(entity: String) {
        self.entity = entity
        serviceName = EFiling.Service.userCheck.rawValue
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case entity, serviceName }
    public static let fieldNames: Set<String> = CodingKeys.names
}

/// The one shape of the login: the answer of step 1, sent back in step 2 and 3 with the password, and answered again.
public struct EFilingLogin: WirePayload {
    public var messages: [EFilingMessage]?
    /// Names the login that step 1 began; step 2 uses it up.
    public var reqId: String?
    public var entity: String?
    /// PAN, TAN and others.
    public var entityType: String?
    /// IN for an individual, CO for a company, TDS for a deductor and others.
    public var role: String?
    public var userType: String?
    public var uidValdtnFlg: LooseText?
    public var aadhaarMobileValidated: LooseText?
    public var secAccssMsg: String?
    /// Blank where a password is enough. Its other values were never seen; any of them is taken for "ask a person".
    public var secLoginOptions: String?
    public var dtoService: String?
    public var exemptedPan: LooseText?
    public var userConsent: String?
    /// Masked.
    public var email: String?
    public var mobileNo: String?
    public var passValdtnFlg: LooseText?
    public var remark: String?
    public var fullName: String?
    public var serviceName: String?

    public init() {}

    enum CodingKeys: String, CodingKey, CaseIterable {
        case messages, reqId, entity, entityType, role, userType, uidValdtnFlg, aadhaarMobileValidated, secAccssMsg
        case secLoginOptions, dtoService, exemptedPan, userConsent, email, mobileNo, passValdtnFlg, remark, fullName
        case serviceName
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(EFilingMessage.names).union([
        "pass", "imgByte", "imagePath", "otp", "otpGenerationFlag", "otpValdtnFlg", "otpSourceFlag", "contactPan",
        "contactMobile", "contactEmail", "forgnDirEmailId", "clientIp",
    ])

    /// The bytes of step 2, or of step 3 with `remark` set: this answer of step 1 with the password in Base64, without
    /// the password ever being a `String`. The caller wipes them.
    ///
    /// - Parameter otp: digits or letters; how the portal's page sends one was never seen, its field is the guess.
    public func bytes(password: UnsafeRawBufferPointer, otp: String? = nil) throws(WireJSON.Problem) -> [UInt8] {
        var asked = self
        asked.messages = nil
        asked.fullName = nil
        asked.serviceName = EFiling.Service.login.rawValue
        let head = try WireJSON.encode(asked)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.count + Self.nulls.utf8.count + password.count * 4 / 3 + 32)
        bytes += head.dropLast()
        bytes += Array(Self.nulls.utf8)
        let plain = (otp ?? "").utf8.filter { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
        bytes +=
            Array(#","otp":"#.utf8) + (plain.isEmpty ? Array("null".utf8) : Array("\"".utf8) + plain + Array("\"".utf8))
        bytes += Array(#","pass":""#.utf8)
        Base64Text.append(password, to: &bytes)
        bytes += Array("\"}".utf8)
        return bytes
    }

    /// The page sends these and `otp` too, always null on the way by password.
    private static let nulls =
        #","imgByte":null,"otpGenerationFlag":null,"otpSourceFlag":null,"otpValdtnFlg":null"#
}

/// Base64 byte by byte, for what must not pass through a `String`.
public enum Base64Text {
    /// For what is no secret.
    public static func text(_ bytes: [UInt8]) -> String {
        var encoded: [UInt8] = []
        bytes.withUnsafeBytes { append($0, to: &encoded) }
        return String(decoding: encoded, as: UTF8.self)
    }

    static func append(_ source: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var index = 0
        while index < source.count {
            let rest = source.count - index
            let first = source[index]
            let second = rest > 1 ? source[index + 1] : 0
            let third = rest > 2 ? source[index + 2] : 0
            bytes.append(digits[Int(first >> 2)])
            bytes.append(digits[Int((first & 3) << 4 | second >> 4)])
            bytes.append(rest > 1 ? digits[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "="))
            bytes.append(rest > 2 ? digits[Int(third & 63)] : UInt8(ascii: "="))
            index += 3
        }
    }
}
