/// Valid answers of TRACES.
enum TracesSamples {
    static let captcha = #"{"image":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptV","id":"c-1"}"#
    static let tokens = #"{"authTokenDto":{"accessToken":"ey.a.b","refreshToken":"ey.c.d"},"status":"OK"}"#
    static let refusal = #"{"message":"Invalid captcha entered","errorCode":7}"#
    static let download = #"{"url":"/app/files/1.zip","size":120}"#

    static let statements =
        #"{"totalpages":1,"page":"1","rowCount":2,"rows":[{"finyear":"2024-25","quarter":"Q3","formtype":"26Q","#
        + #""tokenno":100000000000009,"dtoffiling":"25-Oct-2025","status":"Processed with Default","dtofprcng":"26-Oct-2025","#
        + #""stmnttype":"Regular","remarks":null,"reason":""},{"tokenno":"100000000000010","status":"Submitted"}]}"#

    static let requests =
        #"{"totalpages":1,"page":1,"rowCount":2,"rows":[{"reqDate":"25-Oct-2025","reqNo":123456,"finYr":"2024-25","qrtr":"Q3","#
        + #""frmType":"26Q","dntype":"Justification Report","status":"Available","remarks":""},{"reqNo":"123457","#
        + #""status":"Submitted","dntype":"Conso File","finYr":"2023-24","qrtr":3}]}"#

    static func page(_ body: String) -> String { "<html><body><form id=\"f\">\n\(body)\n</form></body></html>" }

    static let demand = page(
        """
        <table id="f:fyAmtList"><tr><th>Financial Year</th><th>Manual Demand</th><th>Processed Demand</th></tr>
        <tr><td>2024-25</td><td>0.00</td><td>1,23,450.00</td></tr>
        <tr><td>2023-24</td><td>10.00</td><td>0.00</td></tr>
        <tr><td>Prior Years</td><td>0.00</td><td>5.00</td></tr></table>
        <table id="priorList"><tr><th>Year</th><th>Manual</th><th>Processed</th></tr>
        <tr><td>2010-11</td><td>0</td><td>5.00</td></tr></table>
        """)

    static let quarters = page(
        """
        <table id="demandsumFY1"><tr><th>Quarter</th><th>Form Type</th><th>Net Payable</th></tr>
        <tr><td>Q3</td><td>26Q</td><td>1,23,450.00</td></tr></table>
        """)

    static let summary = page(
        """
        <table id="statementDetails"><tr><th>Token Number</th><th>Order Date</th></tr>
        <tr><td>1000*******0009</td><td>26-Oct-2025</td></tr></table>
        <table id="defaultSummary"><tr><th>Type of Default</th><th>Amount</th><th>Payable</th></tr>
        <tr><td>Late payment &amp; interest</td><td>10.00</td><td>1,200.00</td></tr></table>
        <table id="panSummary"><tr><th>Total</th><th>Error</th></tr><tr><td>12</td><td>1</td></tr></table>
        """)

    static let inbox = page(
        """
        <table id="actionRequired"><tr><th>Reference No</th><th>Date</th><th>Category</th><th>Financial Year</th><th>Quarter</th><th>Form</th></tr>
        <tr><td>TDS/2526/1</td><td>25-Oct-2025</td><td>Intimation u/s 200A</td><td>2024-25</td><td>Q3</td><td>26Q</td></tr></table>
        <table id="generalAwareness"><tr><th>Reference</th><th>Date</th><th>Category</th><th>Year</th><th>Quarter</th><th>Form</th></tr>
        <tr><td colspan="6">No records found</td></tr></table>
        """)

    /// What readers of pages turn on.
    static let words = [
        "<table id=\"x\">", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<br/>", "<!-- ", " -->", "<![CDATA[",
        "]]>", "<script>", "</script>", "<style>", "<", ">", "&amp;", "&#160;", "&#x10FFFF;", "&#99999999;", "&;", "\"",
        "'", "id=", "</html>", "<?x?>", "-", "0.00", "9,22,33,72,03,68,54,77,580.07", "2024-25", "Prior Years", ",",
        "no record", "\u{0}", "\u{202E}", "99-Feb-2025", "Q5",
    ]
}
