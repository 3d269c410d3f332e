import Domain
import Wire

extension BridgeNotice {
    /// The notice in the desk's own terms, its documents listed but not yet stored; nil for an unknown place.
    public var facts: NoticeFacts? {
        guard let place = Place(rawValue: place) else { return nil }
        var facts = NoticeReading(self, place: place).facts
        facts.documents = (documents ?? []).map { NoticeDocument($0) }
        return facts
    }
}
