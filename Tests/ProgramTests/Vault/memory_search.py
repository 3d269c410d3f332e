"""Opens the unattended worker's grant without the program (RFC 9180 by hand) and looks for the vault's private key in the
memory of processes. Prints how often it was found in each; the key itself is never printed.

memory_search.py DATABASE WORKER_KEY_FILE PID...
"""
import hashlib
import hmac
import sqlite3
import struct
import sys

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEM = b"KEM" + struct.pack(">H", 0x0020)
SUITE = b"HPKE" + struct.pack(">HHH", 0x0020, 0x0001, 0x0002)


def extract(salt, label, secret, suite):
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256).digest()


def expand(key, label, info, length, suite):
    info = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.new(key, block + info + bytes([counter]), hashlib.sha256).digest()
        output, counter = output + block, counter + 1
    return output[:length]


def open_base(private, encapsulated, info, bound, sealed):
    shared = private.exchange(X25519PublicKey.from_public_bytes(encapsulated))
    own = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    eae = extract(b"", b"eae_prk", shared, KEM)
    secret = expand(eae, b"shared_secret", encapsulated + own, 32, KEM)
    context = b"\0" + extract(b"", b"psk_id_hash", b"", SUITE) + extract(b"", b"info_hash", info, SUITE)
    schedule = extract(secret, b"secret", b"", SUITE)
    key = expand(schedule, b"key", context, 32, SUITE)
    nonce = expand(schedule, b"base_nonce", context, 12, SUITE)
    return AESGCM(key).decrypt(nonce, sealed, bound)


def prefixed(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def vault_key(database, file):
    with open(file) as text:
        own = X25519PrivateKey.from_private_bytes(bytes.fromhex(text.read().strip().split(":")[1]))
    row = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
        "SELECT key_id, wrapped FROM vault_grant WHERE holder = 'worker' ORDER BY granted_at DESC LIMIT 1").fetchone()
    bound = prefixed(b"vault-grant/v1", b"worker", bytes.fromhex(row[0]))
    key = open_base(own, row[1][:32], b"portaldesk/vault-grant/v1", bound, row[1][32:])
    public = X25519PrivateKey.from_private_bytes(key).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert hashlib.sha256(public).digest()[:8].hex() == row[0], "the grant holds another key"
    return key


def count(pid, key):
    found = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            place, mode = line.split()[:2]
            if "r" not in mode or line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                memory.seek(start)
                # One mapping at a time: a key does not span two.
                while start < end:
                    part = memory.read(min(end - start, 1 << 26))
                    if not part:
                        break
                    found += part.count(key)
                    start += len(part)
            except OSError:
                continue
    return found


key = vault_key(sys.argv[1], sys.argv[2])
for pid in sys.argv[3:]:
    print(pid, count(pid, key))
