import Domain
import FoundationEssentials
import Wire

/// The calls whose paths a provider file may set; `{name}` stands for a value.
public enum GspPath: String, CaseIterable, Sendable {
    case authenticate
    case probe
    /// Sends an OTP for signing a return.
    case signingOtp = "signing_otp"
    /// Only of GSPs that keep GSTN's keys.
    case otpRequest = "otp_request"
    case authToken = "auth_token"
    case refreshToken = "refresh_token"
    case logout
    /// Not public, so these three are a guess unless the provider file says better (facts: gstn-taxpayer 7.1).
    case notices, notice, document

    /// Whether its path may begin with a method, and a body belongs to it: GSPs that keep the keys have their own shapes.
    public var takesMethod: Bool {
        switch self {
        case .otpRequest, .authToken, .refreshToken, .logout: true
        default: false
        }
    }

    /// What may stand in braces.
    public var values: Set<String> {
        switch self {
        case .authenticate: []
        case .probe: ["gstin", "fy", "date"]
        case .signingOtp: ["gstin", "pan", "form"]
        case .otpRequest, .authToken, .refreshToken, .logout: ["gstin", "username", "otp", "token"]
        case .notices: ["gstin", "date"]
        case .notice: ["gstin", "reference"]
        case .document: ["gstin", "document"]
        }
    }

    var usual: String {
        switch self {
        case .authenticate: Gstn.Path.authenticate
        case .otpRequest: "/authentication/otprequest"
        case .authToken: "/authentication/authtoken?otp={otp}"
        case .refreshToken: "/authentication/refreshtoken"
        case .logout: "/authentication/logout"
        case .probe: "\(Gstn.Path.returns)?action=\(Gstn.Action.preference)&gstin={gstin}&fy={fy}"
        case .signingOtp:
            "\(Gstn.Path.authenticate)?action=\(Gstn.Action.signingOtp)&gstin={gstin}&pan={pan}&form_type={form}"
        case .notices: "\(Gstn.Path.notices)?action=\(Gstn.Action.notices)&gstin={gstin}&date={date}"
        case .notice: "\(Gstn.Path.notices)?action=\(Gstn.Action.noticeDetail)&gstin={gstin}&refId={reference}"
        case .document: "\(Gstn.Path.notices)?action=\(Gstn.Action.noticeDocument)&gstin={gstin}&docId={document}"
        }
    }
}

extension GspCaller {
    func path(_ path: GspPath, _ values: [String: String] = [:]) -> String {
        var text = profile.paths[path.rawValue] ?? path.usual
        for (name, value) in values { text = text.replacing("{\(name)}", with: PercentEscape.text(value)) }
        return text
    }
}
