import Domain
import Foundation
import Portals
import Store
import Wire

extension ProviderFile {
    /// Where the answer lies that a simulated portal asks for, as one line: in a demo nobody gets an SMS. nil for whatever
    /// is no sandbox of this machine.
    func hint(for cause: Cause?) -> String? {
        let isHere = startsSandbox || URL(string: address)?.host.map(Self.isLoopback) == true
        guard isSimulated, isHere else { return nil }
        switch (profile.connector, cause) {
        case (.gsp, .otpRequired): return "SANDBOX: every OTP is \(Gstn.sandboxOtp)."
        case (.traces, .captchaRequired):
            return "SANDBOX: its letters are the key of the last captcha in `portaldesk sandbox ledger`."
        case (_, .otpRequired), (_, .captchaRequired):
            return
                "SANDBOX: it is the otp in the \(startsSandbox ? "workspace's sandbox/profiles/" : "sandbox's ")accounts.jsonl."
        default: return nil
        }
    }
}

extension Workspace {
    /// The same of who serves an account now.
    func hint(for cause: Cause?, of account: PortalAccount) -> String? {
        providers().provider(for: account.portal, chosen: account.provider, settings: settings)?.hint(for: cause)
    }
}
