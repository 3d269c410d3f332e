"""A mail server that is not ours (aiosmtpd): what it does follows from the recipient's name.

Prints one JSON line when it is ready and serves until its standard input ends. Each message that it takes is written to
FOLDER/NUMBER.json as Python's own mail library reads it; FOLDER/log tells who tried to log in. FOLDER goes at the end.
"""
import asyncio
import email
import email.policy
import json
import logging
import os
import shutil
import ssl
import subprocess
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

logging.disable(logging.WARNING)
USER, PASSWORD = "desk", "pässwörd-7391"
folder = sys.argv[1]
count = 0


def run(*command):
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_certificates():
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for name in ["ca", "other"]:
        run("openssl", "req", "-x509", *curve, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "2",
            "-subj", f"/CN=Test authority {name}")
    run("openssl", "req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    with open(f"{folder}/names", "w") as names:
        names.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-out", "server.pem", "-days", "2", "-extfile", "names")


def note(word):
    with open(f"{folder}/log", "a") as log:
        log.write(word + "\n")


def authenticate(server, session, envelope, mechanism, data):
    note(f"AUTH {data.login.decode()}")
    if data.login == USER.encode() and data.password == PASSWORD.encode():
        return AuthResult(success=True, auth_data=USER)
    if data.login == b"echo":
        return AuthResult(success=False, handled=False, message="535 5.7.8 not " + data.password.decode())
    # handled=False: else no answer is sent at all.
    return AuthResult(success=False, handled=False)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "nobody":
            return "550 5.1.1 No such user here"
        if name == "greylisted":
            return "450 4.2.0 Come back later"
        if name == "mute":
            await asyncio.Event().wait()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "permanent":
            return "554 5.7.1 Looks like spam"
        if name == "temporary":
            return "451 4.3.0 Queue is full"
        if name == "echo":
            return "554 5.7.1 Bad words: " + " ".join(envelope.content.decode().split("\r\n\r\n", 1)[1].split())
        self.keep(server, session, envelope)
        if name == "dies":
            server.transport.abort()
        if name in ["dies", "silent"]:
            await asyncio.Event().wait()
        return "250 2.0.0 Taken"

    def keep(self, server, session, envelope):
        global count
        count += 1
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        row = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("sslcontext") is not None,
            "user": session.auth_data or "", "subject": message["Subject"], "header_to": str(message["To"]),
            "headers": message.keys(), "id": message["Message-ID"], "date": message["Date"].datetime.isoformat(),
            "text": message.get_content().replace("\r\n", "\n"), "raw": envelope.content.decode("ascii"),
        }
        with open(f"{folder}/{count}.part", "w") as file:
            json.dump(row, file)
        os.rename(f"{folder}/{count}.part", f"{folder}/{count}.json")


def leave():
    sys.stdin.read()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


async def serve():
    make_certificates()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/server.pem", f"{folder}/server.key")
    kinds = {
        "starttls": (dict(tls_context=context, require_starttls=True, authenticator=authenticate, auth_required=True), None),
        "plain": (dict(authenticator=authenticate, auth_require_tls=False), None),
        "smtps": (dict(authenticator=authenticate, auth_required=True, auth_require_tls=False), context),
    }
    ports, servers = {}, []
    for kind, (options, over) in kinds.items():
        # Default arguments: each kind keeps its own.
        make = lambda options=options: SMTP(Handler(), hostname="localhost", **options)
        server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=over)
        servers.append(server)
        ports[kind] = server.sockets[0].getsockname()[1]
    print(json.dumps(ports), flush=True)
    threading.Thread(target=leave, daemon=True).start()
    await asyncio.Event().wait()


asyncio.run(serve())
