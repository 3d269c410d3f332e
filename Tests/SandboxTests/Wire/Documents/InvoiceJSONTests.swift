import Domain
import Testing
import Wire

@Suite struct InvoiceJSONTests {
    private static let day = LegalDate(dayNumber: 20_779)

    /// Compact, in the order of INV-01, with decimals of all sorts.
    static let text =
        #"{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N"},"#
        + #""DocDtls":{"Typ":"INV","No":"PN/26-27/0041","Dt":"22/11/2026"},"#
        + #""SellerDtls":{"Gstin":"29AAKCP1234L1Z4","LglNm":"Peepal Metals Private Limited","Addr1":"14, Neem Street","#
        + #""Loc":"Old Market","Pin":560034,"Stcd":"29","Ph":"08022000000","Em":"bills@peepal.example"},"#
        + #""BuyerDtls":{"Gstin":"27AABCT7788N1ZE","LglNm":"Banyan Traders LLP","Pos":"27","Addr1":"3rd Floor, Sita Chambers","#
        + #""Loc":"Pune","Pin":411014,"Stcd":"27"},"#
        + #""ItemList":[{"SlNo":"1","PrdDesc":"Brass fittings, ½ inch","IsServc":"N","HsnCd":"741220","Qty":10,"Unit":"Nos","#
        + #""UnitPrice":1250.500,"TotAmt":12505.00,"Discount":5,"AssAmt":12500.0,"GstRt":18,"IgstAmt":2250,"#
        + #""TotItemVal":14750.00,"BchDtls":{"Nm":"B-7781","ExpDt":"01/12/2029"},"#
        + #""AttribDtls":[{"Nm":"Finish","Val":"Polished"},{"Nm":"Grade","Val":"A"}]}],"#
        + #""ValDtls":{"AssVal":12500.00,"IgstVal":2250.00,"TotInvVal":14750},"#
        + #""PayDtls":{"CrDay":30,"PaymtDue":14750.00},"#
        + #""RefDtls":{"DocPerdDtls":{"InvStDt":"01/11/2026","InvEndDt":"30/11/2026"},"ContrDtls":[{"PORefr":"PO-9"}]},"#
        + #""EwbDtls":{"TransMode":"1","Distance":840,"VehNo":"KA05MH2211","VehType":"R"}}"#

    private func check(_ text: String) -> DocumentReading<Invoice> { InvoiceJSON.check(Array(text.utf8), on: Self.day) }

    private func check(_ part: String, _ other: String) -> [String] {
        let changed = Self.text.replacing(part, with: other)
        #expect(changed != Self.text)
        return check(changed).findings.map { "\($0.severity.rawValue) \($0.path) \($0.rule)" }
    }

    /// A small file could fill the memory of the machine with what is wrong in it.
    @Test(arguments: [("1", 10_000), ("{}", 2_000), (#"{"ItemList":[1,2]}"#, 2_000)])
    func aListWithTooManyMistakesIsLeftWhereThatIsPlain(entry: String, most: Int) throws {
        let text = "[" + Array(repeating: entry, count: 20_000).joined(separator: ",") + "]"
        let readings = InvoiceJSON.checkAll(Array(text.utf8), on: Self.day)
        #expect(readings.count <= most + 1)
        let last = try #require(readings.last)
        #expect(last.value == nil && last.findings.map(\.rule) == ["json.mistakes"])
    }

    @Test func aListOfItemsIsReadAsFarAsAnyPortalWould() throws {
        let items = Array(repeating: "{}", count: 50_000).joined(separator: ",")
        let reading = InvoiceJSON.read(Array(#"{"ItemList":[\#(items)]}"#.utf8))
        #expect(reading.value?.items.count == 10_000)
        #expect(reading.findings.contains { $0.rule == "list.length" && $0.problem.contains("50000") })
    }

    @Test func whatIsReadIsWrittenAgainByteForByte() throws {
        let reading = check(Self.text)
        #expect(reading.findings.map(\.line) == [])
        let invoice = try #require(reading.value)
        #expect(String(decoding: InvoiceJSON.write(invoice), as: UTF8.self) == Self.text)
    }

    @Test func orderBlanksAndCaseOfNamesDoNotMatter() throws {
        let shuffled =
            "\u{FEFF} {\n\"docdtls\" : {\"DT\":\"22/11/2026\",\"no\":\"PN/26-27/0041\",\"TYP\":\"INV\"},\r\n"
            + Self.text.dropFirst()
            .replacing(#""DocDtls":{"Typ":"INV","No":"PN/26-27/0041","Dt":"22/11/2026"},"#, with: "")
        #expect(check(shuffled).value == check(Self.text).value)
        #expect(check(shuffled).findings == [])
    }

    @Test func everyMistakeIsToldAtOnce() {
        let text = Self.text
            .replacing(#""HsnCd":"741220""#, with: #""HsnCd":74122,"Colour":"red""#)
            .replacing(#""Pin":560034"#, with: #""Pin":"560034""#)
            .replacing(#""UnitPrice":1250.500"#, with: #""UnitPrice":1250.5001"#)
            .replacing(#""GstRt":18"#, with: #""GstRt":true"#)
            .replacing(#""RegRev":"N""#, with: #""RegRev":null"#)
            .replacing(#""SupTyp":"B2B""#, with: #""SupTyp":["B2B"]"#)
        let said = check(text).findings.map { "\($0.path) \($0.rule)" }
        #expect(
            said == [
                "TranDtls.SupTyp type", "TranDtls.RegRev type.null", "SellerDtls.Pin type.text",
                "ItemList[0].HsnCd type.number", "ItemList[0].Colour field.unknown",
                "ItemList[0].UnitPrice number.decimals", "ItemList[0].GstRt type", "ItemList[0].HsnCd item.hsnDigits",
            ])
    }

    @Test func aFieldThatStandsTwiceIsAnError() {
        #expect(check(#""SlNo":"1""#, #""SlNo":"1","SLNO":"2""#) == ["error ItemList[0].SlNo json.twice"])
    }

    @Test func aSectionThatIsNoObjectIsToldOnce() {
        #expect(
            check(#""ValDtls":{"AssVal":12500.00,"IgstVal":2250.00,"TotInvVal":14750}"#, #""ValDtls":14750"#)
                == ["error ValDtls type"])
        #expect(check(#""PayDtls":{"CrDay":30,"PaymtDue":14750.00}"#, #""PayDtls":[]"#) == ["error PayDtls type"])
        #expect(check(#"{"PORefr":"PO-9"}"#, #""PO-9""#) == ["error RefDtls.ContrDtls[0] type"])
    }

    @Test func numbersThatAreNoneAreToldApart() {
        #expect(check(#""Qty":10"#, #""Qty":1e1"#).first == "error ItemList[0].Qty number.exponent")
        #expect(check(#""Qty":10"#, #""Qty":"ten""#).first == "error ItemList[0].Qty type")
        #expect(check(#""Qty":10"#, #""Qty":"10""#) == ["warning ItemList[0].Qty type.text"])
        #expect(check(#""CrDay":30"#, #""CrDay":30.5"#) == ["error PayDtls.CrDay type.fraction"])
        #expect(
            check(#""AssVal":12500.00"#, #""AssVal":999999999999999.00"#).first == "error ValDtls.AssVal number.size")
    }

    @Test(arguments: [
        ("", "line 1, column 1"), ("{\n \"Version\": \"1.1\"\n \"TranDtls\": {}}", "line 3, column 2"),
        ("{\"Version\":1.}", "line 1, column 12"), ("{\"Version\":\"1.1", "line 1, column 12"),
        ("{\"Version\":tru}", "line 1, column 12"), ("{}x", "line 1, column 3"),
        ("{\"Version\":01}", "line 1, column 12"),
        ("{\"Version\":\"\\ud800\"}", "line 1, column 13"), ("{,}", "line 1, column 2"),
        ("{\"Version\":\"1.1\",}", "line 1, column 18"),
    ])
    func whatIsNoJSONIsToldWhere(text: String, place: String) throws {
        let reading = check(text)
        #expect(reading.value == nil)
        let finding = try #require(reading.findings.last)
        #expect(finding.rule == "json.malformed")
        #expect(finding.problem.hasPrefix(place + ":"), "\(finding.problem)")
    }

    @Test func bytesThatAreNoTextAndEndlessDepthAreRefused() {
        let broken = Array("{\"Version\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
        #expect(InvoiceJSON.read(broken).value == nil)
        let deep = "{\"x\":" + String(repeating: "[", count: 100_000)
        #expect(check(deep).findings.last?.problem.contains("too deeply") == true)
        #expect(check("[]").value == nil)
        #expect(check("[]").findings.map(\.rule) == ["type"])
    }

    @Test func escapesAreUndone() throws {
        let text = #"{"SellerDtls":{"LglNm":"\u0050eepal \ud83c\udf33 \/ \u20b9"}}"#
        #expect(InvoiceJSON.read(Array(text.utf8)).value?.seller.legalName == "Peepal 🌳 / ₹")
    }

    @Test func aListIsReadOneByOne() {
        let readings = InvoiceJSON.checkAll(Array("[\(Self.text), 7, \(Self.text)] ".utf8), on: Self.day)
        #expect(readings.map { $0.value != nil } == [true, false, true])
        #expect(readings.map(\.findings.count) == [0, 1, 0])
        let cut = InvoiceJSON.checkAll(Array("[\(Self.text),".utf8), on: Self.day)
        #expect(cut.map { $0.value != nil } == [true, false])
    }

    @Test func moreThanTwoMegabytesAreTooMuch() {
        let long = String(repeating: "1", count: 2 << 20)
        let text = Self.text.replacing(#""Version":"1.1""#, with: #""Version":"\#(long)""#)
        #expect(text != Self.text && check(text).findings.contains { $0.code == "5002" })
        // Blanks are not sent.
        let wide = Self.text.dropLast() + String(repeating: " ", count: 2 << 20) + "}"
        #expect(check(String(wide)).findings.isEmpty)
    }

    @Test func aCancellationIsWrittenWithItsOwnNames() {
        var cancellation = InvoiceCancellation()
        cancellation.irn = "ab"
        cancellation.reason = InvoiceCancelReason.orderCancelled.rawValue
        cancellation.remark = "Called off"
        #expect(
            String(decoding: InvoiceJSON.write(cancellation), as: UTF8.self)
                == #"{"Irn":"ab","CnlRsn":"3","CnlRem":"Called off"}"#)
    }
}
