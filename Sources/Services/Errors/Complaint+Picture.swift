import CPicture

extension Complaint {
    /// - Parameter code: what `cpicture_decode` answered.
    static func picture(_ code: Int32) -> Complaint {
        switch Int(code) {
        case CPICTURE_ABSENT:
            Complaint(
                "the picture cannot be shown", why: "libpng or libjpeg is not installed",
                remedy: "apt-get install libpng16-16 libjpeg62-turbo", status: .badConfiguration)
        case CPICTURE_UNKNOWN:
            Complaint("the picture cannot be shown", why: "it is neither PNG nor JPEG", status: .badData)
        case CPICTURE_TOO_LARGE:
            Complaint(
                "the picture cannot be shown", why: "it has more than \(Picture.mostPixels) pixels", status: .badData)
        default: Complaint("the picture cannot be shown", why: "it is damaged", status: .badData)
        }
    }
}
