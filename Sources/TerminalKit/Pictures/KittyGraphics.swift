import Foundation

/// Sequences of kitty's graphics protocol. Each asks for silence (`q=2`), for an answer would come in as keys.
enum KittyGraphics {
    /// The number under which the terminal is asked; pictures have others.
    static let questionNumber = 4_711
    private static let firstPicture = 0x5044_0000
    /// The most that one sequence may carry, in base64.
    static let chunk = 4_096

    /// Asks whether a picture of one pixel could be shown, without showing it.
    static let question = "\u{1B}_Gi=\(questionNumber),s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"

    /// Shows a picture from the cursor on, stretched over whole cells. The cursor stays.
    ///
    /// - Parameter number: counts the pictures, and is how one is removed again.
    static func show(_ picture: PixelPicture, number: Int, over cells: Size) -> [UInt8] {
        let encoded = Array(Data(picture.rgb).base64EncodedString().utf8)
        var keys =
            "a=T,t=d,f=24,s=\(picture.columns),v=\(picture.rows),i=\(firstPicture + number)"
            + ",c=\(cells.columns),r=\(cells.rows),C=1,q=2"
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: encoded.count, by: chunk) {
            let end = min(start + chunk, encoded.count)
            bytes += Array("\u{1B}_G\(keys),m=\(end < encoded.count ? 1 : 0);".utf8) + encoded[start..<end]
            bytes += Array("\u{1B}\\".utf8)
            keys = "q=2"
        }
        return bytes
    }

    /// Takes a picture from the screen and out of the terminal's memory.
    static func remove(number: Int) -> [UInt8] {
        Array("\u{1B}_Ga=d,d=I,i=\(firstPicture + number),q=2\u{1B}\\".utf8)
    }
}
