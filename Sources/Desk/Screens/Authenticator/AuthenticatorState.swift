import Domain
import Secrets
import Services
import TerminalKit

/// One's own authenticator app: a QR code and the field for the first code, or since when it is set up.
struct AuthenticatorScreen: Screen {
    enum Phase: Hashable, Sendable {
        /// Nothing was asked yet, or the desk was locked meanwhile: nothing secret is here.
        case idle
        case waiting
        case enrolling(AuthenticatorOffer)
        case checking(AuthenticatorOffer)
        case set(since: Instant)
        case removing(since: Instant)
        case failed(String)
    }

    var phase = Phase.idle
    var isAskedFor = true
    var state = FormState(AuthenticatorScreen.codeForm(.empty, isBusy: false))
    /// Why the last code was not taken.
    var problem = ""
    var lastTicket = 0

    var scope: CommandScope { .authenticator }
    var trail: [String] { ["Authenticator"] }
    var isTyping: Bool { true }
    var isPanel: Bool { true }

    var offer: AuthenticatorOffer? {
        switch phase {
        case .enrolling(let offer), .checking(let offer): offer
        default: nil
        }
    }

    static func codeForm(_ message: Line, isBusy: Bool) -> Form {
        Form(
            fields: [.init(id: "code", label: "Code")],
            buttons: [
                .init(id: "confirm", title: "Confirm", isEnabled: !isBusy), .init(id: "close", title: "Cancel"),
            ],
            message: message)
    }

    /// Removing needs a code, or whoever finds the desk open could put an app of their own in its place.
    static func setForm(_ message: Line) -> Form {
        Form(
            fields: [.init(id: "code", label: "Code", hint: "of the app; needed to remove it")],
            buttons: [.init(id: "remove", title: "Remove"), .init(id: "close", title: "Close")], message: message)
    }

    private static let closeForm = Form(fields: [], buttons: [.init(id: "close", title: "Close")])

    var form: Form {
        switch phase {
        case .enrolling: Self.codeForm(problem.isEmpty ? .empty : Line("✗ \(problem)", .danger), isBusy: false)
        case .checking: Self.codeForm(Line("Checking…", .running), isBusy: true)
        case .set: Self.setForm(problem.isEmpty ? .empty : Line("✗ \(problem)", .danger))
        case .idle, .waiting, .removing, .failed: Self.closeForm
        }
    }
}

/// A new secret for an app, with its picture where one could be made.
public struct AuthenticatorOffer: Hashable, Sendable {
    public var enrolment: AuthenticatorService.Enrolment
    public var code: QrCode?
    /// Why there is no picture.
    public var absence: String

    public init(_ enrolment: AuthenticatorService.Enrolment) {
        self.enrolment = enrolment
        do throws(Complaint) {
            code = try QrCode(enrolment.uri)
            absence = ""
        } catch {
            absence = error.description.startingUpper
        }
    }
}
