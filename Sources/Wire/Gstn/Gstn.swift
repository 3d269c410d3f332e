/// Names of GSTN's taxpayer API that both ends share (facts: gstn-taxpayer 1.2, 1.3).
public enum Gstn {
    public enum Action {
        public static let otpRequest = "OTPREQUEST"
        public static let authToken = "AUTHTOKEN"
        public static let refreshToken = "REFRESHTOKEN"
        public static let logout = "LOGOUT"
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

    /// What GSTN's sandbox takes for any OTP request.
    public static let sandboxOtp = "575757"
    /// Minutes that a session lasts when the answer does not say.
    public static let usualMinutes = 360
}
