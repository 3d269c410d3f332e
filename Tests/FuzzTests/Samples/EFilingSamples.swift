/// Valid answers of the e-filing portal.
enum EFilingSamples {
    static let messages = #"{"messages":[{"code":"EF00000","type":"INFO","desc":"ok","fieldName":null}],"errors":[]}"#

    static let known =
        #"{"messages":[{"code":"EF00000","type":"INFO","desc":"ok"}],"reqId":"q-1","entity":"AAAPZ1000A","entityType":"PAN","#
        + #""role":"CO","userType":"PAN","uidValdtnFlg":"true","aadhaarMobileValidated":false,"secAccssMsg":"","#
        + #""secLoginOptions":"","dtoService":"LOGIN","exemptedPan":"false","userConsent":"","email":"a***@x.in","#
        + #""mobileNo":"98XXXX","passValdtnFlg":null,"remark":null}"#

    static let loggedIn =
        #"{"messages":[{"code":"EF00000","type":"INFO","desc":"ok"}],"reqId":"q-1","entity":"AAAPZ1000A","fullName":"A B"}"#

    static let proceedings =
        #"{"eProceedingPaginatedRequests":[{"proceedingReqId":10,"proceedingName":"Assessment","pan":"AAAPZ1000A","#
        + #""nameOfAssesse":"A B","assessmentYear":2024,"viewNoticeCount":1,"proceedingStatus":"O","#
        + #""proceedingStatusDetails":[{"statusText":"Open","statusDate":1762074000000}],"issuedOn":1762074000000},"#
        + #"{"proceedingReqId":"11","proceedingStatus":"C","proceedingClosureOrder":"Y","responseDueDate":"NA"}],"#
        + #""header":{"formName":"FO-041_PCDNG"}}"#

    static let notices =
        #"[{"headerSeqNo":100,"documentIdentificationNumber":"ITBA/AST/S/1","documentReferenceId":"100","noticeSection":"142(1)","#
        + #""description":"[ITBA]Notice","issuedOn":1762074000000,"servedOn":1762074000000,"#
        + #""responseDueDate":"Tue Nov 25 14:16:09 IST 2025","ay":"2024","respStatus":"S","isSubmitted":true},"#
        + #"{"headerSeqNo":"101","documentIdentificationNumber":"","issuedOn":"2026-09-01"}]"#

    static let letter =
        #"{"satDocId":1086883937,"docNam":"Notice.pdf.gz","docMap":{"1086883937":"Notice.pdf.gz","1086883938":null,"77":5}}"#

    static let replies =
        #"{"respRemrkAttLst":[{"responseId":1,"respType":"FR","remarks":"see letter","submittedOn":1762074000000,"#
        + #""attachmentLst":[{"docId":900,"attachmentName":"Reply.pdf","categorieName":"Other"}]},"#
        + #"{"responseId":2,"respType":"PR","remarks":" ","attachmentLst":null}]}"#

    static let closure =
        #"{"procdngReqId":"11","closureSeqNo":1,"satDocId":55,"docNam":null,"satDocDetlList":[{"satDocId":55,"#
        + #""docNam":"A_AST_AAAPZ1000A_Order us 143(3)_1086883937(1)_05032026.pdf"},{"satDocId":"56","docNam":"b.pdf"}]}"#

    static let demands =
        #"{"demandList":[{"din":20260001,"itrAy":"2023","sectionCode":"143(1)","dateOfDemandraised":1762074000000,"#
        + #""dateOfServiceNotice":null,"orignalOutStDemandAmount":41230,"finalInterest":"120.50","currentStatus":"OPEN","#
        + #""demandIntimationDetails":{"outFilePath":"/itba/1.pdf"}},{"din":"2","sectionCode":"245","itrAy":2022,"#
        + #""dateOfDemandraised":"2026-08-01","responseSubmitted":1762074000000}],"messages":[]}"#

    static let activity =
        #"{"commRefNo":"CPC/2425/A1","orderDt":"Tue Nov 25 14:16:09 IST 2025","computedDemndAmt":41230,"emailDt":"x"}"#

    static let returns =
        #"[{"ackNum":123456789012345,"assmentYear":2024,"formTypeCd":"3","ackDt":"Tue Nov 25 14:16:09 IST 2025","itrPanDetlList":["#
        + #"{"itrActivityCd":62,"statusDesc":"Processed","activityTxt":"{\"commRefNo\":\"CPC/1\",\"orderDt\":1762074000000}"},"#
        + #"{"itrActivityCd":10,"statusDesc":"Filed"}]},{"ackNum":"2","assmentYear":"2016","itrPanDetlList":null}]"#

    static let pdf = "%PDF-1.4\n1 0 obj << >> endobj\n%%EOF\n"
}
