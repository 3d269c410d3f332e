import Testing
import Wire

/// An RSA key that was made for these tests and protects nothing.
enum TestSigner {
    static let key =
        "MIIEpQIBAAKCAQEA0aHWEvlnktDaR2jBCtm7giq/k64qo4AQwfJPJU9osKlMbaTFLP7H5cQKDcuTr0at3wIDzsQhkoUFuPzrNp4tSiSSwXeesz"
        + "SVTd83Ra2hMT3GfuNnCLSN0On+ffPsooM2DLNQrPtxZN/Plr7QI0L8mV1uw03s88oC+xh0gY8fhN+CTazdBPl0QLDbZnnmZ0Bv2UEqkTEeGJZN"
        + "53yo8Z7LR272xV6O8lYDUuzFw12mg3f/fHMXmekpe8EjZXA0OvYPtNv3j1D7oXGrd18+Dd+/rSAhE20ZTv7JpxqLFRBUIeRE1gBvz8c4rzUE0i"
        + "rh4ppG2rM8zHmYl19LGArizlO9OwIDAQABAoIBABSbqZqJP3qvYsX3sQKKumQ8JO6KW1FiGu5LY9HHJ1jhS8zQ5eaxJUrxJWE1zM7uTn7IiUH1"
        + "BgKMES6eWSvatkO+VK8Fk2m1QaLmJAjgM3h5GjUJ0Jc1KLvg76PHgaZ4P61VSMO4nu0hE3Ho+uJ8iK3gVtiG+0RRbPmXmIckCsqFANQxUi3qZC"
        + "G3ziFcYS/iBWrwGzJXoaXjUGtZGvi1Ilt2i8QpNXL+L1u+3FvMTpx1DEuSsVGRBAsPCKEguXOF7FrQNCGJrRLJNmnHRQVLNC2ann702je/B+Mf"
        + "6MrImOKEIjaP7UWAIC27nmz7W9meRfPyBZgiXZ3PVYzXHniKjAECgYEA9dkdC+bZo1Vb6QC2k8OIYeUftr0hCYiUb31T66uzGl9YTHZnDgTjm/"
        + "3XWRQbVaXlzdgRyW8pdYfkBoECzriYOmKMBCfB82livBYofBajaUZTwqv3EaztftIyRSfZFZZnzxxWHV3PVFEJp/vxVRXnEt+zqYQXH/+CcXUF"
        + "cngdvoUCgYEA2knhXXB8WBE3EnUHCUBppSx+dCeot2qDGgR7j6NfmIMSkD2agzKZujj4EcVg17j5r+wMqR+i3uqg/ihLR+It8bCKsdoVO6TymJ"
        + "XcvTpn1CTwVps/oCObeqPbFZuSOXDnFHPbwlXi5e+2v0ACGYdscEom002UCzw45u2JptBXuL8CgYEAtsvlPgk6v6hjO39NQdc8W9W6W+yKWQVV"
        + "oQQl1vCGrlBAXjIXdCQMfNskONarcGZ21TQYHZdq0znkQTXBuaUlgxvtEdXh7zPntwQevA01Gbyx4OhuP5U9zXNK74Kudc+shiGCojkzRHUw4d"
        + "eB3Ir5kl4Ev0E41JDuE6A4GaHYM+UCgYEAkD7f8KoDUQLXPJgetSteZGq5iTIn2ERHK+soZ2uTISoEG1LKBsZqNVet/bhLXWH7hRfb6epg6yNq"
        + "jWi9DlxU9fAuRoaRH1/Je7EUM+sjb1mVg/WFHuJIvMsIXAf4oYKNAMPqxUmR7VXxkgHPIWWO78jgTSNnn+EEzPzMyHHGdesCgYEAsCxFx9n+bf"
        + "SqLZFAqxuHTvXG1zHFskoQDY/XE4k1fsLs6/Uv3xz7EHMdNWj2KsoZMkMcrL7pYTasCn91teRfcmPAesCvN+nh+xViJjICfy8ZJgft4ryRsLwJ"
        + "CVutHRE/MHPzcnVSLaFz/pMY5fD0e9TZh5gOzJVHLRIEn2c1QU4="

    static func make() throws -> DocumentSigner { try DocumentSigner(privateKey: try #require(Base64.bytes(key))) }

    /// The keys of a verifier who trusts this signer for `issuer`.
    static func keys(_ signer: DocumentSigner, issuer: String? = "NIC") throws -> SignatureKeys {
        var keys = SignatureKeys()
        keys[signer.keyId] = try SignatureKeys.Key(RsaCertificate(pem: signer.publicKeyPem), issuer: issuer)
        return keys
    }
}
