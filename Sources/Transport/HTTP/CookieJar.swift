/// The cookies of one session with one portal. Two jars never see each other's cookies; a jar dies with its last holder.
public final class CookieJar: Sendable, Hashable {
    let id: UInt64
    private let driver: CurlDriver

    init(id: UInt64, driver: CurlDriver) {
        self.id = id
        self.driver = driver
    }

    deinit { driver.forgetJar(id) }

    public static func == (left: CookieJar, right: CookieJar) -> Bool { left === right }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
