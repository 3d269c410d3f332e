/// A certificate made for these tests, its bare public key, and a provider file.
enum TextSamples {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIDTTCCAjWgAwIBAgIUPGl2HuYlLqIaK38hqUzSHUM3VOswDQYJKoZIhvcNAQEL
        BQAwNjELMAkGA1UEBhMCSU4xEDAOBgNVBAoMB0V4YW1wbGUxFTATBgNVBAMMDGdz
        dG4uZXhhbXBsZTAeFw0yNjExMjExNDU2NTdaFw0zNjExMTgxNDU2NTdaMDYxCzAJ
        BgNVBAYTAklOMRAwDgYDVQQKDAdFeGFtcGxlMRUwEwYDVQQDDAxnc3RuLmV4YW1w
        bGUwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC/+fu71+/04d9ReESq
        A007KS2Qj9adqQdV0i2vvej1CMpHnF5OAuFQWKdHWopWZ1CNm2E5UtzV3ZWANnKh
        98Y9OAEEMIuQByodjJNwNFrkvCye1sqUelDXle6j+cm0Jz+YaQEaroiER/k4Drmq
        ODQbxGyhK9u1ghiIYoakN9zM/nnha8mReKilddSky/+huSPRUd30MBUW/fU36+78
        Dr2dekxovU6dK7xcqLoGLRbCczKGBt/VWXJHbUiUC2B1KvrMmQHXMMZOwN8dM0DZ
        ywevuA8iOq0YCuNjsi8h4TN6mq3lRodf2yfcFgE1241AsNN8lfKpR3HxCoiY8f7P
        5KFxAgMBAAGjUzBRMB0GA1UdDgQWBBRwb82o5RxHtJvntUhkj9/HOKcSbTAfBgNV
        HSMEGDAWgBRwb82o5RxHtJvntUhkj9/HOKcSbTAPBgNVHRMBAf8EBTADAQH/MA0G
        CSqGSIb3DQEBCwUAA4IBAQBWwXApNp711nTDgldQae7WklxhKzfyJYVlcbFy111k
        OReY7vXGARHfCnUPxGRIUuswAiWJfVVo3pJR/f5v0BxQhNRdx7lPOkNgc8EU+q2C
        xpS6BID90bRrSPaQOOZseWmmj4PRVXC+dhVfWGdhNkCwjyCZPigWEfLMQqj8Bd3v
        coXo3u+9iawVNMVIGlKfS8j7EejkVw85aK8gW0lymkAkWnAKTRWyA4vAGqkGnICZ
        flUedHukjpwlcUnUVp35iYQWlwD1MZmkrOEY+OfY1T/j0VmRXwuUvfSgPNrfSp8i
        RyuUl+rFsBluzw4HvgcLdHaVU+mVWlAtXcM1TrszBM6k
        -----END CERTIFICATE-----
        """

    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv/n7u9fv9OHfUXhEqgNN
        OyktkI/WnakHVdItr73o9QjKR5xeTgLhUFinR1qKVmdQjZthOVLc1d2VgDZyoffG
        PTgBBDCLkAcqHYyTcDRa5LwsntbKlHpQ15Xuo/nJtCc/mGkBGq6IhEf5OA65qjg0
        G8RsoSvbtYIYiGKGpDfczP554WvJkXiopXXUpMv/obkj0VHd9DAVFv31N+vu/A69
        nXpMaL1OnSu8XKi6Bi0WwnMyhgbf1VlyR21IlAtgdSr6zJkB1zDGTsDfHTNA2csH
        r7gPIjqtGArjY7IvIeEzepqt5UaHX9sn3BYBNduNQLDTfJXyqUdx8QqImPH+z+Sh
        cQIDAQAB
        -----END PUBLIC KEY-----
        """

    static let provider = """
        # who reaches the portals for us
        name = "mine"
        connector = "gsp"
        portals = ["gst"]
        simulated = false
        [urls]
        base = "https://gsp.example/v1"
        certificate = "gstn.pem"
        [auth]
        type = "oauth2"
        client_id = "us"
        client_secret = "vault:mine"
        url = "https://gsp.example/token"
        style = "headers"
        [headers]
        ip-usr = "203.0.113.7"
        clientid = "firm"
        X-Office = "Mumbai"
        [header_names]
        gstin = "GSTIN"
        [paths]
        notices = "/n?gstin={gstin}"
        probe = "/p" # cheap
        [limits]
        concurrency = 3
        poll_ms = 500
        [timeouts]
        connect_s = 10
        request_s = 30
        [pacing]
        call_ms = 100

        """

    static let words = [
        "\"", "'", "=", "[", "]", "[[", "]]", "{", "}", "#", "\n", "\"\"\"", "true", "0x1F", "1e400", "1979-05-27",
        "inf",
        "\\u0000", "\\ud800", ".", "name = \"x\"\n", "a.b.c = 1\n", "[a.b]\n", "99999999999999999999",
    ]

    static let dates = [
        "2026-09-01", "2024-02-29", "2026-09-15T23:59:00+05:30", "2026-11-20T13:10:01.000Z",
        "Tue Nov 25 14:16:09 IST 2025",
        "1762074000000", "412300.00", "-12.5", "2024-25", "27AAAPZ1000A1ZG", "MUMA12345B", "092026",
    ]
}
