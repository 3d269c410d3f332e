import CQREncode

extension Complaint {
    /// - Parameter code: what `cqr_encode` answered.
    static func qrCode(_ code: Int32) -> Complaint {
        switch Int(code) {
        case CQR_ABSENT:
            Complaint(
                "no QR code can be shown", why: "libqrencode is not installed",
                remedy: "apt-get install libqrencode4", status: .badConfiguration)
        case CQR_TOO_LONG: Complaint("this is too long for a QR code", status: .badData)
        default: Complaint("no QR code could be made", status: .inputOutput)
        }
    }
}
