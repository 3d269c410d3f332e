import Domain
import Portals
import Store

extension GspService {
    /// How the session of one GSTIN stands.
    public struct Standing: Sendable, Hashable {
        public enum State: String, Sendable, CaseIterable {
            /// Never asked for.
            case none
            /// An OTP is with the taxpayer.
            case awaitsOtp = "awaits_otp"
            case open
            /// Only the taxpayer's OTP opens another.
            case ended
            /// The taxpayer has not switched API access on.
            case accessOff = "access_off"

            /// The screen's word for it.
            public var title: String {
                switch self {
                case .open: "Open"
                case .awaitsOtp: "OTP"
                case .ended: "Ended"
                case .none, .accessOff: "None"
                }
            }
        }

        /// What is known of the switch at the portal: it is told by GSTN's answers alone, and may be thrown unseen.
        public enum Access: String, Sendable, CaseIterable {
            case yes, no, unknown

            /// The screen's word for it.
            public var title: String {
                switch self {
                case .yes: "Yes"
                case .no: "No"
                case .unknown: "Unknown"
                }
            }
        }

        public var identity: PortalIdentity
        public var business: String
        /// Who serves the GSTIN; empty when nobody does.
        public var provider: String
        /// Whether that is a GSP; else there is no API session.
        public var isServed: Bool
        public var state: State
        /// Until when the session is good, or the OTP.
        public var until: Instant?
        /// When it was opened or last refreshed.
        public var changedAt: Instant?
        public var message: String

        public init(
            identity: PortalIdentity, business: String, provider: String, isServed: Bool = true, state: State,
            until: Instant? = nil, changedAt: Instant? = nil, message: String = ""
        ) {
            self.identity = identity
            self.business = business
            self.provider = provider
            self.isServed = isServed
            self.state = state
            self.until = until
            self.changedAt = changedAt
            self.message = message
        }

        public var access: Access {
            switch state {
            case .open: .yes
            // GSTN takes the request for an OTP only while access is on.
            case .awaitsOtp: message == GspLogin.askedNote ? .yes : .unknown
            case .accessOff: .no
            case .none, .ended: .unknown
            }
        }
    }

    /// GSTINs in the order of their numbers, those that a GSP serves first.
    public struct StandingPage: Sendable, Hashable {
        public var rows: [Standing]
        public var page: Int
        public var pageCount: Int
        public var total: Int
        public var firstSerial: Int

        public init(rows: [Standing], page: Int = 1, pageCount: Int = 1, total: Int, firstSerial: Int = 1) {
            self.rows = rows
            self.page = page
            self.pageCount = pageCount
            self.total = total
            self.firstSerial = firstSerial
        }
    }

    /// One page of the GSTINs, served by a GSP or not.
    ///
    /// - Parameter query: its portal is taken for GST.
    public func page(_ query: AccountQuery) async throws(Complaint) -> StandingPage {
        try await workspace.permit(.see)
        let (catalog, settings, now) = (workspace.providers(), workspace.settings, workspace.now)
        var query = query
        query.portal = .gst
        query.leading = Set(catalog.files.filter { $0.profile.connector == .gsp }.map(\.name))
        let standard = catalog.provider(for: .gst, chosen: nil, settings: settings)
        if standard?.profile.connector == .gsp { query.leading.insert("") }
        return try await workspace.read { [query] reader in
            let page = try reader.accounts(query)
            let rows = try page.rows.map { account in
                let file = catalog.provider(for: .gst, chosen: account.provider, settings: settings)
                return Standing(account, by: file, try reader.gspSession(of: account.id), at: now)
            }
            return StandingPage(
                rows: rows, page: page.page, pageCount: page.pageCount, total: page.total,
                firstSerial: page.firstSerial)
        }
    }

    /// Every GSTIN that a GSP serves.
    public func standings() async throws(Complaint) -> [Standing] { try await allStandings().filter(\.isServed) }

    /// Every GSTIN, served by a GSP or not.
    public func allStandings() async throws(Complaint) -> [Standing] {
        try await page(AccountQuery(portal: .gst, perPage: nil)).rows
    }

}

extension GspService.Standing {
    init(_ account: PortalAccount, by file: ProviderFile?, _ session: StoredGspSession?, at now: Instant) {
        let isServed = file?.profile.connector == .gsp
        let session = session.flatMap { $0.provider == file?.name ? $0 : nil }
        let isOver = session?.expiresAt.map { $0 <= now } ?? false
        let state: State =
            switch session.flatMap({ GspSession.State(rawValue: $0.state) }) {
            case _ where account.reason == .noApiAccess: .accessOff
            case .open: isOver ? .ended : .open
            case .pending: isOver ? .ended : .awaitsOtp
            case .ended: .ended
            case nil: .none
            }
        self.init(
            identity: account.identity, business: account.business, provider: file?.name ?? "", isServed: isServed,
            state: state, until: session?.expiresAt, changedAt: session?.changedAt, message: session?.message ?? "")
    }
}
