/// Names behind which a value is masked whatever it looks like.
enum MaskedName {
    private static let secretParts = [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "appkey", "accesskey", "privatekey",
        "secretkey",
        "authorization", "authorisation", "cookie", "sessionid", "sessionkey", "credential", "recoverycode",
        "assertion", "clientkey", "authkey", "encryptionkey",
    ]
    private static let secretWords: Set<String> = [
        "pwd", "pass", "otp", "totp", "pin", "sid", "sek", "jwt", "nonce", "evc", "captcha",
    ]
    private static let users: Set<String> = [
        "username", "userid", "loginid", "loginname", "login", "user", "enteredby",
    ]
    /// As GSTN, NIC and the portals name them.
    private static let names: Set<String> = [
        "tradename", "legalname", "lgnm", "trdnm", "fromtrdname", "totrdname", "transportername", "transname",
        "taxpayername",
        "assesseename", "deductorname", "businessname", "contactname", "fullname", "firstname", "lastname",
    ]
    /// What is said about a secret is none.
    private static let about = [
        "tries", "set", "changedat", "file", "path", "seconds", "lifes", "count", "type", "version", "needed", "length",
        "prefixes",
        "name", "expiry", "expiresat", "at",
    ]

    /// - Parameter words: two words that stand before the mark; the first may be empty.
    static func kind(of words: [String]) -> MaskKind? {
        guard let last = words.last, !last.isEmpty else { return nil }
        let single = plain(last)
        if let kind = kind(single, parts: parts(last)) { return kind }
        let both = plain(words.joined())
        // `api key`, `user id`: the second word alone says too little.
        return ["key", "id", "name", "code"].contains(single) && both != single ? kind(both, parts: []) : nil
    }

    private static func kind(_ name: String, parts: [String]) -> MaskKind? {
        if users.contains(name) { return .user }
        if names.contains(name) { return .name }
        if secretWords.contains(name) || parts.contains(where: secretWords.contains) {
            return isAbout(name) ? nil : .secret
        }
        return secretParts.contains { name.contains($0) } && !isAbout(name) ? .secret : nil
    }

    private static func isAbout(_ name: String) -> Bool { about.contains { name.hasSuffix($0) } }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

    private static func parts(_ name: String) -> [String] {
        name.split { !($0.isLetter || $0.isNumber) }.map { $0.lowercased() }
    }

    /// Whether a value says nothing, or only where the secret lies.
    static func isPlain(_ value: String) -> Bool {
        ["", "null", "nil", "true", "false", "none"].contains(value.lowercased())
            || value.wholeMatch(of: /vault:[A-Za-z0-9_.-]{1,64}/) != nil
    }
}
