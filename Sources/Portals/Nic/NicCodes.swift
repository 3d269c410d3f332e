import Domain

/// Codes of NIC's systems (facts: nic-einvoice-ewb 7). A code that is not here proves nothing.
public enum NicCodes {
    /// The invoice is registered at another portal.
    public static let elsewhere = "2295"

    /// The taxpayer is not known or not active there, which the register may only not have heard of yet.
    static let unknownTaxpayer: Set<String> = ["3028", "3029"]

    /// The invoice is not held at this portal.
    static let notHere: Set<String> = ["2148", "2154", "4003"]

    /// The bill belongs to the other site of the e-way bill system.
    private static let otherSite: Set<String> = Set((444...449).map(String.init))

    /// What says of a request that the other site is to be asked: of consolidated bills there is a code of their own
    /// (facts: nic-einvoice-ewb 7.4, 8).
    static func otherSite(_ kind: OperationKind) -> Set<String> {
        kind == .ewaybillConsolidate ? otherSite.union(["452"]) : otherSite
    }

    /// Of writes at an invoice registration portal. The later row wins.
    public static let irp = CodeTable([
        ("1004 1006 1007 1010-1020 3001 3005 3011 3014-3016 3028-3030 3038 3039 3042 3052 3053 3074-3079", .refused),
        (
            "2140 2142-2145 2148 2154 2155 2159 2161-2163 2169 2171-2174 2176-2246 2247-2294 2296-2301 2303-2305",
            .refused
        ),
        ("2323-2325 5002 5003", .refused),
        ("4003 4005-4025 4027-4040 4073 4074", .refused),
        ("1005", .session),
        ("2139 2141 2146 2147 3020 3043 4001 5001 SYS_5001", .uncertain),
        ("2150 2295 4002 4026", .exists),
        ("2270 2283", .refused),
        ("2302 9999", .already),
        ("4000", .over),
    ])

    /// Of questions at an invoice registration portal.
    public static let irpLook = CodeTable([
        ("1005", .session),
        ("2148 2154 4003 4005 4007", .absent),
        ("2283 2226 2143", .elsewhere),
        ("3020 3043 4004 5001 SYS_5001", .later),
    ])

    /// Of writes at the e-way bill system.
    public static let ewb = CodeTable([
        ("100-104 107 108 110-117 201-237 239 251-256 278 282 283 301-308 344 395", .refused),
        (
            "338 339 635-637 645 646 649 650 700 358-363 369-382 384-387 389-394 397-414 416 421 436 437 444-452",
            .refused
        ),
        ("605-612 614-624 627-634 638 640 643 644 648 654 655 659 702-729 801-812 814-816 818-821 823", .refused),
        // 109: what was sent does not open, which token and key that disagree explain as well.
        ("105 106 109 238", .session),
        ("118 658", .later),
        ("240 309 317 322 350 368 383 388 813", .uncertain),
        ("604", .exists),
        ("280 312 343", .already),
        ("281 311 315 316 341 342 345 346 348 728 817", .over),
    ])

    /// Of questions at the e-way bill system.
    public static let ewbLook = CodeTable([
        ("105 106 109 238", .session),
        ("418", .absent),
        // "Could not retrieve" is a portal that stumbles: it says nothing of what is there.
        ("325-337 357 118 658", .later),
        ("444-449", .elsewhere),
    ])

    /// Of a login: after one such answer the password is not offered again, for a few lock the user.
    static let wrongPassword: Set<String> = ["1008", "1019", "108"]

    /// Of a login: it could not be opened, which NIC's key, changed meanwhile, explains.
    static let staleKey: Set<String> = ["1013", "1016", "1020", "107"]

    static func loginCause(_ code: String) -> Cause {
        switch code {
        case _ where wrongPassword.contains(code): .wrongPassword
        case "1017", "1018": .notRegistered
        // 107: a malformed login, or a user of the other system.
        case "1014", "107", "111", "112", "113": .accountProblem
        case "1010", "1011", "1012", "101", "102", "103", "104", "110", "237", "115", "116": .providerAuth
        // What we sent is wrong, and would be the next time (facts: nic-einvoice-ewb 7.1, 7.4).
        case "1004", "1006", "1007", "1013", "1015", "1016", "1020", "100", "109", "114", "393": .providerAuth
        case "118", "658": .rateLimited
        case "5001", "SYS_5001": .portalDown
        default: .portalChanged
        }
    }

    /// The first of them that is among the causes of an answer counts: after it a login is least to be tried again.
    static let loginCauses: [Cause] = [
        .wrongPassword, .accountProblem, .notRegistered, .providerAuth, .portalChanged, .rateLimited, .portalDown,
    ]

    /// Codes that mean one new session, and when they come again with it, that the request itself is at fault.
    public static let sessionOnce: Set<String> = ["109"]

    /// The table of an authority's answers to questions.
    public static func lookTable(of system: ActionSystem) -> CodeTable { system == .irp ? irpLook : ewbLook }

    /// What the codes in answer to a question mean together. "There is none" is believed only where nothing else is said;
    /// for the sake of a session it may be asked again whatever stands beside.
    public static func seen(_ codes: [String], by table: CodeTable) -> CodeTable.Meaning? {
        if codes.contains(where: { table[$0] == .session }) { return .session }
        let others = codes.filter { table[$0] != .absent }
        return others.isEmpty && !codes.isEmpty ? .absent : table.together(others)
    }

    /// The table of an authority's answers to requests.
    public static func table(of system: ActionSystem) -> CodeTable { system == .irp ? irp : ewb }

    /// What an authority meant by the code that it answered a request with.
    public static func meaning(_ code: String, at system: ActionSystem) -> CodeTable.Meaning? {
        table(of: system)[code]
    }
}
