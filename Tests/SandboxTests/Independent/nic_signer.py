"""Signs a made-up invoice and its QR text as NIC does (facts: nic-einvoice-ewb 5), with a new key of its own.
Prints one JSON object: kid, pem, issuer, invoice, qr, unnamed (a QR text that names no key), irn. Usage: python3 nic_signer.py
"""
import base64, hashlib, json, sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

def b64url(raw): return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
def compact(value): return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

def main():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    kid = hashlib.sha1(der).digest()

    def sign(data, is_named=True):
        names = {"kid": kid.hex().upper(), "typ": "JWT", "x5t": b64url(kid)} if is_named else {"typ": "JWT"}
        head = b64url(compact({"alg": "RS256", **names}).encode())
        payload = b64url(compact({"data": compact(data), "iss": "NIC"}).encode())
        signature = key.sign(f"{head}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{head}.{payload}.{b64url(signature)}"

    seller, buyer = "09AAFHH6756K1ZQ", "URP"
    irn = hashlib.sha256(f"{seller}2026-27INVP-1".encode()).hexdigest()
    invoice = {"AckNo": 112610100000001, "AckDt": "2026-11-20 10:00:00", "Irn": irn, "Version": "1.1",
               "DocDtls": {"Typ": "INV", "No": "P-1", "Dt": "20/11/2026"},
               "SellerDtls": {"Gstin": seller, "LglNm": "Harihar & Co"}, "BuyerDtls": {"Gstin": buyer, "LglNm": "Käufer \"X\" नमस्ते"},
               "ItemList": [{"ItemNo": 0, "SlNo": "1", "HsnCd": "8471", "TotItemVal": 118.5}], "ValDtls": {"TotInvVal": 118.5}}
    qr = {"SellerGstin": seller, "BuyerGstin": buyer, "DocNo": "P-1", "DocTyp": "INV", "DocDt": "20/11/2026",
          "TotInvVal": 118.5, "ItemCnt": 1, "MainHsnCode": "8471", "Irn": irn, "IrnDt": "2026-11-20 10:00:00"}
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    print(json.dumps({"kid": kid.hex().upper(), "pem": pem, "issuer": "NIC", "invoice": sign(invoice), "qr": sign(qr),
                      "unnamed": sign(qr, is_named=False), "irn": irn}))

if __name__ == "__main__": sys.exit(main())
