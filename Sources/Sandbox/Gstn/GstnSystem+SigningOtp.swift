import Wire

// EVCOTP: an OTP to the authorised signatory, with which a return is signed (facts: gstn-taxpayer 1.2; codes: 10).
extension GstnSystem {
    /// What must be there before anything is looked up.
    func checkSigningOtp(_ request: SandboxRequest) throws(Refusal) {
        guard request.query["action"] == Gstn.Action.signingOtp else { throw Refusal("AUTH4040", "Malformed request") }
        let missing: [(String?, String, String)] = [
            (request.headers[Gstn.Header.authToken], "OTP0008", "Auth token missing"),
            (request.headers[Gstn.Header.username], "OTP0009", "User name missing"),
            (request.query["gstin"], "OTP0001", "GSTIN missing"), (request.query["pan"], "OTP0003", "PAN missing"),
            (request.query["form_type"], "OTP0004", "Form type missing"),
        ]
        for (value, code, message) in missing where value?.isEmpty ?? true { throw Refusal(code, message) }
        guard request.query["gstin"] == request.headers[Gstn.Header.gstin] else {
            throw Refusal("OTP0002", "GSTIN of address and header differ")
        }
    }

    /// The simulated signatory is known by the PAN of the GSTIN. Nothing here takes the OTP yet: no return is filed.
    func signingOtp(_ request: SandboxRequest, _ session: GstnState.Session) throws(Refusal) -> SandboxAnswer {
        let form = request.query["form_type"] ?? ""
        // Long forms are taken too: which of the two a form wants is proven for R1 alone.
        let isKnown = Gstn.SignedForm.allCases.contains { [$0.rawValue, "GST\($0.rawValue)"].contains(form) }
        guard isKnown else { throw Refusal("GEN5007", "Form type is not known") }
        guard request.query["pan"] == String(session.gstin.dropFirst(2).prefix(10)) else {
            throw Refusal("OTP0006", "PAN is not an authorised signatory")
        }
        return SandboxAnswer(200, GstnAnswer(status: "1"))
    }
}
