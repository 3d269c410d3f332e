/// Unique quantity codes (facts: nic-einvoice-ewb 4.3).
public enum UnitCode {
    public static let all: Set<String> = Set(
        """
        BAG BAL BDL BKL BOU BOX BTL BUN CAN CBM CCM CMS CTN DOZ DRM GGK GMS GRS GYD KGS KLR KME LTR MLT MTR MTS NOS OTH \
        PAC PCS PRS QTL ROL SET SQF SQM SQY TBS TGM THD TON TUB UGS UNT YDS
        """.split(separator: " ").map(String.init))

    /// In any case: a registered invoice has been seen with `Nos`.
    public static func isKnown(_ text: String) -> Bool { all.contains(text.uppercased()) }
}
