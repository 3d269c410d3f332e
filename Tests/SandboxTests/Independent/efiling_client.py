"""A client of the e-filing portal's front-end services, written from the facts "income-tax-traces".
The section numbers in the comments are those of those facts. Usage: python3 efiling_client.py PROFILE_DIR
"""
import base64, http.client, json, os, re, sys, time, tomllib, urllib.parse

LOGIN, KEEP_ALIVE = "/iec/loginapi/login", "/iec/loginapi/auth/extendSession"  # section 3.1
PROCEEDINGS, NOTICE_FILES = "/iec/returnservicesapi/auth/getEntity", "/iec/returnservicesapi/auth/saveEntity"
OTHER, ORDER, DOCUMENT = "/iec/servicesapi/auth/getEntity", "/iec/document/order", "/iec/document/"
HEADER = {"formName": "FO-041_PCDNG"}  # section 3.1, for e-Proceedings
PLACES = [(kind, flag) for kind in ("self", "thirdParty") for flag in ("FYA", "FYI")]  # section 3.5
PAGE_SIZE = 50  # section 3.5: 50 and 100 were seen
RESULTS = []

class Broken(Exception):
    """The answer is not what the facts describe."""

class Refused(Exception):
    """A login that was refused: message code (section 3.3), its text."""

class HttpError(Exception):
    """An HTTP status other than 200: the status comes first (section 3.4)."""

def want(condition, why):
    if not condition: raise Broken(why)

def b64(text): return base64.b64encode(text.encode("utf-8")).decode("ascii")

class Client:
    def __init__(self, profile, account):
        self.profile, self.account, self.cookie = profile, account, None
        self.pan, self.base = account["identity"], urllib.parse.urlsplit(profile["urls"]["base"])

    def send(self, method, path, body=None, service="NA"):
        """Section 3.1: the common headers; the session cookie is the only real authorisation."""
        origin = f"{self.base.scheme}://{self.base.netloc}"
        head = {"Content-Type": "application/json", "Accept": "application/json", "Origin": origin, "Referer": origin + "/",
                "User-Agent": "Mozilla/5.0", "sn": service}
        if self.cookie: head["Cookie"] = self.cookie
        link = http.client.HTTPConnection(self.base.netloc, timeout=self.profile["timeouts"]["request_s"])
        link.request(method, self.base.path + path, None if body is None else json.dumps(body), head)
        reply = link.getresponse()
        raw = reply.read()
        if reply.status != 200: raise HttpError(reply.status)
        return reply.headers, raw

    def call(self, path, service, **members):
        return json.loads(self.send("POST", path, {"serviceName": service, **members}, service)[1])

    def check_user(self):
        """Section 3.2, step 1."""
        answer = self.call(LOGIN, "wLoginService", entity=self.pan)
        refuse_errors(answer)
        return answer

    def send_password(self, first, password=None, **more):
        """Section 3.2, step 2: the first answer sent back, plus the password in Base64; section 3.3: HTTP status 200."""
        time.sleep(self.profile.get("pacing", {}).get("login_step_ms", 5000) / 1000)
        body = {**first, "pass": b64(password or self.account["password"]), "serviceName": "loginService", **more}
        headers, raw = self.send("POST", LOGIN, body, "loginService")
        answer = json.loads(raw)
        refuse_errors(answer)
        cookies = [line.split(";")[0] for line in headers.get_all("Set-Cookie") or []]
        want(any(re.match("AuthToken=.", cookie) for cookie in cookies), "no AuthToken cookie")  # section 3.1
        want(answer.get("fullName"), "no full name")
        self.cookie = "; ".join(cookies)
        return answer

    def go_on(self, first):
        """Section 3.2, step 3: only if a session is already open; it ends the other one."""
        return self.send_password(first, remark="Continue", passValdtnFlg="true")

    def log_in(self):
        first = self.check_user()
        try: return self.send_password(first)
        except Refused as refusal:
            if refusal.args[0] != "EF00177": raise
            return self.go_on(first)

    def page(self, kind, flag, number):
        """Section 3.5."""
        answer = self.call(PROCEEDINGS, "eProceedingsPaginatedService", pan=self.pan, prcdngStatusFlag=flag,
                           prcdngTypeFlag=kind, header=HEADER, pageConfig={
                               "pageSize": PAGE_SIZE, "pageNo": number, "searchTerm": "", "sortBy": "createdDt",
                               "sortAsc": False, "filters": []})
        want(isinstance(answer.get("eProceedingPaginatedRequests"), list), "no list of proceedings")
        return answer["eProceedingPaginatedRequests"]

    def pages(self, kind, flag):
        """The facts name no total: a page that is not full is the last one."""
        found = [self.page(kind, flag, 1)]
        while len(found[-1]) == PAGE_SIZE: found.append(self.page(kind, flag, len(found) + 1))
        return found

    def notices(self, proceeding):
        """Section 3.6: the answer is a bare array."""
        return self.call(PROCEEDINGS, "eProceedingDetailsService", header=HEADER, pan=self.pan,
                         proceedingReqId=proceeding["proceedingReqId"])

    def files(self, proceeding, notice):
        """Section 3.7: docMap is sometimes empty at first; ask again after 2, 4 and 6 seconds."""
        for pause in (2, 4, 6, 0):
            answer = self.call(NOTICE_FILES, "noticeletterpdf", headerSeqNo=notice["headerSeqNo"],
                               procdngReqId=proceeding["proceedingReqId"], loggedInUserId=self.pan)
            if answer.get("docMap"): return answer["docMap"]
            time.sleep(pause)
        raise Broken("docMap stayed empty")

    def demands(self):
        """Section 3.10."""
        return self.call(OTHER, "outstandingDemand", pan=self.pan)["demandList"]

def refuse_errors(answer):
    """Section 3.3: messages is a list of code, type and desc."""
    for message in answer["messages"]:
        if message["type"] == "ERROR": raise Refused(message["code"], message["desc"])

def check(name, action):
    """Runs one check; action raises, or returns anything."""
    value, why = None, None
    try: value = action()
    except Exception as error: why = f"{type(error).__name__}: {error}"
    print(f"FAIL {name}: {why}" if why else f"ok {name}")
    RESULTS.append(why is None)
    return value

def refused(action, code):
    try: action()
    except Refused as refusal: return want(refusal.args[0] == code, f"refused with {refusal.args[0]}, expected is {code}")
    raise Broken("was accepted")

def dead(action):
    """Section 3.4: an expired session shows as HTTP 401 or 403."""
    try: action()
    except HttpError as error: return want(error.args[0] in (401, 403), f"HTTP {error.args[0]}")
    raise Broken("was accepted")

def check_instant(row, *names):
    """Section 3.6: epoch milliseconds, a number."""
    for name in names:
        want(row.get(name) is None or (type(row[name]) is int and 10**12 < row[name] < 10**13), f"{name} is not epoch ms")

def check_first(first):
    """Section 3.2, step 1."""
    want(first.get("reqId"), "no reqId")
    want("EF00000" in [message["code"] for message in first["messages"]], "no EF00000")

def check_proceeding(row, pan):
    """Section 3.5."""
    want(re.fullmatch("[0-9]+", row["proceedingReqId"]), "proceedingReqId is not a numeric string")
    want(row["proceedingName"] and row["nameOfAssesse"] and row["proceedingType"], "an empty member")
    want(re.fullmatch("20[0-9]{2}", row["assessmentYear"]), "assessmentYear is not a start year as text")
    want(row["proceedingStatus"] in ("O", "C"), "proceedingStatus")
    want(type(row["viewNoticeCount"]) is int, "viewNoticeCount")
    want(isinstance(row["proceedingStatusDetails"], list), "proceedingStatusDetails")
    want(pan is None or row["pan"] == pan, "a proceeding of somebody else in a self list")
    check_instant(row, "issuedOn", "servedOn", "responseDueDate", "lastResponseSubmittedOn")

def check_notices(rows, proceeding):
    """Section 3.6; section 2 for the DIN."""
    want(isinstance(rows, list) and rows, "not a bare array with rows")
    want(len(rows) == proceeding["viewNoticeCount"], "viewNoticeCount differs")
    for row in rows:
        want(re.fullmatch("[0-9]+", row["headerSeqNo"]), "headerSeqNo is not a numeric string")
        want(re.fullmatch("[0-9]{12}", row.get("documentIdentificationNumber") or "0" * 12), "shape of the DIN")
        want(row["documentReferenceId"] and row["description"], "an empty member")
        want(type(row["ay"]) is int, "ay is not a number")
        want(row.get("respStatus") in ("S", None), "respStatus")
        want(row["proceedingStatus"] in ("O", "C"), "proceedingStatus")
        want(row.get("issuedOn"), "no issuedOn")
        check_instant(row, "issuedOn", "servedOn", "responseDueDate", "lastResponseSubmittedOn", "responseViewedByAoOn")

def check_answered(clients):
    """Sections 3.5 and 3.13: a reply shows in lastResponseSubmittedOn of the list's row."""
    for client in clients:
        client.log_in()
        for row in [row for place in PLACES for page in client.pages(*place) for row in page]:
            if any(notice.get("lastResponseSubmittedOn") for notice in client.notices(row)):
                return want(row.get("lastResponseSubmittedOn"), "an answered notice, but no lastResponseSubmittedOn in the list")
    raise Broken("no account has an answered notice")

def check_files(client, proceeding, notice):
    for file, name in client.files(proceeding, notice).items():
        headers, raw = client.send("GET", DOCUMENT + file)
        want(raw.startswith(b"%PDF-"), "the file served is not a PDF")
        want("filename=" in (headers.get("Content-Disposition") or ""), "no file name in Content-Disposition")
        want(name, "docMap without a file name")

def check_demands(client):
    for row in client.demands():
        want(isinstance(row["din"], str) and row["din"], "no din")
        want(re.fullmatch("20[0-9]{2}", str(row["itrAy"])), "itrAy")
        want(row["sectionCode"] and float(row["orignalOutStDemandAmount"]) >= 0, "sectionCode or amount")
        path = (row.get("demandIntimationDetails") or {}).get("outFilePath")
        if path: want(client.send("POST", ORDER, {"order": b64(path)})[1].startswith(b"%PDF-"), "the order is not a PDF")

def run(folder):
    with open(os.path.join(folder, "efiling.toml"), "rb") as file: profile = tomllib.load(file)
    with open(os.path.join(folder, "accounts.jsonl"), encoding="utf-8") as file: accounts = [json.loads(line) for line in file]
    mine = [one for one in accounts if one["system"] == "efiling"]
    me = Client(profile, next(one for one in mine if one["outcome"] == "success"))
    many = Client(profile, next(one for one in mine if one["outcome"] == "page_two"))

    stranger = Client(profile, {"identity": "ZZZPZ9999Z"})
    check("unknown_user_refused", lambda: refused(stranger.check_user, "EF00035"))  # section 3.3
    first = me.check_user()
    check("user_check", lambda: check_first(first))
    check("wrong_password_refused", lambda: refused(lambda: me.send_password(first, "Wrong@12345"), "EF00027"))
    check("used_request_id_refused", lambda: refused(lambda: me.send_password(first), "EF500023"))  # sections 3.2, 3.3
    check("login", me.log_in)
    lists = []
    for kind, flag in PLACES:
        rows = sum(check(f"list_{kind}_{flag}", lambda: me.pages(kind, flag)) or [], [])
        check(f"rows_{kind}_{flag}", lambda: [check_proceeding(row, me.pan if kind == "self" else None) for row in rows])
        lists.append(rows)
    proceeding = next((row for rows in lists for row in rows if row["viewNoticeCount"]), None)
    notices = check("notices", lambda: me.notices(proceeding)) or []
    check("notice_rows", lambda: check_notices(notices, proceeding))
    check("documents", lambda: check_files(me, proceeding, notices[0]))
    check("demands", lambda: check_demands(me))
    check("keep_alive", lambda: me.send("POST", KEEP_ALIVE, {"loggedInUserId": me.pan}))  # section 3.1

    check("login_for_paging", many.log_in)
    pages = check("paging", lambda: many.pages("self", "FYA")) or []
    ids = [row["proceedingReqId"] for page in pages for row in page]
    check("page_two", lambda: want(len(pages) > 1 and pages[1], "there is no second page"))
    check("pages_do_not_overlap", lambda: want(len(set(ids)) == len(ids), "a proceeding is on two pages"))

    answered = (Client(profile, one) for one in mine if one["outcome"] == "success" and one["identity"] != me.pan)
    check("reply_shows_in_the_list", lambda: check_answered(answered))

    other = Client(profile, me.account)  # section 3.4: one live session for each user
    second = other.check_user()
    check("second_session_refused", lambda: refused(lambda: other.send_password(second), "EF00177"))
    check("first_session_still_lives", me.demands)
    check("continue", lambda: other.go_on(second))
    check("second_session_lives", other.demands)
    check("dead_cookie_refused", lambda: dead(me.demands))
    check("dead_cookie_refused_for_documents", lambda: dead(lambda: me.send("GET", DOCUMENT + "1")))
    me.cookie = "AuthToken=" + "0" * 48
    check("invented_cookie_refused", lambda: dead(lambda: me.page("self", "FYA", 1)))

if __name__ == "__main__":
    if len(sys.argv) != 2: sys.exit("usage: efiling_client.py PROFILE_DIR")
    check("run_to_the_end", lambda: run(sys.argv[1]))
    print(f"{len(RESULTS)} checks, {RESULTS.count(False)} failed")
    sys.exit(0 if all(RESULTS) else 1)
