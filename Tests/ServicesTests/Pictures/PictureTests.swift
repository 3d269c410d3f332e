import Foundation
import Testing

@testable import Services

/// Pictures as portals send them.
@Suite struct PictureTests {
    /// 16 x 8: the left half red, the right half white.
    private static let jpeg = bytes(
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoK
        CgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK
        CgoKCgoKCgr/wAARCAAIABADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
        BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
        V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi
        4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC
        AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm
        Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq
        8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD876/nc/2QP7DK/og/xvP/2Q==
        """)
    /// 4 x 2: one blue pixel, all others transparent.
    private static let png = bytes(
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAYAAAB/qH1jAAAAEElEQVR4nGNgYPj/nwEfAAA85QH/hNNndQAAAABJRU5ErkJggg==")

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64.filter { !$0.isWhitespace }) ?? Data())
    }

    private static func pixel(_ picture: Picture, _ column: Int, _ row: Int) -> [UInt8] {
        let start = (row * picture.columns + column) * 3
        return Array(picture.rgb[start..<start + 3])
    }

    @Test func aJpegKeepsItsColours() throws {
        let picture = try Picture(decoding: Self.jpeg)
        #expect(picture.columns == 16 && picture.rows == 8 && picture.rgb.count == 16 * 8 * 3)
        let red = Self.pixel(picture, 2, 4)
        #expect(red[0] > 180 && red[1] < 40 && red[2] < 40)
        #expect(Self.pixel(picture, 13, 4).allSatisfy { $0 > 230 })
    }

    @Test func whatIsTransparentInAPngIsWhite() throws {
        let picture = try Picture(decoding: Self.png)
        #expect(picture.columns == 4 && picture.rows == 2)
        #expect(Self.pixel(picture, 0, 0) == [0, 0, 255])
        #expect(Self.pixel(picture, 3, 1) == [255, 255, 255])
    }

    @Test func aCutOrForeignPictureIsRefusedWithItsReason() throws {
        for cut in [Array(Self.jpeg.dropLast(60)), Array(Self.png.dropLast(20))] {
            #expect(throws: Complaint.self) { try Picture(decoding: cut) }
        }
        for foreign in [Array("GIF89a and so on".utf8), [], [0x89]] {
            do {
                _ = try Picture(decoding: foreign)
                Issue.record("\(foreign) was decoded")
            } catch {
                #expect(error.why.contains("neither PNG nor JPEG") && error.status == .badData)
            }
        }
    }

    @Test func theSizeIsLookedAtBeforeAnythingIsDecoded() throws {
        // The header says 8000 x 8000, its sum is right; of its pixels there is nothing.
        var png = Self.png
        png.replaceSubrange(16..<24, with: [0, 0, 0x1F, 0x40, 0, 0, 0x1F, 0x40])
        png.replaceSubrange(29..<33, with: [0x06, 0xF1, 0xAD, 0xF4])
        let jpeg = try #require(Self.resized(Self.jpeg, to: 8_000))
        for huge in [png, jpeg] {
            do {
                _ = try Picture(decoding: huge)
                Issue.record("it was decoded")
            } catch {
                #expect(error.why.contains("more than 1048576 pixels"))
            }
        }
    }

    /// The JPEG with another size in its frame header (marker FFC0).
    private static func resized(_ jpeg: [UInt8], to side: Int) -> [UInt8]? {
        guard let place = jpeg.indices.first(where: { jpeg[$0] == 0xFF && $0 + 1 < jpeg.count && jpeg[$0 + 1] == 0xC0 })
        else { return nil }
        var changed = jpeg
        let bytes = [UInt8(side >> 8), UInt8(side & 255)]
        changed.replaceSubrange(place + 5..<place + 9, with: bytes + bytes)
        return changed
    }
}
