import CCurl
import Secrets

/// Memory that libcurl reads while a transfer runs. Freed, and the body wiped, only after the handle was removed.
struct TransferResources {
    let easy: UnsafeMutableRawPointer
    private(set) var headers: UnsafeMutablePointer<curl_slist>?
    let errorText: UnsafeMutablePointer<CChar>
    private(set) var body: UnsafeMutableRawBufferPointer?

    init(easy: UnsafeMutableRawPointer) {
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    mutating func add(header: String) {
        if let list = ccurl_list_append(headers, header) { headers = list }
    }

    mutating func copy(_ source: HTTPBody) {
        switch source {
        case .none: return
        case .bytes(let bytes): bytes.withUnsafeBytes { copy($0) }
        case .secret(let secret): secret.withBytes { copy($0) }
        }
    }

    private mutating func copy(_ source: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(source.count, 1), alignment: 16)
        copy.copyMemory(from: source)
        body = copy
    }

    func release() {
        if let headers { ccurl_list_free(headers) }
        errorText.deallocate()
        if let body {
            SecretBytes.wipe(body)
            body.deallocate()
        }
    }
}
