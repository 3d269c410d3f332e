/// Valid answers of the bridge.
enum BridgeSamples {
    static let token = #"{"access_token":"tok-7f3a","token_type":"Bearer","expires_in":3600}"#

    static let health =
        #"{"portals":{"gst":{"state":"up","since":"2026-11-20T09:00:00+05:30","message":""},"income_tax":{"state":"degraded","#
        + #""message":"slow"},"traces":{"state":"down"}}}"#

    static let capabilities =
        #"{"portals":[{"portal":"gst","places":["notices"]},{"portal":"traces","places":["requests","default_summary"]}],"#
        + #""features":["documents","challenge_relay"],"simulated":true}"#

    static let job =
        #"{"job_id":"job-1","state":"succeeded","portal":"income_tax","identity":"AAAPZ1000A","#
        + #""started_at":"2026-11-21T09:00:02+05:30","finished_at":"2026-11-21T09:00:09+05:30","#
        + #""places":[{"place":"self_fya","outcome":"read","count":2},{"place":"demand","outcome":"failed","#
        + #""error":{"code":"portal_changed","message":"odd page","retryable":false}}]}"#

    /// Of which every place was read.
    static let wholeJob =
        #"{"job_id":"job-1","state":"succeeded","portal":"income_tax","identity":"AAAPZ1000A","#
        + #""started_at":"2026-11-21T09:00:02+05:30","finished_at":"2026-11-21T09:00:09+05:30","note":"all well 2026","#
        + #""places":[{"place":"self_fya","outcome":"read","count":1},{"place":"demand","outcome":"empty","count":0}]}"#

    static let waiting =
        #"{"job_id":"job-1","state":"waiting_human","portal":"traces","identity":"MUMA12345B","challenge":{"type":"captcha","#
        + #""prompt":"Read the image","image":"iVBORw0KGgo=","expires_at":"2026-11-21T09:10:00+05:30"}}"#

    static let verification =
        #"{"outcome":"verified","portal_code":"EF00000","message":"welcome","checked_at":"2026-11-21T09:00:00+05:30"}"#

    static let failed =
        #"{"error":{"code":"rate_limited","message":"slow down","portal_code":"EF500023","retryable":true,"retry_after_s":30,"#
        + #""trace_id":"t-1","challenge":{"type":"otp","prompt":"OTP"}}}"#

    static let notice =
        #"{"id":"n-1","portal":"income_tax","identity":"AAAPZ1000A","place":"self_fya","external_key":"din:ITBA/1","din":"ITBA/1","#
        + #""reference_id":"100","act":"1961","section":"142(1)","section_title":"Inquiry","period":{"kind":"AY","start_year":2024},"#
        + #""form_type":"ITR-3","proceeding_id":"p-1","description":"Notice under 142(1)","issue_date":"2026-09-01","#
        + #""due_date":"2026-09-15T23:59:00+05:30","due_date_basis":"portal","status":"open","raw_status":"Open","#
        + #""demand":"412300.00","withdrawn":false,"version":3,"content_hash":"ab","updated_at":"2026-09-02T10:00:00+05:30","#
        + #""document_count":1,"documents":[{"id":"d-1","name":"notice.pdf","media_type":"application/pdf","size":8,"#
        + #""kind":"notice","locked":false}],"replies":[{"id":"r-1","date":"2026-09-10","type":"full"}],"#
        + #""default_lines":[{"code":"3a","type":"Late payment","amount":"10.00","reported":"0.00","payable":"10.00"}]}"#

    static let page =
        #"{"items":["# + notice + #"],"next_cursor":null,"has_more":false,"as_of":"2026-11-21T09:00:00+05:30"}"#

    static let tdsRequests =
        #"{"items":[{"request_number":"123456","identity":"MUMA12345B","kind":"conso_file","status":"Available","#
        + #""requested_at":"2026-11-20","document_id":"d-9"}],"next_cursor":"c-2","has_more":true}"#
}
