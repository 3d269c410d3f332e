/// Names behind which a value is masked whatever it looks like. They are compared as the bytes of their letters and digits
/// in lower case: a log has a name before every `=` and `:`.
enum MaskedName {
    private static let secretParts = Starts([
        "password", "passwd", "passphrase", "passcode", "pswd", "secret", "token", "apikey", "appkey", "accesskey",
        "privatekey", "secretkey", "authorization", "authorisation", "cookie", "sessionid", "sessid", "sessionkey",
        "credential", "recoverycode", "assertion", "clientkey", "authkey", "encryptionkey", "verificationcode",
    ])
    private static let secretWords = bytes([
        "pwd", "pass", "otp", "totp", "pin", "sid", "sek", "rek", "jwt", "nonce", "evc", "captcha", "csrf", "xsrf",
    ])
    /// Before `=` alone: elsewhere they begin a sentence.
    private static let assigned = bytes(["session", "sig", "signature", "auth", "pw"])
    private static let users = bytes([
        "username", "userid", "loginid", "loginname", "login", "user", "enteredby", "clientid", "uid", "usernm",
        "createdby",
        "updatedby", "assignee",
    ])
    /// As GSTN, NIC and the portals name them.
    private static let names = bytes([
        "tradename", "legalname", "lgnm", "trdnm", "nm", "fromtrdname", "totrdname", "transportername", "transname",
        "taxpayername", "assesseename", "deductorname", "deducteename", "businessname", "contactname", "contactperson",
        "fullname", "firstname", "middlename", "lastname", "surname", "fathername", "firmname", "companyname",
        "partyname",
        "suppliername", "buyername", "sellername", "customername", "vendorname", "consigneename", "consignorname",
        "signatory", "authorisedsignatory", "authorizedsignatory", "proprietor", "addr1", "addr2", "bnm", "locality",
    ])
    /// Of accounts and documents, as forms and portals name them; a value needs a digit.
    private static let numbers = bytes([
        "accountno", "accountnumber", "acctno", "accno", "acno", "bankaccount", "bankaccountno", "bankacno", "ifsc",
        "ifsccode", "ifscd", "micr", "aadhaar", "aadhar", "aadhaarno", "aadhaarnumber", "arn", "arnno", "irn", "ackno",
        "acknum", "acknumber", "acknowledgementno", "acknowledgementnumber", "acknowledgmentnumber", "din", "udin",
        "crn",
        "cpin", "cin", "brn", "bsrcode", "challanno", "challannumber", "ewbno", "ewaybillno", "ewaybillnumber",
        "invoiceno",
        "invoicenumber", "invno", "inum", "docno", "documentno", "documentnumber", "billno", "mobileno", "mobile",
        "mobilenumber", "phone", "phoneno", "phonenumber", "contactno", "telephone", "tel", "ph", "vehicleno",
        "vehiclenumber", "transdocno", "dateofbirth", "dob",
    ])
    /// What is said about a secret is none.
    private static let about = bytes([
        "tries", "set", "changedat", "file", "path", "seconds", "lifes", "count", "type", "version", "needed", "length",
        "prefixes", "name", "expiry", "expiresat", "at",
    ])
    /// Words that say too little without the one before them: `api key`, `user id`.
    private static let second = bytes(["key", "id", "name", "code", "no", "number"])

    /// - Parameters:
    ///   - last: the name that stands before the mark, as units that are letters, digits or marks between them.
    ///   - before: the word before it, empty where there is none.
    ///   - isAssigned: whether `=` follows.
    static func kind(
        of last: Range<Int>, after before: Range<Int>, isAssigned: Bool, in units: MaskUnits
    ) -> MaskKind? {
        guard !last.isEmpty else { return nil }
        let single = plain(last, units)
        if isAssigned, assigned.contains(single) { return .secret }
        if let kind = kind(single, parts: { parts(last, units) }) { return kind }
        guard second.contains(single), !before.isEmpty else { return nil }
        return kind(plain(before, units) + single, parts: { [] })
    }

    /// Of a name as it is written in a file of settings.
    static func kind(of name: String) -> MaskKind? {
        let units = MaskUnits(name)
        return kind(of: 0..<units.count, after: 0..<0, isAssigned: true, in: units)
    }

    private static func kind(_ name: [UInt8], parts: () -> [[UInt8]]) -> MaskKind? {
        if users.contains(name) { return .user }
        if names.contains(name) { return .name }
        if numbers.contains(name) { return .number }
        if secretWords.contains(name) || parts().contains(where: secretWords.contains) {
            return isAbout(name) ? nil : .secret
        }
        return secretParts.stand(in: name) && !isAbout(name) ? .secret : nil
    }

    private static func isAbout(_ name: [UInt8]) -> Bool {
        about.contains { name.reversed().starts(with: $0.reversed()) }
    }

    private static func plain(_ name: Range<Int>, _ units: MaskUnits) -> [UInt8] {
        var letters: [UInt8] = []
        letters.reserveCapacity(name.count)
        for index in name where units.isAscii(index) { letters.append(UInt8(truncatingIfNeeded: units.folded[index])) }
        return letters
    }

    /// `user_otp`, `userOtp` and `OTPValue` have two.
    private static func parts(_ name: Range<Int>, _ units: MaskUnits) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        for index in name {
            guard units.isAscii(index) else {
                parts.append([])
                continue
            }
            let isBegin =
                units.isUpper(index) && units.isLetter(index - 1)
                && (!units.isUpper(index - 1) || units.isLetter(index + 1) && !units.isUpper(index + 1))
            if isBegin, index > name.lowerBound { parts.append([]) }
            parts[parts.count - 1].append(UInt8(truncatingIfNeeded: units.folded[index]))
        }
        return parts
    }

    /// Whether a value says nothing, or only where the secret lies.
    static func isPlain(_ value: String) -> Bool {
        if value.utf8.count > 70 { return false }
        return ["", "null", "nil", "true", "false", "none"].contains(value.lowercased())
            || value.hasPrefix("vault:") && value.wholeMatch(of: /vault:[A-Za-z0-9_.-]{1,64}/) != nil
    }

    private static func bytes(_ texts: [String]) -> Set<[UInt8]> { Set(texts.map { Array($0.utf8) }) }

    /// Words of which one may stand anywhere in a name, by their first letters.
    private struct Starts: Sendable {
        private var words: [[[UInt8]]]

        init(_ texts: [String]) {
            words = Array(repeating: [], count: 256)
            for text in texts {
                let word = Array(text.utf8)
                if let first = word.first { words[Int(first)].append(word) }
            }
        }

        func stand(in name: [UInt8]) -> Bool {
            name.indices.contains { start in
                words[Int(name[start])].contains { word in
                    start + word.count <= name.count && name[start..<(start + word.count)].elementsEqual(word)
                }
            }
        }
    }
}
