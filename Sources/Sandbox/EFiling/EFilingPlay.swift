/// What the magic outcomes mean on the wire of the e-filing portal (docs/sandbox.md is held to it).
public enum EFilingPlay {
    public static func meaning(_ outcome: MagicOutcome) -> String {
        switch outcome {
        case .success: "logs in; all seven places are read"
        case .wrongPassword: "EF00027 with the password that the demo stores; the one in the accounts file logs in"
        case .locked:
            "the user check says in words, without a code, that the account is locked; so it does after five wrong passwords"
        case .otpRequired:
            "the user check names a login option; the password needs the OTP of the accounts file in `otp` beside it (EF00072)"
        case .captcha: "as `success`: the way by password has no captcha"
        case .dualSession:
            "the first password after each start finds another session (EF00177); remark Continue ends it, and the next"
                + " password finds none"
        case .notRegistered: "the user check answers EF00035"
        case .accountProblem: "the password is answered EF00098"
        case .slow: "each list takes eight seconds"
        case .dropAfterHeaders: "the lists of proceedings break off after the header, always"
        case .unavailableTwice: "the first two user checks are answered 503"
        case .sessionExpiredMidway: "in every other session the first document is answered 401 and the session is over"
        case .emptyThenFull: "the `docMap` of each notice is empty twice, then full"
        case .placeFailed: "the demand list is always answered 504; the other services work"
        case .pageTwo: "60 proceedings with 120 notices for action, so the list has two pages"
        case .unknownField: "a proceeding carries a field that nobody knows, and one has no number"
        case .hostileText: "descriptions with escape sequences, bidi controls and a line of 1 MB"
        case .withdrawn: "from the second session on the oldest notice is in no list any more"
        case .rateLimited: "the first two user checks are answered 429 with Retry-After 2"
        case .portalChanged: "the lists of proceedings have an unknown shape"
        case .cursorRepeats: "each page of proceedings begins with the last row of the page before"
        case .wrongHash: "the first document of each notice is a page of HTML in place of a PDF"
        case .noApiAccess: "as `success`"
        case .strayRecord: "the first notice of each proceeding is due on a day that is no date"
        case .vanished:
            "from the second session on the first proceeding for action is in no list; asked for by its number it is closed,"
                + " with its order"
        case .taxYear: "proceedings name a financial year from 2026-27 on, and their notices sections of the 2025 Act"
        case .neverEnds: "the lists of proceedings never answer"
        }
    }
}
