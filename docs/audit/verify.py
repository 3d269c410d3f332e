#!/usr/bin/env python3
"""Checks an audit trail that PortalDesk has exported, without PortalDesk.

    verify.py FOLDER [--key LINE]... [--checkpoint FILE]...   a whole export
    verify.py --proof FILE --key LINE [--key LINE]...         that one record stands in a signed trail

Of --key the first that you were given is enough: it vouches for the next, and that for the one behind it.

Exit status: 0 everything holds, 1 something was changed, 2 it could not be checked. Needs Python 3.8 and nothing else.
What is hashed and signed is told in README.txt of every export (RFC 8785, RFC 6962, C2SP signed notes, RFC 8032).
"""
import argparse, base64, hashlib, json, os, sys

MARK = "\u2014 "


class Damage(Exception):
    pass


class Doubt(Exception):
    """Nothing is wrong that could be seen, and not all of it could be checked."""


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_of(record):
    return sha(b"\0", record)


def node(left, right):
    return sha(b"\1", left, right)


# --- Ed25519 (RFC 8032), verification only ---
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def lift(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = lift(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def plus(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, a):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = plus(out, a)
        a, n = plus(a, a), n >> 1
    return out


BY = 4 * pow(5, P - 2, P) % P
BASE = (lift(BY, 0), BY, 1, lift(BY, 0) * BY % P)


def signed(key, message, signature):
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = times(s, BASE), plus(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Keys, notes, trees ---
def key_of(line):
    name, ident, blob = line.strip().split("+", 2)
    raw = base64.b64decode(blob, validate=True)
    if len(raw) != 33 or raw[0] != 1 or sha(name.encode(), b"\n", raw)[:4].hex() != ident:
        raise Damage("this is no key: " + line)
    return name, raw[1:]


def note_of(text):
    body, _, tail = text.partition("\n\n")
    lines = body.split("\n")
    if len(lines) != 3 or not tail.startswith(MARK):
        raise Damage("this is no signed checkpoint: " + lines[0][:80])
    marks = []
    for line in tail.rstrip("\n").split("\n"):
        name, blob = line[len(MARK):].split(" ")
        marks.append((name, base64.b64decode(blob)))
    return {"origin": lines[0], "size": int(lines[1]), "root": base64.b64decode(lines[2]),
            "body": (body + "\n").encode(), "marks": marks}


def notes_in(text):
    """Notes one behind another; what a cut left unfinished is told on the error stream."""
    chunk, out = [], []
    for line in text.replace("\r\n", "\n").split("\n") + [""]:
        if chunk and chunk[-1].startswith(MARK) and not line.startswith(MARK):
            if "" not in chunk:
                raise Damage("this is no signed checkpoint: " + chunk[0][:80])
            blank = len(chunk) - 1 - chunk[::-1].index("")
            out.append(note_of("\n".join(chunk[max(0, blank - 3):]) + "\n"))
            chunk = []
        if line or chunk:
            chunk.append(line)
    if any(chunk):
        print("unfinished: " + chunk[0][:80], file=sys.stderr)
    return out


def vouched(note, keys):
    for name, key in keys:
        ident = sha(name.encode(), b"\n\1", key)[:4]
        if any(n == name and s[:4] == ident and signed(key, note["body"], s[4:]) for n, s in note["marks"]):
            return True
    return False


class Tree:
    """Roots of complete subtrees, largest first."""

    def __init__(self):
        self.parts, self.size = [], 0

    def add(self, leaf):
        n = self.size
        while n & 1:
            leaf, n = node(self.parts.pop(), leaf), n >> 1
        self.parts.append(leaf)
        self.size += 1

    def root(self):
        if not self.parts:
            return sha()
        out = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            out = node(part, out)
        return out


def inclusion(leaf, index, size, proof, root):
    if not 0 <= index < size:
        return False
    n, last, out = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if n & 1 or n == last:
            out = node(part, out)
            while n and not n & 1:
                n, last = n >> 1, last >> 1
        else:
            out = node(out, part)
        n, last = n >> 1, last >> 1
    return last == 0 and out == root


def consistency(old, old_root, new, new_root, proof):
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    rest = ([old_root] if old & (old - 1) == 0 else []) + list(proof)
    if not rest:
        return False
    n, last = old - 1, new - 1
    while n & 1:
        n, last = n >> 1, last >> 1
    one = other = rest[0]
    for part in rest[1:]:
        if last == 0:
            return False
        if n & 1 or n == last:
            one, other = node(part, one), node(part, other)
            while n and not n & 1:
                n, last = n >> 1, last >> 1
        else:
            other = node(other, part)
        n, last = n >> 1, last >> 1
    return last == 0 and one == old_root and other == new_root


# --- Records ---
def no_doubles(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member stands twice")
    return dict(pairs)


def canonical(record):
    value = json.loads(record.decode("utf-8"), object_pairs_hook=no_doubles, parse_float=lambda text: None)
    plain(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if text.encode("utf-8") != record:
        raise ValueError("not in the canonical form")
    return value


def plain(value):
    if isinstance(value, dict):
        if not all(name.isascii() for name in value):
            raise ValueError("a name is not ASCII")
        for part in value.values():
            plain(part)
    elif isinstance(value, list):
        for part in value:
            plain(part)
    elif isinstance(value, bool) or not isinstance(value, (str, int)) or isinstance(value, int) and abs(value) >= 2**53:
        raise ValueError("a value that no record has")


def resumption(record):
    """An admin let a trail go on that was not what it had been."""
    try:
        facts = json.loads(record.get("detail", ""))
        facts = facts if isinstance(facts, dict) else {}
    except ValueError:
        facts = {}
    line = f"Resumed at record {record['seq']} on {record.get('ts')} by {record.get('actor')}: {facts.get('reason', '')}."
    if facts.get("problem"):
        line += f" Before, {facts['problem']}."
    if facts.get("size"):
        line += (f" The trail before had {facts['size']} records and is not this one: what it held beyond the copy that "
                 "goes on is not here.")
    if facts.get("calls_lost"):
        line += f" No record tells of these calls: {facts['calls_lost']}."
    if facts.get("left"):
        line += f" It went on although {facts['left']}."
    return "".join(part if part.isprintable() else "?" for part in line)


class Calls:
    """Calls are counted when they begin, without a gap: one whose record was never written is missed."""

    def __init__(self):
        self.numbers, self.late, self.accepted = [], False, 0

    def add(self, record):
        if "call" in record:
            self.numbers.append(record["call"])
        elif str(record.get("action")).startswith("call.") and not self.numbers:
            self.late = True
        elif record.get("action") == "audit.resume":
            try:
                self.accepted = int(json.loads(record.get("detail", ""))["calls"])
            except (KeyError, TypeError, ValueError):
                pass

    def judge(self, last, under_way):
        known = sorted(self.numbers + under_way)
        start = max(self.accepted + 1, known[0] if self.late and known else 1)
        if self.late and not known:
            return
        wanted = start
        for number in [n for n in known if n > self.accepted] + [max([last] + known) + 1]:
            if number != wanted:
                raise Damage(f"call {min(number, wanted)} was begun, and no record tells of it, or two do")
            wanted += 1


class Keys:
    def __init__(self, given):
        self.given, self.own = given, []

    def add(self, key, where):
        """Takes the next key of the trail, for which the one before must vouch."""
        new = key_of(key.get("line", "++"))
        if self.own or "old" in key:
            message = f"audit-key/v1\n{key.get('old')}\n{key['line']}\n".encode()
            if not self.own or key_of(key.get("old", "++")) != self.own[-1] or not signed(
                    self.own[-1][1], message, base64.b64decode(key.get("sig", ""))):
                raise Damage(f"{where} changes the key, and the key before does not vouch for it")
        self.own.append(new)

    def trusted(self):
        """Keys of the trail from the first that was given on: each is vouched for by the one before."""
        if not self.given:
            return self.own
        known = [index for index, key in enumerate(self.own) if key in self.given]
        return self.given + (self.own[known[0]:] if known else [])

    def judge(self, notes):
        """Those whose signature is right and by a key from before the first that was given: it says nothing of them."""
        trusted, earlier = self.trusted(), []
        for note in notes:
            if not vouched(note, trusted):
                if not vouched(note, self.own):
                    raise Damage(f"the checkpoint of {note['size']} records is not signed by a key of this trail")
                earlier.append(note)
        if notes and len(earlier) == len(notes):
            raise Damage("nothing is signed by a key that was given, or by one that it vouches for")
        return earlier


def check_folder(folder, given, outside):
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    origin = manifest["origin"]
    own = notes_in(open(os.path.join(folder, "checkpoints.txt"), encoding="utf-8").read())
    notes = sorted(own + outside, key=lambda note: note["size"])
    keys, tree, resumed = Keys(given), Tree(), []
    calls = Calls()
    chain = sha(b"audit-chain/v1 genesis\n", origin.encode())
    roots, wanted = {0: tree.root()}, {note["size"] for note in notes}
    with open(os.path.join(folder, "records.jsonl"), "rb") as file:
        for seq, line in enumerate(file):
            if not line.endswith(b"\n"):
                raise Damage(f"record {seq} is cut short")
            try:
                record = canonical(line[:-1])
            except (ValueError, RecursionError) as problem:
                raise Damage(f"record {seq}: {problem}")
            if record.get("seq") != seq:
                raise Damage(f"record {seq} bears the number {record.get('seq')}: one is missing, new or moved")
            if record.get("action") == "audit.key":
                keys.add(record.get("key", {}), f"record {seq}")
            calls.add(record)
            if record.get("action") == "audit.resume":
                resumed.append(resumption(record))
            leaf = leaf_of(line[:-1])
            chain = sha(b"audit-chain/v1\n", chain, leaf)
            tree.add(leaf)
            if tree.size in wanted:
                roots[tree.size] = tree.root()
                first = next(note for note in notes if note["size"] == tree.size)
                if first["root"] != roots[tree.size]:
                    raise Damage(f"a record before {tree.size} is not the one that was signed")
    if tree.size != manifest["size"] or chain.hex() != manifest["chain"]:
        raise Damage(f"the trail ends at record {tree.size}, or its last records are not those of the manifest")
    if base64.b64encode(tree.root()).decode() != manifest["root"]:
        raise Damage("the root of the tree is not the manifest's")
    earlier = keys.judge(notes)
    for note in notes:
        if note["origin"] != origin:
            raise Damage(f"the checkpoint of {note['size']} belongs to {note['origin']}")
        if note["size"] > tree.size:
            raise Damage(f"the trail ends at {tree.size}, before its checkpoint of {note['size']}: it was cut short")
        if roots[note["size"]] != note["root"]:
            raise Damage(f"the first {note['size']} records are not those that were signed")
    under_way = manifest.get("calls_open", [])
    calls.judge(manifest.get("calls", 0), under_way)
    proofs = check_proofs(os.path.join(folder, "proofs"), keys.trusted())
    if given and not notes:
        raise Doubt("no checkpoint is here, so nothing is signed")
    if earlier:
        raise Doubt(f"the checkpoints up to {earlier[-1]['size']} records are signed by a key from before the one that "
                    "was given, which says nothing of them; all else holds. Give the first key of this trail.")
    print(f"{origin}: {tree.size} records, {len(own)} checkpoints, {len(outside)} from elsewhere, {proofs} proofs: "
          + ("what is here holds, and it was resumed" if resumed else "everything holds"))
    for line in resumed:
        print(line)
    if under_way:
        print(f"{len(under_way)} calls were under way, or waited to be told of, when this was exported.")
    if not given:
        print("No --key was given: the keys come from the same folder and prove nothing against whoever made it.")
    if not outside:
        print("No --checkpoint was given: a trail that was cut short before it was exported would pass.")
    signed_size = max((note["size"] for note in notes), default=0)
    if signed_size < tree.size:
        print(f"The last {tree.size - signed_size} records stand behind the newest checkpoint: nothing signs them.")


def check_proofs(folder, keys):
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        check_proof(os.path.join(folder, name), keys)
    return len(names)


def check_proof(path, keys, given=None):
    """With `given` the proof's own chain of keys leads from one of them to the one that signed."""
    with open(path, encoding="utf-8") as file:
        proof = json.load(file)
    if given is not None:
        keys = chain_of(proof, given)
    note, record = note_of(proof["checkpoint"]), proof["record"].encode("utf-8")
    leaf = leaf_of(record)
    path_up = [base64.b64decode(part) for part in proof["proof"]]
    if not vouched(note, keys):
        raise Damage(f"{path}: the checkpoint is not signed by a key that was given")
    if note["size"] != proof["size"] or canonical(record).get("seq") != proof["seq"]:
        raise Damage(f"{path}: the record or the checkpoint is another one")
    if not inclusion(leaf, proof["seq"], proof["size"], path_up, note["root"]):
        raise Damage(f"{path}: record {proof['seq']} does not stand in the signed trail")
    return proof["seq"], proof["size"]


def chain_of(proof, given):
    note, keys = note_of(proof["checkpoint"]), Keys(given)
    for change in proof.get("keys", []):
        keys.add(change, "the proof")
    if vouched(note, keys.trusted()):
        return keys.trusted()
    if not keys.own:
        raise Doubt("the proof names no keys, and its checkpoint is signed by another one than was given")
    if any(key in given for key in keys.own) and vouched(note, keys.own):
        raise Doubt("the checkpoint is signed by a key from before the one that was given. Give the first key.")
    raise Damage("the checkpoint is not signed by a key that was given, or by one that it vouches for")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="a folder that `portaldesk audit export` wrote")
    parser.add_argument("--key", action="append", default=[], metavar="LINE", help="a key that you were given: NAME+ID+KEY")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE",
                        help="checkpoints that were kept elsewhere; a mail around them does no harm")
    parser.add_argument("--proof", metavar="FILE", help="what `portaldesk audit proof` printed, in place of a folder")
    given = parser.parse_args()
    if bool(given.folder) == bool(given.proof) or given.proof and not given.key:
        parser.error("name a folder, or --proof FILE with --key LINE")
    try:
        keys = [key_of(line) for line in given.key]
    except (Damage, ValueError):
        parser.error("--key wants a whole line of keys.txt")
    try:
        if given.proof:
            seq, size = check_proof(given.proof, None, keys)
            print(f"record {seq} stands in the signed trail of {size} records")
        else:
            outside = [note for path in given.checkpoint for note in notes_in(open(path, encoding="utf-8").read())]
            check_folder(given.folder, keys, outside)
    except Damage as damage:
        print(f"DAMAGED: {damage}")
        return 1
    except Doubt as doubt:
        print(f"could not be checked: {doubt}", file=sys.stderr)
        return 2
    except OSError as problem:
        name = f"{problem.filename}: " if problem.filename else ""
        print(f"could not be checked: {name}{problem.strerror or problem}", file=sys.stderr)
        return 2
    except (KeyError, TypeError, ValueError) as problem:
        print(f"could not be checked: {problem!r}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
