"""A client of "Portal Bridge 1" that shares no code with the desk: Python's standard library only.

Usage: bridge_client.py READY_LINE_JSON
Goes token -> credentials -> verify -> job -> notices -> document for every portal, and prints one JSON line of what it saw.
"""
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Bridge:
    def __init__(self, base):
        self.base = base
        self.token = None

    def call(self, method, path, body=None, key=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        request.add_header("X-Request-Id", "py-1")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        if key:
            request.add_header("Idempotency-Key", key)
        try:
            with OPENER.open(request, timeout=20) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def json(self, *arguments, **named):
        status, _, body = self.call(*arguments, **named)
        return status, (json.loads(body) if body else None)


def check(condition, what):
    if not condition:
        raise SystemExit("not as the contract says: " + what)


def valid_pdf(data):
    check(data.startswith(b"%PDF-1."), "a document begins like a PDF")
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF", data).group(1))
    check(data[start:start + 4] == b"xref", "the cross-reference table is where the file says")
    for number, match in enumerate(re.finditer(rb"(\d{10}) 00000 n", data), 1):
        check(data[int(match.group(1)):].startswith(b"%d 0 obj" % number), "object %d is where the table says" % number)


def walk(bridge, account):
    portal, identity = account["portal"], account["identity"]
    place = "/v1/credentials/%s/%s" % (portal, identity)
    status, _ = bridge.json("PUT", place, {"username": account["username"], "password": account["password"]})
    check(status == 204, "credentials are taken")
    status, verdict = bridge.json("POST", place + "/verify", {}, key="py-verify-" + identity)
    check(status == 200 and verdict["outcome"] == "verified", "the login verifies")
    check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", verdict["checked_at"]), "a time is RFC 3339 with offset")
    _, offer = bridge.json("GET", "/v1/capabilities")
    places = next(p["places"] for p in offer["portals"] if p["portal"] == portal)
    asked = {"portal": portal, "identity": identity, "kind": "fetch", "places": places}
    status, job = bridge.json("POST", "/v1/jobs", asked, key="py-job-" + identity)
    check(status == 202, "a job is accepted")
    status, again = bridge.json("POST", "/v1/jobs", asked, key="py-job-" + identity)
    check(again["job_id"] == job["job_id"], "the same key starts no second job")
    for _ in range(1000):
        _, job = bridge.json("GET", "/v1/jobs/" + job["job_id"])
        if job["state"] not in ("queued", "running"):
            break
    check(job["state"] == "succeeded", "the job succeeds")
    check([p["place"] for p in job["places"]] == places, "every place is told")
    return documents(bridge, portal, identity, sum(p.get("count", 0) for p in job["places"]))


def documents(bridge, portal, identity, promised):
    notices, cursor = [], None
    while True:
        path = "/v1/notices?portal=%s&identity=%s&limit=2" % (portal, identity)
        status, page = bridge.json("GET", path + ("&cursor=" + cursor if cursor else ""))
        check(status == 200, "a page of notices")
        notices += page["items"]
        if not page["has_more"]:
            break
        cursor = page["next_cursor"]
    check(len({n["id"] for n in notices}) == promised, "as many notices as counted")
    read = 0
    for notice in notices:
        check("demand" not in notice or re.fullmatch(r"\d+\.\d\d", notice["demand"]), "money is a decimal string")
        _, detail = bridge.json("GET", "/v1/notices/" + notice["id"])
        for document in detail["documents"]:
            _, headers, data = bridge.call("GET", "/v1/documents/" + document["id"])
            digest = hashlib.sha256(data).hexdigest()
            check(digest == document["sha256"] and headers["ETag"].strip('"') == digest, "a document fits its hash")
            valid_pdf(data)
            read += 1
    return {"notices": len(notices), "documents": read}


def main():
    ready = json.loads(sys.argv[1])
    with open(ready["accounts_file"], encoding="utf-8") as lines:
        accounts = [json.loads(line) for line in lines]
    accounts = [account for account in accounts if account["system"] == "bridge"]
    bridge = Bridge(ready["systems"]["bridge"])
    first = accounts[0]
    check(bridge.call("GET", "/v1/health")[0] == 401, "nothing without a token")
    credentials = {"grant_type": "client_credentials", "client_id": first["client_id"], "client_secret": first["client_secret"]}
    _, token = bridge.json("POST", "/v1/token", credentials)
    bridge.token = token["access_token"]
    result = {}
    for portal in ("gst", "income_tax", "traces"):
        for account in [a for a in accounts if a["portal"] == portal and a["outcome"] == "success"][:3]:
            seen = walk(bridge, account)
            total = result.setdefault(portal, {"notices": 0, "documents": 0})
            for key in seen:
                total[key] += seen[key]
    print(json.dumps(result, sort_keys=True))


main()
