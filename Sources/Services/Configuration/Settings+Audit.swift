extension Settings {
    mutating func readAudit(_ reader: inout TomlReader) {
        if let names = reader.strings("audit.checkpoints") {
            audit.places = []
            for name in names {
                if let place = Audit.Place(rawValue: name) {
                    audit.places.insert(place)
                } else {
                    reader.complain("audit.checkpoints", "knows file and journal")
                }
            }
        }
        if let folder = reader.string("audit.folder"), !folder.isEmpty {
            if !folder.hasPrefix("/") { reader.complain("audit.folder", "must be a whole path, beginning with /") }
            audit.folder = folder
        }
        if let address = reader.string("audit.mail"), !address.isEmpty {
            if !address.contains("@") { reader.complain("audit.mail", "is no mail address") }
            audit.mail = address
        }
        if let count = reader.integer("audit.checkpoint_records", in: 1...1_000_000) { audit.records = count }
        if let minutes = reader.integer("audit.checkpoint_minutes", in: 1...1_440) {
            audit.interval = .seconds(minutes * 60)
        }
        if let days = reader.integer("audit.body_days", in: 0...36_500) { audit.bodyDays = days }
        if let size = reader.integer("audit.largest_body_kib", in: 1...65_536) { audit.largestBody = size << 10 }
    }
}
