import Crypto
import Secrets

extension VaultPrivateKey {
    /// Vouches, to everybody who holds this key, that a holder's public key is the one it was granted to: whoever can
    /// write the database alone cannot put another in its place and wait for the next rotation.
    public func voucher(for holder: KeyGrant.Holder, _ key: VaultPublicKey) -> [UInt8] {
        let parts = LengthPrefixed.bytes([Array("holder/v1".utf8), Array(holder.text.utf8), key.bytes])
        return macKey("portaldesk/voucher/v1").withBytes { secret in
            Array(HMAC<SHA256>.authenticationCode(for: parts, using: SymmetricKey(data: secret)))
        }
    }

    /// Compared in constant time.
    public func vouches(_ voucher: [UInt8], for holder: KeyGrant.Holder, _ key: VaultPublicKey) -> Bool {
        ConstantTime.equal(voucher, self.voucher(for: holder, key))
    }
}
