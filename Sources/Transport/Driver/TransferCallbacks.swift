import CCurl

/// What libcurl calls on the driver thread. The context is the transfer, which the loop's table keeps alive.
enum TransferCallbacks {
    static let header: ccurl_data_callback = { bytes, size, count, context in
        guard let transfer = transfer(context), let bytes else { return 0 }
        let length = size * count
        UnsafeRawPointer(bytes).withMemoryRebound(to: UInt8.self, capacity: length) {
            transfer.head.take(line: UnsafeBufferPointer(start: $0, count: length))
        }
        return length
    }

    static let body: ccurl_data_callback = { bytes, size, count, context in
        guard let transfer = transfer(context), let bytes else { return 0 }
        let length = size * count
        // MAXFILESIZE sees only a promised length; a chunked answer is counted here.
        if transfer.body.count + length > transfer.request.maxResponseBytes {
            transfer.isTooLarge = true
            return 0
        }
        transfer.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
        return length
    }

    /// Called after connection, proxy and TLS are ready and before the first byte of the request, also when libcurl
    /// repeats a request by itself on a fresh connection.
    static let aboutToSend: ccurl_prereq_callback = { context, _, _, _, _ in
        guard let transfer = transfer(context) else { return CURL_PREREQFUNC_ABORT }
        transfer.sendings += 1
        let isRepeat = transfer.request.sendOnce && transfer.sendings > 1
        return isRepeat ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
