/// A picture in few colours, which are means of its own: the widest group of colours is halved until there are enough.
struct FewColours {
    private(set) var palette: [Rgb] = []
    /// For each pixel, row by row, the number of its colour.
    private(set) var pixels: [UInt8] = []

    /// - Parameter most: colours, at most 256.
    init(_ picture: PixelPicture, most: Int) {
        var counts: [Rgb: Int] = [:]
        for row in 0..<picture.rows {
            for column in 0..<picture.columns { counts[picture[column, row], default: 0] += 1 }
        }
        var groups = [Group(counts.map { ($0.key, $0.value) })]
        while groups.count < min(most, 256) {
            let widest = groups.indices.max { groups[$0].extent < groups[$1].extent }
            guard let widest, groups[widest].extent > 0 else { break }
            let (low, high) = groups[widest].halves
            groups[widest] = low
            groups.append(high)
        }
        var numbers: [Rgb: UInt8] = [:]
        for (number, group) in groups.enumerated() {
            palette.append(group.mean)
            for (colour, _) in group.colours { numbers[colour] = UInt8(number) }
        }
        pixels.reserveCapacity(picture.rows * picture.columns)
        for row in 0..<picture.rows {
            for column in 0..<picture.columns { pixels.append(numbers[picture[column, row]] ?? 0) }
        }
    }

    /// Colours that become one, each with how often it stands in the picture.
    private struct Group {
        let colours: [(Rgb, Int)]
        private let channel: Channel
        private let middle: Int
        /// Of the channel in which they differ most.
        let extent: Int

        init(_ colours: [(Rgb, Int)]) {
            self.colours = colours
            var best = (channel: Channel.green, low: 0, high: 0)
            for channel in Channel.allCases {
                let levels = colours.map { channel.level(of: $0.0) }
                let (low, high) = (levels.min() ?? 0, levels.max() ?? 0)
                if high - low > best.high - best.low { best = (channel, low, high) }
            }
            channel = best.channel
            extent = best.high - best.low
            middle = (best.low + best.high) / 2
        }

        var halves: (Group, Group) {
            let low = colours.filter { channel.level(of: $0.0) <= middle }
            let high = colours.filter { channel.level(of: $0.0) > middle }
            return (Group(low), Group(high))
        }

        var mean: Rgb {
            var (red, green, blue, total) = (0, 0, 0, 0)
            for (colour, count) in colours {
                red += Int(colour.red) * count
                green += Int(colour.green) * count
                blue += Int(colour.blue) * count
                total += count
            }
            guard total > 0 else { return Rgb(255, 255, 255) }
            return Rgb(UInt8(red / total), UInt8(green / total), UInt8(blue / total))
        }
    }
    private enum Channel: CaseIterable {
        case green, red, blue

        func level(of colour: Rgb) -> Int {
            switch self {
            case .green: Int(colour.green)
            case .red: Int(colour.red)
            case .blue: Int(colour.blue)
            }
        }
    }
}
