import Domain
import Services

@testable import Desk

extension Sample {
    static let captcha: Picture? = try? Picture(decoding: CaptchaSample.png)

    static func waiting(
        _ id: Int64, _ cause: Cause = .captchaRequired, portal: Portal = .traces, left: Int64? = 292,
        followsRefusal: Bool = false
    ) -> WaitingJob {
        WaitingJob(
            job: job(id, .needsInput, portal: portal, cause: cause, message: "TRACES asks for a captcha."),
            since: now - .seconds(300 - id), expiresAt: left.map { now + .seconds($0) },
            followsRefusal: followsRefusal)
    }

    static let queue = [
        waiting(11, .otpRequired, portal: .gst, left: 47), waiting(15), waiting(23, left: nil),
    ]

    static func waitingPage(_ rows: [WaitingJob] = queue) -> WaitingPage {
        WaitingPage(rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: rows.isEmpty ? 0 : 1)
    }

    static func question(_ waiting: WaitingJob, isRenewable: Bool = false) -> RelayService.Question {
        let isCaptcha = waiting.job.cause == .captchaRequired
        return RelayService.Question(
            waiting: waiting,
            prompt: isCaptcha
                ? "TRACES asks for a captcha. Type the letters and digits of the image; capitals count."
                : "GSTN sent an OTP to the authorised signatory of \(waiting.job.identity)",
            picture: isCaptcha ? captcha : nil, isRenewable: isRenewable)
    }
}
