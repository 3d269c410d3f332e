import Wire

/// What the numbers of the e-way bill system mean: it sends nothing but them (facts: nic-einvoice-ewb 7.4).
enum EwbCodeWords {
    /// What the system said, or where that is numbers alone what they mean. One number is left to stand beside it.
    static func text(_ error: EwbError?) -> String {
        guard let error else { return "" }
        guard !error.text.contains(where: \.isLetter) else { return error.text }
        let told = error.codes.map { code in (code: code, words: Int(code).flatMap { meaning(of: $0) } ?? "not known") }
        if told.count == 1, let only = told.first { return only.words }
        return told.isEmpty ? error.text : told.map { "\($0.code): \($0.words)" }.joined(separator: "; ")
    }

    static func meaning(of code: Int) -> String? {
        if let own = single[code] { return own }
        return families.first { $0.codes.contains { $0.contains(code) } }?.words
    }

    private static let single: [Int: String] = [
        100: "the request is no JSON", 107: "the login is malformed, or its user belongs to another system",
        108: "user or password is wrong", 109: "the data did not open with the session's key",
        111: "the GSTIN is not linked to this GSP",
        116: "the login is not accepted, or the token belongs to another client",
        117: "the second site of the system does not do this",
        118: "too early; it wants to be asked again after five minutes", 206: "the document's number is wrong",
        207: "the document's date is wrong", 216: "an HSN is not known", 217: "a unit is not known",
        220: "the mode of transport is wrong", 221: "the distance is wrong",
        222: "the transporter's GSTIN or enrolment is wrong", 223: "the transport document is wrong",
        224: "the date of the transport document is wrong", 225: "the vehicle's number is wrong",
        226: "vehicle and transport document are both missing", 233: "there are no items", 234: "an amount is missing",
        239: "the action is not known at this address", 278: "the GSTIN is not the bill's transporter",
        280: "the bill is not active", 281: "the bill has expired", 282: "an HSN needs four digits",
        283: "an HSN needs six digits", 301: "the bill's number is wrong", 311: "the bill has expired",
        312: "the bill was not made by this GSTIN, or is cancelled", 315: "the 24 hours for a cancellation are over",
        316: "an officer has verified the bill; it cannot be cancelled", 343: "the bill is cancelled",
        344: "the bill's number is wrong", 362: "the transport date lies before the document's",
        363: "this state wants no bill within the state", 382: "the bill is not in the window for an extension",
        390: "the distance that remains is above the bill's own", 393: "the GSTIN of the caller is missing or wrong",
        394: "the transport document is needed unless it goes by road", 395: "the bill's number is wrong",
        416: "the range of dates is wrong", 418: "there is no such record", 604: "the document has a bill already",
        611: "supply, its kind and the document's type do not go together",
        619: "a bill without Part B needs the transporter's GSTIN", 623: "IGST within a state",
        624: "CGST or SGST between states", 658: "too many requests; the system holds this GSTIN back for a while",
        659: "the remark is missing", 720: "the bill has to be made through the invoice's IRN",
        722: "the consignee's registration is cancelled", 724: "none of the items is goods",
        728: "24 hours have passed since Part B; it cannot be cancelled",
        813: "the same request came at the same time", 819: "the document is from before 01-07-2017",
        820: "the document is older than 180 days", 821: "the bill has reached 360 days",
        823: "the railway receipt's number is wrong",
    ]

    private static let families: [(codes: [ClosedRange<Int>], words: String)] = [
        ([101...104, 110...110, 237...237], "user, password or client id is missing or wrong"),
        ([105...106, 238...238], "the session's token is not valid"),
        ([112...115], "the client or the user is not active"),
        ([201...205], "supply, its kind and the document's type do not go together"),
        ([208...215, 229...232], "GSTIN, address, PIN code, state or place of a party is wrong"),
        ([218...219, 235...236, 251...256], "a rate of tax is wrong"),
        ([227...228, 358...358], "the GSTIN of the caller is not the one of the request"),
        (
            [240...240, 309...309, 317...317, 322...322, 350...350, 368...368, 383...383, 388...388],
            "the system could not do it and does not say why"
        ),
        ([302...308], "a field of the vehicle's update is wrong"),
        ([325...337, 357...357], "it could not be read now"),
        (
            [338...339, 635...637, 645...646, 649...650, 700...700],
            "transporter or Part B belongs to another; it is not this GSTIN's turn"
        ),
        ([341...342, 345...346, 348...348], "the bill cannot be rejected"),
        ([359...360], "the caller must be the sender of outward and the receiver of inward supplies"),
        ([361...361, 634...634, 726...727, 729...729], "the type of the vehicle does not go with the mode"),
        ([369...370], "the transporter may not do this"),
        ([371...378, 450...451], "state or PIN code of an export, an import or a zone is wrong"),
        ([379...381, 384...386, 389...389], "the extension is not allowed as it stands"),
        (
            [387...387, 391...392, 452...452, 648...648, 818...818], "the consolidated bill is not allowed as it stands"
        ),
        ([397...414, 817...817], "the several vehicles are not allowed as they stand"),
        ([421...421, 436...437, 710...710], "a PIN code does not belong to its state"),
        ([444...449], "the bill belongs to the other site of the system"),
        ([607...610, 612...612, 614...618, 643...644], "the kind of transaction does not go with its parties"),
        ([620...620, 627...633, 640...640], "the totals do not agree"),
        ([621...622, 638...638], "the mode of transport is missing"),
        ([654...655], "the transporter's common enrolment does not allow this"),
        ([702...702, 709...709, 721...721], "the distance is too far, or the two PIN codes are not known"),
        ([703...704, 714...714], "a composition dealer may not do this"),
        ([705...708, 711...713], "what the extension says of the transit is wrong"),
        ([715...719], "a party is blocked for not filing returns"),
        ([801...812, 814...816], "the rules for gold are not met"),
        ([605...606, 723...723, 725...725], "something is refused; no list of numbers says what"),
    ]
}
