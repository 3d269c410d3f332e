import Crypto
import Wire

/// Valid answers of NIC's portals, in the shapes that were seen.
enum NicSamples {
    static let sessionKey = SymmetricKey(data: (0..<32).map { UInt8($0 + 32) })
    static let answerKey = SymmetricKey(data: (0..<32).map { UInt8($0 + 64) })
    static let irn = "35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"

    static let login =
        #"{"Status":1,"Data":{"ClientId":"c","UserName":"u","AuthToken":"abcdefghijklmnopqrstuvwxy","Sek":"\#(text(sessionKey))","#
        + #""TokenExpiry":"2026-11-20 12:00:00"},"ErrorDetails":null,"InfoDtls":null}"#

    static let duplicate =
        #"{"Status":0,"ErrorDetails":[{"ErrorCode":"2150","ErrorMessage":"Duplicate IRN"}],"Data":null,"InfoDtls":[{"#
        + #""InfCd":"DUPIRN","Desc":{"AckNo":112410193157267,"AckDt":"2024-09-02 18:35:00","Irn":"\#(irn)"}}]}"#

    static let elsewhere =
        #"{"Status":"0","ErrorDetails":"[{\"ErrorCode\":2295,\"ErrorMessage\":\"elsewhere\"}]","Data":"","InfoDtls":[{"#
        + #""InfCd":"DUPIRNGLP","Desc":[{"Irn":"\#(irn)","IrnDtl":{"RegIrp":"NIC2"}}]},{"InfCd":"EWBPPD","Desc":"calc: 2467KM"},"#
        + #"{"InfCd":"EWBERR","Desc":[{"ErrorCode":"4011","ErrorMessage":"x"}]},{"InfCd":"ADDNLNFO","Desc":"y"}]}"#

    static let reseller =
        #"{"success":false,"message":"2150 : Duplicate IRN","result":[{"InfCd":"DUPIRN","Desc":{"AckNo":"1","Irn":"\#(irn)"}}]}"#

    static let registered =
        #"{"AckNo":112410193157267,"AckDt":"2026-11-20 18:35:00","Irn":"\#(irn)","SignedInvoice":"a.b.c","SignedQRCode":"d.e.f","#
        + #""Status":"ACT","EwbNo":341000000001,"EwbDt":"2026-11-20 18:35:00","EwbValidTill":"2026-11-29 23:59:00","Remarks":null}"#

    static let bill =
        #"{"ewayBillNo":"341000000001","ewayBillDate":"20/11/2026 06:36:00 PM","validUpto":"29/11/2026 11:59:00 PM","alert":""}"#

    static let change =
        #"{"ewayBillNo":"341000000001","updatedDate":"20/11/2026 06:36:00 PM","validUpto":"22/11/2026 11:59:00 PM"}"#

    static let detail =
        #"{"ewbNo":341000000001,"ewayBillDate":"20/11/2026 06:36:00 PM","userGstin":"09AAFHH6756K1ZQ","supplyType":"O","#
        + #""subSupplyType":"1  ","docType":"INV","docNo":"A/101","docDate":"20/11/2026","fromGstin":"09AAFHH6756K1ZQ","#
        + #""totInvValue":708.10,"status":"ACT","actualDist":1690,"noValidDays":9,"validUpto":"29/11/2026 11:59:00 PM","#
        + #""extendedTimes":0,"rejectStatus":"N","vehicleType":"R","itemList":[{"hsnCode":732690}],"VehiclListDetails":[{"#
        + #""vehicleNo":"UP32AB1234","fromPlace":"Kanpur","fromState":9,"enteredDate":"20/11/2026 06:36:00 PM","transMode":"1"},{"vehicleNo":"UP32CD5678","tripshtNo":5100000001}]}"#

    static let consolidated = #"{"cEwbNo":5100000001,"cEWBDate":"20/11/2026 06:36:00 PM"}"#

    static let refused = #"{"status":"0","error":"eyJlcnJvckNvZGVzIjoiMTA4In0=","info":null}"#
    static let refusedInWords = #"{"status":0,"error":{"errorCodes":"604, exists (EwbNo - 341000000001)"},"alert":"x"}"#
    static let ewbLogin = #"{"status":1,"authtoken":"abc","sek":"\#(text(sessionKey))","alert":null,"Message":null}"#

    static let qr =
        #"{"SellerGstin":"09AAFHH6756K1ZQ","BuyerGstin":"URP","DocNo":"A/1","DocTyp":"INV","DocDt":"20/11/2026","#
        + #""TotInvVal":118.00,"ItemCnt":1,"MainHsnCode":"8471","Irn":"\#(irn)","IrnDt":"2026-11-20 10:00:00"}"#

    static let invoice =
        #"{"AckNo":112610100000001,"AckDt":"2026-11-20 10:00:00","Irn":"\#(irn)","DocDtls":{"Typ":"INV","No":"A/1","#
        + #""Dt":"20/11/2026"},"SellerDtls":{"Gstin":"09AAFHH6756K1ZQ"},"BuyerDtls":{"Gstin":"URP"},"ItemList":[{"ItemNo":0}],"#
        + #""ValDtls":{"TotInvVal":118.5}}"#

    /// An answer of EWB to a read.
    static var sealed: String {
        let json = Array(detail.utf8)
        let data = (try? NicKeys.sealed(json, under: answerKey)) ?? ""
        let rek = (try? NicKeys.wrapped(answerKey, under: sessionKey)) ?? ""
        return
            #"{"status":"1","data":"\#(data)","rek":"\#(rek)","hmac":"\#(NicKeys.hmac(json, rek: answerKey))","alert":null}"#
    }

    private static func text(_ key: SymmetricKey) -> String { (try? NicKeys.wrapped(key, under: answerKey)) ?? "" }
}
