"""A client of NIC's invoice registration portal and e-way bill system, written from the facts "nic-einvoice-ewb".
The section numbers in the comments are those of those facts. Usage: python3 nic_client.py PROFILE_DIR TODAY(yyyy-mm-dd)
"""
import base64, datetime, hashlib, hmac, http.client, json, os, re, sys, tomllib, urllib.parse
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, padding as block_padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

RESULTS = []

class Broken(Exception):
    """The answer is not what the facts describe."""

class Refused(Exception):
    """The portal refused: codes, then InfoDtls."""

def b64(raw): return base64.b64encode(raw).decode("ascii")
def unb64(text): return base64.b64decode(text, validate=True)
def unb64url(text): return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

def seal(plain, key):
    """Section 1.5: AES, ECB, PKCS#7, no IV."""
    pad = block_padding.PKCS7(128).padder()
    enc = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return b64(enc.update(pad.update(plain) + pad.finalize()) + enc.finalize())

def unseal(text, key):
    dec = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    unpad = block_padding.PKCS7(128).unpadder()
    return unpad.update(dec.update(unb64(text)) + dec.finalize()) + unpad.finalize()

def check_character(first14):
    alphabet, total = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0
    for at, char in enumerate(first14):
        total += sum(divmod(alphabet.index(char) * (1 + at % 2), 36))
    return alphabet[(36 - total % 36) % 36]

def financial_year(date):
    first = date.year if date.month >= 4 else date.year - 1
    return f"{first}-{(first + 1) % 100:02d}"

def irn_of(gstin, date, kind, number):
    """Section 4.8."""
    return hashlib.sha256(f"{gstin}{financial_year(date)}{kind}{number}".encode()).hexdigest()

class Portal:
    """One system with its provider file and one API user."""
    def __init__(self, folder, profile, account):
        with open(os.path.join(folder, profile), "rb") as file: self.profile = tomllib.load(file)
        self.folder, self.account = folder, account
        self.base = urllib.parse.urlsplit(self.profile["urls"]["base"])
        with open(os.path.join(folder, self.profile["urls"]["certificate"]), "rb") as file:
            self.login_key = serialization.load_pem_public_key(file.read())
        self.token = self.sek = None

    def send(self, method, path, body=None, headers=None):
        head = {"Content-Type": "application/json", **self.profile["headers"], "gstin": self.account["identity"]}
        head.update(headers or {})
        link = http.client.HTTPConnection(self.base.netloc, timeout=self.profile["timeouts"]["request_s"])
        link.request(method, self.base.path + path, body and json.dumps(body), head)
        reply = link.getresponse()
        raw = reply.read()
        if reply.status != 200: raise Broken(f"HTTP {reply.status}")
        return raw

    def sealed_login(self, members):
        """Sections 1.2 and 1.6: JSON, base64, RSA PKCS#1 v1.5, base64."""
        text = base64.b64encode(json.dumps(members, separators=(",", ":")).encode())
        if len(text) > 244: raise Broken("login too long")
        return {"Data": b64(self.login_key.encrypt(text, padding.PKCS1v15()))}

class Irp(Portal):
    def call(self, method, path, body=None):
        head = {"user_name": self.account["username"], "AuthToken": self.token} if self.token else {}
        answer = json.loads(self.send(method, path, body, head))
        if answer["Status"] != 1:
            raise Refused([row["ErrorCode"] for row in answer["ErrorDetails"]], answer["InfoDtls"])
        return answer

    def log_in(self, password=None, key=None, **more):
        key = key or os.urandom(32)
        answer = self.call("POST", "/eivital/v1.04/auth", self.sealed_login(
            {"UserName": self.account["username"], "Password": password or self.account["password"],
             "AppKey": b64(key), "ForceRefreshAccessToken": False, **more}))
        data = answer["Data"]
        if len(data["Sek"]) != 64: raise Broken("Sek is not 64 characters")
        self.token, self.sek, self.expiry = data["AuthToken"], unseal(data["Sek"], key), data["TokenExpiry"]
        return data

    def post(self, path, members):
        answer = self.call("POST", path, {"Data": seal(json.dumps(members).encode(), self.sek)})
        return json.loads(unseal(answer["Data"], self.sek)), answer["InfoDtls"]

    def get(self, path): return json.loads(unseal(self.call("GET", path)["Data"], self.sek))

    def verified(self, token):
        """Section 5.1: RS256 and the key that kid names among ours."""
        head, payload, signature = token.split(".")
        header = json.loads(unb64url(head))
        if header["alg"] != "RS256": raise Broken("alg")
        if unb64url(header["x5t"]).hex().upper() != header["kid"]: raise Broken("x5t is not kid")
        with open(os.path.join(self.folder, self.profile["signing_keys"][header["kid"]]), "rb") as file:
            key = serialization.load_pem_public_key(file.read())
        key.verify(unb64url(signature), f"{head}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256())
        claims = json.loads(unb64url(payload))
        return json.loads(claims["data"]), claims["iss"]

class Ewb(Portal):
    def answer(self, raw):
        answer = json.loads(raw)
        if str(answer["status"]) != "1": raise Refused(json.loads(unb64(answer["error"]))["errorCodes"], None)
        return answer

    def log_in(self):
        key = os.urandom(32)
        answer = self.answer(self.send("POST", "/auth", self.sealed_login(
            {"action": "ACCESSTOKEN", "username": self.account["username"], "password": self.account["password"],
             "app_key": b64(key)})))
        self.token, self.sek = answer["authtoken"], unseal(answer["sek"], key)

    def post(self, action, members):
        body = {"action": action, "data": seal(json.dumps(members).encode(), self.sek)}
        answer = self.answer(self.send("POST", "/ewayapi/", body, {"authtoken": self.token}))
        return json.loads(unseal(answer["data"], self.sek))

    def get(self, path):
        """Section 1.7: rek under SEK, data under rek, hmac over the base64 text of the JSON."""
        answer = self.answer(self.send("GET", path, None, {"authtoken": self.token}))
        rek = unseal(answer["rek"], self.sek)
        plain = unseal(answer["data"], rek)
        mac = b64(hmac.new(rek, base64.b64encode(plain), hashlib.sha256).digest())
        if not hmac.compare_digest(mac, answer["hmac"]): raise Broken("the hmac does not fit")
        return json.loads(plain)

def check(name, action, expect=None):
    """Prints a line; `expect` is the code of a refusal that is wanted."""
    try:
        value = action()
        fine = expect is None and value is not False
        note = "" if fine else f"gave {value}"
    except Refused as error:
        fine, value, note = expect is not None and expect in error.args[0], error.args[1], f"refused {error.args[0]}"
    except (Broken, InvalidSignature, KeyError, ValueError, TypeError) as error:
        fine, value, note = False, None, f"{type(error).__name__} {error}"
    RESULTS.append(fine)
    print(("ok " if fine else "FAILED ") + name + ("" if fine else ": " + note))
    return value

def invoice(seller, buyer, number, date):
    def party(gstin, name, pin, **more):
        return {"Gstin": gstin, "LglNm": name, "Addr1": "1 Long Street", "Loc": "Town", "Pin": pin, "Stcd": gstin[:2], **more}
    return {"Version": "1.1", "TranDtls": {"TaxSch": "GST", "SupTyp": "B2B"},
            "DocDtls": {"Typ": "INV", "No": number, "Dt": date.strftime("%d/%m/%Y")},
            "SellerDtls": party(seller, "Seller", 226001), "BuyerDtls": party(buyer, "Buyer", 560001, Pos="29"),
            "ItemList": [{"SlNo": "1", "IsServc": "N", "HsnCd": "8471", "Qty": 2, "Unit": "NOS", "UnitPrice": 50000.5,
                          "TotAmt": 100001, "AssAmt": 100001, "GstRt": 18, "IgstAmt": 18000.18, "TotItemVal": 118001.18}],
            "ValDtls": {"AssVal": 100001, "IgstVal": 18000.18, "TotInvVal": 118001.18}}

def invoices(folder, account, buyer, today):
    irp, seller = Irp(folder, "irp.toml", account), account["identity"]
    check("a wrong password has its code", lambda: irp.log_in(password="wrong"), "1019")
    check("login", lambda: irp.log_in() and re.fullmatch("[0-9A-Za-z]{25}", irp.token) is not None)
    check("the session key has 32 bytes", lambda: len(irp.sek) == 32)
    token = irp.token
    check("a login again gives the same token", lambda: irp.log_in() and irp.token == token)
    check("a 24-byte app key works", lambda: irp.log_in(key=os.urandom(24)) and len(irp.sek) == 32)
    check("an empty body", lambda: irp.call("POST", "/eicore/v1.03/Invoice", {}), "5003")
    sent = invoice(seller, buyer, "py/1", today)
    made = check("generate", lambda: irp.post("/eicore/v1.03/Invoice", sent)[0])
    wanted = irn_of(seller, today, "INV", "PY/1")
    check("the IRN is the one worked out before", lambda: made["Irn"] == wanted)
    check("AckNo is a number of 15 digits", lambda: type(made["AckNo"]) is int and len(str(made["AckNo"])) == 15)
    signed, issuer = check("the invoice's signature", lambda: irp.verified(made["SignedInvoice"]))
    check("the signed invoice is what was sent", lambda: signed["Irn"] == wanted and signed["ValDtls"] == sent["ValDtls"]
          and signed["ItemList"][0]["ItemNo"] == 0 and list(signed)[:4] == ["AckNo", "AckDt", "Irn", "Version"])
    claims, _ = check("the QR's signature", lambda: irp.verified(made["SignedQRCode"]))
    check("the ten claims in their order", lambda: list(claims) == [
        "SellerGstin", "BuyerGstin", "DocNo", "DocTyp", "DocDt", "TotInvVal", "ItemCnt", "MainHsnCode", "Irn", "IrnDt"])
    check("QR and answer agree", lambda: claims["Irn"] == wanted and claims["IrnDt"] == made["AckDt"]
          and claims["TotInvVal"] == 118001.18 and claims["MainHsnCode"] == "8471")
    infos = check("a second registration", lambda: irp.post("/eicore/v1.03/Invoice", sent), "2150")
    check("names the first", lambda: infos[0]["InfCd"] == "DUPIRN" and infos[0]["Desc"]["AckNo"] == made["AckNo"])
    check("get by IRN", lambda: irp.get(f"/eicore/v1.03/Invoice/irn/{wanted}") == made)
    query = urllib.parse.urlencode({"doctype": "INV", "docnum": "PY/1", "docdate": today.strftime("%d/%m/%Y")})
    check("get by document", lambda: irp.get(f"/eicore/v1.03/Invoice/irnbydocdetails?{query}") == made)
    check("cancel", lambda: irp.post("/eicore/v1.03/Invoice/Cancel", {"Irn": wanted, "Cnlrsn": "2", "Cnlrem": "x"})[0]["Irn"] == wanted)
    check("cancel twice", lambda: irp.post("/eicore/v1.03/Invoice/Cancel", {"Irn": wanted, "CnlRsn": "2", "CnlRem": "x"}), "9999")
    check("register what was cancelled", lambda: irp.post("/eicore/v1.03/Invoice", sent), "2278")
    check("GSTIN details", lambda: irp.get(f"/eivital/v1.04/Master/gstin/{seller}")["Status"] == "ACT")
    irp.token = "x" * 25
    check("a token that never was", lambda: irp.get(f"/eivital/v1.04/Master/gstin/{seller}"), "1005")

def bills(folder, account, buyer, today):
    ewb, seller = Ewb(folder, "ewb.toml", account), account["identity"]
    ewb.log_in()
    check("EWB login", lambda: len(ewb.sek) == 32)
    asked = {"supplyType": "O", "subSupplyType": "4", "docType": "CHL", "docNo": "PY-2",
             "docDate": today.strftime("%d/%m/%Y"), "fromGstin": seller, "fromPincode": 226001, "fromStateCode": 9,
             "actFromStateCode": 9, "toGstin": buyer, "toPincode": 560001, "toStateCode": 29, "actToStateCode": 29,
             "transactionType": 1, "transDistance": "401", "totalValue": 100, "igstValue": 18, "totInvValue": 118,
             "transMode": "1", "vehicleNo": "UP32AB1234", "vehicleType": "R",
             "itemList": [{"hsnCode": 8471, "taxableAmount": 100, "quantity": 1, "qtyUnit": "NOS"}]}
    made = check("GENEWAYBILL", lambda: ewb.post("GENEWAYBILL", asked))
    end = today + datetime.timedelta(days=3)  # section 6: a day for each 200 km or part
    check("validity", lambda: made["validUpto"] == end.strftime("%d/%m/%Y 11:59:00 PM"))
    check("the same document again", lambda: ewb.post("GENEWAYBILL", asked), "604")
    shown = check("GetEwayBill with rek and hmac", lambda: ewb.get(f"/ewayapi/GetEwayBill?ewbNo={made['ewayBillNo']}"))
    check("it is the bill", lambda: shown["ewbNo"] == made["ewayBillNo"] and shown["docNo"] == "PY-2"
          and shown["VehiclListDetails"][0]["vehicleNo"] == "UP32AB1234" and shown["subSupplyType"] == "4  ")
    check("by document", lambda: ewb.get("/ewayapi/GetEwayBillGeneratedByConsigner?docType=CHL&docNo=PY-2") == shown)
    trip = check("GENCEWB", lambda: ewb.post("GENCEWB", {
        "fromPlace": "Kanpur", "fromState": 9, "vehicleNo": "UP32CD5678", "transMode": "1", "transDocNo": "",
        "transDocDate": "", "tripSheetEwbBills": [{"ewbNo": made["ewayBillNo"]}]}))
    check("a consolidated bill has ten digits", lambda: re.fullmatch("[0-9]{10}", str(trip["cEwbNo"])) is not None
          and re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d [AP]M", trip["cEWBDate"]) is not None)
    rows = check("the bill's rows", lambda: ewb.get(f"/ewayapi/GetEwayBill?ewbNo={made['ewayBillNo']}")["VehiclListDetails"])
    check("the newest row names it", lambda: str(rows[0]["tripshtNo"]) == str(trip["cEwbNo"])
          and rows[0]["vehicleNo"] == "UP32CD5678" and rows[1]["tripshtNo"] == 0)
    check("without bills", lambda: ewb.post("GENCEWB", {"fromPlace": "K", "fromState": 9, "vehicleNo": "UP32CD5678",
                                                        "transMode": "1", "tripSheetEwbBills": []}), "387")
    done = check("CANEWB", lambda: ewb.post("CANEWB", {"ewbNo": made["ewayBillNo"], "cancelRsnCode": 2, "cancelRmrk": "x"}))
    check("CANEWB answers the number as text", lambda: done["ewayBillNo"] == str(made["ewayBillNo"]))
    check("CANEWB again", lambda: ewb.post("CANEWB", {"ewbNo": made["ewayBillNo"], "cancelRsnCode": 2}), "312")

def main(folder, today):
    today = datetime.date.fromisoformat(today)
    with open(os.path.join(folder, "accounts.jsonl")) as file: rows = [json.loads(line) for line in file]
    accounts = {row["system"]: row for row in rows if row["system"] in ("irp", "ewb") and row["identity"].startswith("09AAFHH6756K")}
    for name in ("irp.toml", "irp2.toml", "ewb.toml", "irp-enriched.toml"):
        with open(os.path.join(folder, name), "rb") as file: profile = tomllib.load(file)
        check(f"{name} is a provider file", lambda: profile["simulated"] is True and profile["connector"] in ("irp", "ewb"))
    body = "29AAACB1234F1Z"
    invoices(folder, accounts["irp"], body + check_character(body), today)
    bills(folder, accounts["ewb"], body + check_character(body), today)
    print(f"{sum(RESULTS)} passed, {RESULTS.count(False)} failed")
    return 0 if all(RESULTS) else 1

if __name__ == "__main__": sys.exit(main(*sys.argv[1:3]))
