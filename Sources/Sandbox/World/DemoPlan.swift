import Domain

/// Which business has which logins, and what the sandbox plays for each. The pattern repeats every 74 businesses.
enum DemoPlan {
    private static let period = 74
    private static let withoutIncomeTax: Set<Int> = [13, 29, 46, 61]
    private static let withTan: Set<Int> = [0, 2, 6, 9, 16, 22, 28, 35, 42, 51, 58, 67]

    private static let gst: [Int: MagicOutcome] = [
        5: .wrongPassword, 17: .locked, 41: .otpRequired,
        3: .pageTwo, 8: .unavailableTwice, 12: .unknownField, 20: .placeFailed, 25: .sessionExpiredMidway,
        30: .hostileText, 33: .withdrawn, 37: .emptyThenFull, 50: .dualSession, 55: .rateLimited, 60: .portalChanged,
        64: .cursorRepeats,
    ]
    private static let incomeTax: [Int: MagicOutcome] = [
        11: .wrongPassword, 44: .accountProblem,
        7: .placeFailed, 15: .captcha, 23: .dropAfterHeaders, 31: .pageTwo, 38: .dualSession, 52: .unavailableTwice,
        57: .otpRequired, 63: .wrongHash,
    ]
    private static let traces: [Int: MagicOutcome] = [9: .captcha, 28: .notRegistered, 51: .wrongPassword]

    static func hasTan(_ index: Int) -> Bool { withTan.contains(index % period) }

    static func accounts(of business: DemoBusiness, seed: UInt64) -> [DemoAccount] {
        let slot = business.index % period
        var accounts = [account(.gst, business.gstin, business, gst[slot] ?? .success, seed)]
        if !withoutIncomeTax.contains(slot) {
            accounts.append(account(.incomeTax, business.pan, business, incomeTax[slot] ?? .success, seed))
        }
        if let tan = business.tan {
            accounts.append(account(.traces, tan, business, traces[slot] ?? .success, seed))
        }
        return accounts
    }

    private static func account(
        _ portal: Portal, _ identity: String, _ business: DemoBusiness, _ outcome: MagicOutcome, _ seed: UInt64
    ) -> DemoAccount {
        var random = SeededRandom(seed, "login \(identity)")
        let password = password(using: &random)
        let reason = reason(portal, slot: business.index % period, outcome)
        return DemoAccount(
            identity: PortalIdentity(stored: portal, identity), businessIndex: business.index,
            username: username(portal, identity, business, using: &random), password: password,
            storedPassword: outcome == .wrongPassword ? "Old-" + password : password, otp: random.digits(6),
            outcome: outcome, isVerifiedAtFirst: reason == nil, reason: reason)
    }

    /// GST users choose a name; e-filing and the new TRACES log in with the identity itself.
    private static func username(
        _ portal: Portal, _ identity: String, _ business: DemoBusiness, using random: inout SeededRandom
    ) -> String {
        guard portal == .gst else { return identity }
        let word = business.name.unicodeScalars.prefix { $0 != " " }
        let latin = String(String.UnicodeScalarView(word.filter { $0.isASCII && $0.properties.isAlphabetic }))
        return "\(latin.isEmpty ? "gst" : latin.lowercased()).\(random.digits(4))"
    }

    /// Letters, digits and a sign, as the portals ask; without characters that are easily confused.
    private static func password(using random: inout SeededRandom) -> String {
        let letters = Array("abcdefghkmnpqrstuvwxyz")
        var text = random.pick(["Kamal", "Neem", "Tulsi", "Ganga", "Mor", "Peepal", "Chandan", "Kesar"], or: "Kamal")
        for _ in 0..<4 { text.append(random.pick(letters, or: "k")) }
        return "\(text)@\(random.digits(4))"
    }

    /// Why an account of the demo is not verified at first; nil for a verified one.
    private static func reason(_ portal: Portal, slot: Int, _ outcome: MagicOutcome) -> Cause? {
        switch (portal, outcome) {
        case (.traces, _): .neverChecked
        case (_, .wrongPassword): .wrongPassword
        case (_, .locked): .locked
        case (.gst, .otpRequired): .otpRequired
        case (_, .accountProblem): .accountProblem
        case (_, .notRegistered): .notRegistered
        default: nil
        }
    }
}
