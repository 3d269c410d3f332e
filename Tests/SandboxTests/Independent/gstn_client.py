"""A client of the GSTN taxpayer API through a pass-through GSP, written from the facts "gstn-taxpayer".
The section numbers in the comments are those of those facts. Usage: python3 gstn_client.py PROFILE_DIR
"""
import base64, datetime, hashlib, hmac, http.client, json, os, re, sys, tomllib, urllib.parse, uuid
from cryptography import x509
from cryptography.hazmat.primitives import padding as block_padding
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

AUTH_PATH = "/taxpayerapi/v1.0/authenticate"  # section 1.2
BAD_APP_KEY = {"AUTH4036", "TEC4003", "TEC4002"}  # section 10 has these rows for a key that cannot be used
DEAD_SESSION = {"AUTH4033", "AUTH4038"}  # sections 1.6 and 10: invalid or expired session
RESULTS = []

class Broken(Exception):
    """The answer is not what the facts describe, or was tampered with."""

class Refused(Exception):
    """The server answered with status_cd 0 (section 2.1): code, message, HTTP status."""

def b64(raw): return base64.b64encode(raw).decode("ascii")
def unb64(text): return base64.b64decode(text, validate=True)
def mac(key, message): return b64(hmac.new(key, message, hashlib.sha256).digest())
def flip(raw, at): return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]

def aes_seal(plain, key):
    """Section 1.4: AES-256, ECB, PKCS#7, no IV."""
    pad = block_padding.PKCS7(128).padder()
    enc = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return b64(enc.update(pad.update(plain) + pad.finalize()) + enc.finalize())

def aes_open(text, key):
    dec = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    unpad = block_padding.PKCS7(128).unpadder()
    try: return unpad.update(dec.update(unb64(text)) + dec.finalize()) + unpad.finalize()
    except ValueError as error: raise Broken(f"cannot be decrypted: {error}") from None

def open_key(text, key):
    """Section 1.4, steps 4 and 7: sek and rek are 48 bytes of ciphertext, 32 bytes of key."""
    if len(text) != 64: raise Broken(f"sealed key has {len(text)} characters, not 64")
    raw = aes_open(text, key)
    if len(raw) != 32: raise Broken(f"key has {len(raw)} bytes, not 32")
    return raw

def open_answer(answer, sek):
    """Section 1.4, step 7: rek under SEK, data under REK, hmac over the inner base64 text."""
    if not all(isinstance(answer.get(member), str) for member in ("rek", "data", "hmac")): raise Broken("no full envelope")
    rek = open_key(answer["rek"], sek)
    inner = aes_open(answer["data"], rek)
    if not hmac.compare_digest(mac(rek, inner), answer["hmac"]): raise Broken("the hmac does not fit")
    return json.loads(unb64(inner))

def check_character(first14):
    """Section 9.1 (and 3.6 for an ARN)."""
    alphabet, total = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0
    for at, char in enumerate(first14):
        total += sum(divmod(alphabet.index(char) * (1 + at % 2), 36))
    return alphabet[(36 - total % 36) % 36]

class Client:
    def __init__(self, folder, profile, account):
        self.profile, self.account = profile, account
        self.base = urllib.parse.urlsplit(profile["urls"]["base"])
        with open(os.path.join(folder, profile["urls"]["certificate"]), "rb") as file:
            self.certificate = x509.load_pem_x509_certificate(file.read())  # section 1.4, "Certificate"
        self.app_key, self.token, self.sek = os.urandom(32), None, None

    def send(self, method, path, body=None, data_call=False, headers=None):
        """One request with the headers of section 1.3; the envelope's failure becomes Refused (section 2.1)."""
        head = {"Content-Type": "application/json", **self.profile["headers"],
                "state-cd": self.account["identity"][:2], "txn": uuid.uuid4().hex, "username": self.account["username"]}
        if data_call: head.update({"auth-token": self.token, "gstin": self.account["identity"]})
        head.update(headers or {})
        link = http.client.HTTPConnection(self.base.netloc, timeout=self.profile["timeouts"]["request_s"])
        link.request(method, self.base.path + path, body and json.dumps(body), head)
        reply = link.getresponse()
        try: answer = json.loads(reply.read())
        except ValueError: raise Broken(f"HTTP {reply.status} with a body that is not JSON") from None
        if str(answer.get("status_cd")) == "0" or reply.status != 200:
            error = answer.get("error") or {}
            raise Refused(error.get("error_cd"), error.get("message"), f"HTTP {reply.status}")
        if "status_cd" not in answer: raise Broken("no status_cd")
        return answer

    def sealed_app_key(self, key=None, public_key=None):
        """Section 1.4, step 2: RSA with PKCS#1 v1.5 padding."""
        return b64((public_key or self.certificate.public_key()).encrypt(key or self.app_key, padding.PKCS1v15()))

    def auth(self, action, app_key=None, headers=None, **members):
        return self.send("POST", AUTH_PATH, {"action": action, "app_key": app_key or self.sealed_app_key(),
                                             "username": self.account["username"], **members}, headers=headers)

    def ask_otp(self): return self.auth("OTPREQUEST")

    def take(self, answer, app_key):
        """Section 1.2: what AUTHTOKEN and REFRESHTOKEN answer."""
        if not re.fullmatch("[0-9a-f]{32}", answer.get("auth_token", "")): raise Broken("auth_token is not 32 lower-case hex")
        if type(answer.get("expiry")) is not int or answer["expiry"] <= 0: raise Broken("expiry is not an integer of minutes")
        sek = open_key(answer["sek"], app_key)
        self.app_key, self.token, self.sek = app_key, answer["auth_token"], sek
        return answer

    def log_in(self, otp=None):
        otp = aes_seal((otp or self.account["otp"]).encode(), self.app_key)  # section 1.4, step 3
        return self.take(self.auth("AUTHTOKEN", otp=otp), self.app_key)

    def refresh(self, sek=None):
        fresh = os.urandom(32)  # section 1.4, step 5: a new app key under the current SEK
        return self.take(self.auth("REFRESHTOKEN", aes_seal(fresh, sek or self.sek), auth_token=self.token), fresh)

    def log_out(self):
        """Section 1.2; the facts do not say how app_key is sealed here: taken as in step 2."""
        return self.auth("LOGOUT", auth_token=self.token)

    def evc_otp(self, **changed):
        """Section 1.2: a GET of its own; the signatory's PAN is taken to be the one in the GSTIN."""
        gstin = self.account["identity"]
        query = {"action": "EVCOTP", "gstin": gstin, "pan": gstin[2:12], "form_type": "R1", **changed}
        return self.send("GET", f"{AUTH_PATH}?{urllib.parse.urlencode(query)}", data_call=True)

    def read(self, path, **values):
        filled = path.format(**{name: urllib.parse.quote(value, safe="") for name, value in values.items()})
        answer = self.send("GET", filled, data_call=True)
        return answer, open_answer(answer, self.sek)

    def notices(self, day=None):
        day = (day or datetime.date.today()).strftime("%d/%m/%Y")  # section 7.1 writes its dates DD/MM/YYYY
        return self.read(self.profile["paths"]["notices"], gstin=self.account["identity"], date=day)

    def notice(self, reference):
        return self.read(self.profile["paths"]["notice"], gstin=self.account["identity"], reference=reference)[1]

def check(name, action):
    """Runs one check; action raises, or returns anything."""
    value, why = None, None
    try: value = action()
    except Exception as error: why = f"{type(error).__name__}: {error}"
    print(f"FAIL {name}: {why}" if why else f"ok {name}")
    RESULTS.append(why is None)
    return value

def want(condition, why):
    if not condition: raise Broken(why)

def refused(action, codes):
    try: action()
    except Refused as error:
        return want(error.args[0] in codes, f"refused with {error.args[0]}, expected is {' or '.join(sorted(codes))}")
    raise Broken("was accepted")

def rejected(action):
    """What this client must not accept itself."""
    try: action()
    except Broken: return
    raise Broken("the client accepted it")

def known_answers():
    """Section 1.4 (recorded one-time password) and appendix A."""
    key, sek = b"07d4fd376dd7a64b36ca081e28958cb7", bytes(range(32))
    want(aes_seal(b"688364", key) == "8N4Q55Su527yFuIlmx81zg==", "the otp vector")
    want(open_key("Zd9t4a59+BsGlKVN+uNWGmf4k9moYghiB87JG607mkkI7/4ocxOw5FEnI3PXpTlF", key) == sek, "the sek vector")
    want(aes_seal(key, sek) == "GC0EaP1VHdoLKrA964mx0P+uWcrer72hUgACDB7bBBifO3UEkm+L024xGOkDpM1K", "the refresh vector")
    answer = {"rek": "YaaTbk6PEBwcwfmTtUKg1OJ0Dor61OTRXQ1mGzguyomfO3UEkm+L024xGOkDpM1K",
              "data": "z1o6Pl4D+s36PsJx2Tz9rIoMuCWJA1fmcd12bZgBBm4KhKyfSa/4+q0+wf9xTimyvl9A2kA8PloSlt7pX9KajQ==",
              "hmac": "E1iUSwkBpeuGLIiwMTIAirK1+ou+/ypCXw80a/3W7sY="}
    want(open_answer(answer, sek) == {"reference_id": "0032e479bcb644c"}, "the answer vector")

def check_number(text):
    """Sections 3.6 and 9.2: the last character of an ARN and of a reference is the check character."""
    want(check_character(text[:14]) == text[14], f"{text} should end in {check_character(text[:14])}")

def read_date(text): return datetime.datetime.strptime(text, "%d/%m/%Y").date()

def check_row(row):
    """Section 7.1, list; 9.2 for the shape of the two references."""
    members = ("refId", "arn", "moduleCd", "alertCd", "dateOfIssue", "dateOfRespond")
    want(all(isinstance(row.get(member), str) for member in members), "a member is missing")
    want(re.fullmatch("Z[A-Z][0-9]{12}[0-9A-Z]", row["refId"]), "shape of refId")
    want(re.fullmatch("[A-Z]{2}[0-9]{12}[0-9A-Z]", row["arn"]), "shape of arn")
    want(len(row["moduleCd"]) <= 6 and len(row["alertCd"]) <= 25, "length of moduleCd or alertCd")
    want(row["dateOfRespond"] == "NA" or read_date(row["dateOfRespond"]) >= read_date(row["dateOfIssue"]), "dates")

def check_detail(detail, row):
    """Section 7.1, details."""
    want(detail["arn"] == row["arn"] and detail["dateOfIssue"] == row["dateOfIssue"], "is not the notice of the list")
    want(detail["dueDateOfReply"] == "NA" or read_date(detail["dueDateOfReply"]), "dueDateOfReply")
    want(isinstance(detail["noticeType"], str) and detail["noticeType"], "no noticeType")
    for end in ("from", "to"):
        month, year = detail["taxPeriod"][end + "Month"], detail["taxPeriod"][end + "Year"]
        datetime.datetime.strptime(f"{month} {year}", "%b %Y")
    for inner in [document["dcupdtls"] for document in detail["maindocs"] + detail["suppdocs"]]:
        want(all(inner[member] for member in ("ct", "docName", "id", "ty")), "document with an empty member")
        want(re.fullmatch("[0-9a-fA-F]{64}", inner["hash"]), "hash is not a SHA-256 in hex")

def find_notice(client):
    """The facts do not say whether date is a day or a beginning: going back day by day serves both readings."""
    for back in range(0, 120):
        day = datetime.date.today() - datetime.timedelta(back)
        answer, plain = client.notices(day)
        issued = [read_date(row["dateOfIssue"]) for row in plain["notices"]]
        want(all(one >= day for one in issued), "a notice from before the date asked for")
        if plain["notices"]: return answer, plain["notices"]
    raise Broken("no notice within 120 days")

def run(folder):
    with open(os.path.join(folder, "gsp.toml"), "rb") as file: profile = tomllib.load(file)
    with open(os.path.join(folder, "accounts.jsonl"), encoding="utf-8") as file: accounts = [json.loads(line) for line in file]
    account = next(one for one in accounts if one["system"] == "gstn" and one["outcome"] == "success")
    me, other = Client(folder, profile, account), rsa.generate_private_key(public_exponent=65537, key_size=2048)

    good = unb64(me.sealed_app_key())
    check("known_answers", known_answers)
    check("otprequest", me.ask_otp)
    check("tampered_app_key_refused", lambda: refused(lambda: me.auth("OTPREQUEST", b64(flip(good, 100))), BAD_APP_KEY))
    check("short_app_key_refused", lambda: refused(
        lambda: me.auth("OTPREQUEST", me.sealed_app_key(os.urandom(16))), {"AUTH4036", "TEC4003"}))
    check("app_key_for_another_certificate_refused", lambda: refused(  # section 1.4: rotated certificate
        lambda: me.auth("OTPREQUEST", me.sealed_app_key(public_key=other.public_key())), {"TEC4002"}))
    check("wrong_client_secret_refused", lambda: refused(  # section 10
        lambda: me.auth("OTPREQUEST", headers={"client-secret": "x"}), {"AUT4034"}))
    check("unknown_action_refused", lambda: refused(lambda: me.auth("NOSUCH"), {"AUTH4035"}))
    me.ask_otp()
    other_key = os.urandom(32)
    wrong = "000000" if account["otp"] != "000000" else "111111"
    check("otp_under_another_app_key_refused", lambda: refused(  # section 1.4, step 1: one key for a login
        lambda: me.auth("AUTHTOKEN", me.sealed_app_key(other_key), otp=aes_seal(account["otp"].encode(), other_key)),
        {"AUTH4036", "AUTH4033"}))
    check("wrong_otp_refused", lambda: refused(lambda: me.log_in(wrong), {"AUTH4033"}))  # sections 1.6 and 10
    me.ask_otp()
    first = check("authtoken", me.log_in)
    if not first: return  # nothing else can be tried
    old_token, old_sek = me.token, me.sek
    check("tampered_sek_not_accepted", lambda: rejected(lambda: open_key(b64(flip(unb64(first["sek"]), 47)), me.app_key)))
    check("refresh_under_a_wrong_sek_refused", lambda: refused(lambda: me.refresh(flip(me.sek, 0)), BAD_APP_KEY))
    check("refreshtoken", me.refresh)
    check("refresh_gives_new_token_and_sek", lambda: want(
        me.token != old_token and me.sek != old_sek, "token or sek is the old one"))  # section 1.2
    answer, rows = check("notices_list", lambda: find_notice(me)) or (None, [])
    if rows:
        check("notice_rows", lambda: [check_row(row) for row in rows])
        check("reference_check_character", lambda: [check_number(row["refId"]) for row in rows])
        check("arn_check_character", lambda: [check_number(row["arn"]) for row in rows])
        check("fresh_rek", lambda: want(  # section 1.4, step 7
            open_key(me.notices()[0]["rek"], me.sek) != open_key(answer["rek"], me.sek), "the rek was used before"))
        check("tampered_hmac_not_accepted", lambda: rejected(
            lambda: open_answer({**answer, "hmac": b64(flip(unb64(answer["hmac"]), 0))}, me.sek)))
        check("tampered_data_not_accepted", lambda: rejected(
            lambda: open_answer({**answer, "data": b64(flip(unb64(answer["data"]), 0))}, me.sek)))
        check("old_sek_not_accepted", lambda: rejected(lambda: open_answer(answer, old_sek)))
        check("notice_detail", lambda: check_detail(me.notice(rows[0]["refId"]), rows[0]))
    check("evcotp", lambda: want(str(me.evc_otp()["status_cd"]) == "1", "status_cd"))
    check("evcotp_long_form_taken", lambda: me.evc_otp(form_type="GSTR3B"))
    check("evcotp_without_pan_refused", lambda: refused(lambda: me.evc_otp(pan=""), {"OTP0003"}))
    check("evcotp_without_form_refused", lambda: refused(lambda: me.evc_otp(form_type=""), {"OTP0004"}))
    check("evcotp_for_another_gstin_refused", lambda: refused(  # section 10
        lambda: me.evc_otp(gstin="27AABCP0001K1ZW"), {"OTP0002"}))
    check("evcotp_for_a_stranger_refused", lambda: refused(lambda: me.evc_otp(pan="AAAPA1234A"), {"OTP0006", "OTP0010"}))
    check("logout", me.log_out)
    check("evcotp_after_logout_refused", lambda: refused(me.evc_otp, DEAD_SESSION))
    check("read_after_logout_refused", lambda: refused(me.notices, DEAD_SESSION))

if __name__ == "__main__":
    if len(sys.argv) != 2: sys.exit("usage: gstn_client.py PROFILE_DIR")
    check("run_to_the_end", lambda: run(sys.argv[1]))
    print(f"{len(RESULTS)} checks, {RESULTS.count(False)} failed")
    sys.exit(0 if all(RESULTS) else 1)
