/// Names of GSTN's taxpayer API that both ends share (facts: gstn-taxpayer 1.2, 1.3).
public enum Gstn {
    public enum Action {
        public static let otpRequest = "OTPREQUEST"
        public static let authToken = "AUTHTOKEN"
        public static let refreshToken = "REFRESHTOKEN"
        public static let logout = "LOGOUT"
        /// Asks for the OTP with which a return is signed (EVC).
        public static let signingOtp = "EVCOTP"
        public static let preference = "GETPREF"
        /// Not public: the names that this program made up for the notices, unless the provider file says otherwise.
        public static let notices = "NOTICES"
        public static let noticeDetail = "NOTICEDTL"
        public static let noticeDocument = "NOTICEDOC"
    }

    public enum Header {
        public static let clientId = "clientid"
        public static let clientSecret = "client-secret"
        public static let stateCode = "state-cd"
        public static let userAddress = "ip-usr"
        public static let transaction = "txn"
        public static let username = "username"
        public static let authToken = "auth-token"
        public static let gstin = "gstin"
    }

    public enum Path {
        public static let authenticate = "/taxpayerapi/v1.0/authenticate"
        public static let returns = "/taxpayerapi/v1.0/returns"
        /// A guess: the raw path of the notices is not public.
        public static let notices = "/taxpayerapi/v1.0/notices"
    }

    /// Forms that an OTP for signing is asked for. Only `R1` was seen in use; the others follow its pattern, as the
    /// answers of the status call do (facts: gstn-taxpayer 1.2).
    public enum SignedForm: String, Sendable, CaseIterable {
        case gstr1 = "R1"
        case gstr1A = "R1A"
        case gstr3B = "R3B"
        case gstr9 = "R9"
    }

    /// What GSTN's sandbox takes for any OTP request.
    public static let sandboxOtp = "575757"
    /// Minutes that a session lasts when the answer does not say.
    public static let usualMinutes = 360
}
