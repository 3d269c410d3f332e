import Crypto
import Wire

/// Valid answers of GSTN, and the keys of the session that they are sealed for.
enum GstnSamples {
    static let sessionKey = SymmetricKey(data: (0..<32).map { UInt8($0) })
    static let answerKey = SymmetricKey(data: (0..<32).map { UInt8(255 - $0) })

    static let list =
        #"{"notices":[{"refId":"ZD2704250000011","arn":"AD270425000001X","moduleCd":"RET","alertCd":"DRC01","#
        + #""dateOfIssue":"21/04/2026","dateOfRespond":"21/05/2026"},{"refId":"ZD2704250000012","arn":"AD2","moduleCd":"REG","#
        + #""alertCd":"REG17","dateOfIssue":"01-05-2026","dateOfRespond":"NA"}]}"#

    static let detail =
        #"{"arn":"AD270425000001X","dateOfIssue":"21/04/2026","noticeType":"DRC01","dueDateOfReply":"21/05/2026","#
        + #""taxPeriod":{"fromMonth":"APR","fromYear":2025,"toMonth":"MAY","toYear":"2025"},"maindocs":[{"dcupdtls":{"#
        + #""ct":"application/pdf","docName":"DRC-01.pdf","id":"doc-1","ty":"M"}}],"suppdocs":[]}"#

    static let document = #"{"ct":"application/pdf","data":"JVBERi0xLjQKJSVFT0Y=","doc_nam":"DRC-01.pdf"}"#

    static let firmToken = #"{"access_token":"gsp-token","expires_in":21600,"scope":"all","nested":{"a":[1,2.5,null]}}"#

    static let refusal = #"{"status_cd":"0","error":{"message":"Invalid Session","error_cd":"AUTH4036"}}"#

    static let opened =
        #"{"status_cd":1,"auth_token":"a1b2c3","expiry":"360","sek":""# + text(sessionKey, under: answerKey) + #""}"#

    /// JSON as it travels, sealed for the session.
    static func sealed(_ json: [UInt8]) -> [UInt8] {
        guard let sealed = try? GstnSealed(json, key: answerKey) else { return [] }
        return Array(
            #"{"status_cd":"1","data":"\#(sealed.data)","rek":"\#(text(answerKey, under: sessionKey))","hmac":"\#(sealed.hmac)"}"#
                .utf8)
    }

    private static func text(_ key: SymmetricKey, under other: SymmetricKey) -> String {
        (try? GstnKeys.sealed(key, under: other)) ?? ""
    }
}
