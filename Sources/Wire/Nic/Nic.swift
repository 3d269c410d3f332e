/// Names of NIC's e-invoice registration portals (IRP) and of its e-way bill system (EWB) that both ends share
/// (facts: nic-einvoice-ewb 1, 3).
public enum Nic {
    /// Below the base address of an IRP.
    public enum Path {
        public static let login = "/eivital/v1.04/auth"
        public static let ping = "/eivital/v1.04/heartbeat/ping"
        public static let invoice = "/eicore/v1.03/Invoice"
        public static let cancel = "/eicore/v1.03/Invoice/Cancel"
        public static let byDocument = "/eicore/v1.03/Invoice/irnbydocdetails"
        public static let eWayBill = "/eiewb/v1.03/ewaybill"

        public static func invoice(irn: String) -> String { "\(invoice)/irn/\(PercentEscape.text(irn))" }
        public static func eWayBill(irn: String) -> String { "\(eWayBill)/irn/\(PercentEscape.text(irn))" }
        public static func gstin(_ gstin: String) -> String {
            "/eivital/v1.04/Master/gstin/\(PercentEscape.text(gstin))"
        }
        /// Asks NIC to take the taxpayer from GSTN anew.
        public static func syncGstin(_ gstin: String) -> String {
            "/eivital/v1.04/Master/syncgstin/\(PercentEscape.text(gstin))"
        }

        /// The registered invoice of a document; `date` is `dd/MM/yyyy`, and its slashes are escaped.
        public static func invoice(type: String, number: String, date: String) -> String {
            "\(byDocument)?doctype=\(PercentEscape.text(type))&docnum=\(PercentEscape.text(number))"
                + "&docdate=\(PercentEscape.text(date))"
        }
    }

    /// Below the base address of the EWB system, which ends in its version (`/v1.03`).
    public enum EwbPath {
        /// Ends the base address.
        public static let version = "/v1.03"
        public static let login = "/auth"
        public static let api = "/ewayapi"
        public static func bill(_ number: String) -> String {
            "\(api)/GetEwayBill?ewbNo=\(PercentEscape.text(number))"
        }
        /// Bills that the caller made on a day, `dd/MM/yyyy`.
        public static func bills(date: String) -> String {
            "\(api)/GetEwayBillsByDate?date=\(PercentEscape.text(date))"
        }
        /// Bills of a day that name the caller as transporter.
        public static func transporterBills(date: String) -> String {
            "\(api)/GetEwayBillsForTransporter?date=\(PercentEscape.text(date))"
        }
        /// The bill of a document: what tells after a lost answer whether it was made. NIC wants this order.
        public static func bill(documentType: String, number: String) -> String {
            "\(api)/GetEwayBillGeneratedByConsigner?docType=\(PercentEscape.text(documentType))"
                + "&docNo=\(PercentEscape.text(number))"
        }
    }

    public enum Header {
        public static let clientId = "client_id"
        public static let clientSecret = "client_secret"
        public static let gstin = "Gstin"
        public static let userName = "user_name"
        public static let authToken = "AuthToken"
        /// Names the other NIC portal, whose invoice is meant: `NIC1` or `NIC2` (facts: nic-einvoice-ewb 8).
        public static let registrar = "irp"
        public static let ewbClientId = "client-id"
        public static let ewbClientSecret = "client-secret"
        public static let ewbAuthToken = "authtoken"
    }

    /// What `POST ewayapi` is told to do (facts: nic-einvoice-ewb 3.3).
    public enum Action: String, Sendable, CaseIterable {
        case login = "ACCESSTOKEN"
        case generate = "GENEWAYBILL"
        case vehicle = "VEHEWB"
        case transporter = "UPDATETRANSPORTER"
        case cancel = "CANEWB"
        case reject = "REJEWB"
        case extend = "EXTENDVALIDITY"
        case consolidate = "GENCEWB"
    }

    /// Bytes of a login body before it is sealed: RSA with 2048 bits and PKCS#1 v1.5 holds 245, which base64 fills with
    /// 183 (facts: nic-einvoice-ewb 1.2).
    public static let longestLogin = 183
}
