#!/usr/bin/env python3
"""Checks a Constancia record, with nothing but Python's standard library (3.9 or later).

    python3 reader.py FOLDER
    python3 reader.py FILE...

A FOLDER is an unpacked bundle: the log of a case, or chosen entries of it, with all that is needed to check them. A FILE
is JSON lines, an entry each, or the test vectors that come with FORMAT.md, which tells the format. For each entry the
canonical form, the commitments, the leaf and its hash are computed anew; from the leaf hashes the tree, its proofs and
the texts of its heads. Python has no Ed25519 and no certificates: openssl checks the heads' signatures and the time
stamps, with the commands in FORMAT.md and in each bundle's VERIFY.txt. The exit status is 0 when everything holds and 1
when anything does not. "Holds" means unchanged since the leaf hash was made; it does not mean true.
"""
import binascii
import hashlib
import hmac
import json
import os
import sys
import unicodedata

PREFIX = b"constancia-leaf-v1"
MAX_SIZE, MAX_DEPTH, MAX_KEY, MAX_VALUES, MAX_INTEGER = 1 << 20, 16, 64, 1 << 14, 2**53 - 1
DIGITS, HEX, LOWER = "0123456789", "0123456789abcdef", "abcdefghijklmnopqrstuvwxyz"
ORIGIN = "constancia/"
quote = json.encoder.encode_basestring  # escapes what RFC 8785 escapes, and nothing else
BUNDLE = 1  # the format of bundles that this reader knows
ABOUT = {"case", "format", "made_at", "program", "whole", "without"}  # the members of bundle.json
SHOWN = {"complete", "disclosed", "header", "leaf", "proof"}  # those of a line of disclosed.jsonl
CONSTANTS = {None: "null", False: "false", True: "true"}
allowed = set()  # keys that were found to be allowed
unjudged = 0  # strings with characters newer than this Python, whose NFC it can't know


class Bad(Exception):
    """Something does not hold; its text says what."""


def require(holds, what):
    if not holds:
        raise Bad(what)


def consists(text, characters, most=64):
    """Whether text is one or more of the characters, and at most so many. Patterns would cost more than all the rest."""
    return isinstance(text, str) and 0 < len(text) <= most and not text.strip(characters)


# Canonical JSON: RFC 8785, narrowed.

def parse(text):
    """The value of JSON text; Bad when it is outside the canonical form's values."""
    def members(pairs):
        require(len({key for key, _ in pairs}) == len(pairs), "an object has a key twice")
        return dict(pairs)

    def integer(digits):
        require(digits != "-0", "a number is -0")
        require(len(digits) < 18 and abs(int(digits)) <= MAX_INTEGER, "an integer is too large")
        return int(digits)

    def refuse(token):
        raise Bad("a number is not an integer: " + token)

    try:
        value = json.loads(text, object_pairs_hook=members, parse_int=integer, parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Bad("not JSON: %s" % error) from None
    return value


def canonical(value):
    """The canonical bytes of a parsed value; Bad when it has none."""
    count = [0]

    def write(value, depth):
        count[0] += 1
        require(count[0] <= MAX_VALUES, "too many values")
        if isinstance(value, (dict, list)):
            require(depth < MAX_DEPTH, "too deep")
        if isinstance(value, dict):
            for key in value:
                if key not in allowed:
                    require(0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable() and key.strip(DIGITS),
                            "a key is not allowed: %r" % key)
                    if len(allowed) < 1000:
                        allowed.add(key)
            return "{" + ",".join(string(key) + ":" + write(value[key], depth + 1) for key in sorted(value)) + "}"
        if isinstance(value, list):
            return "[" + ",".join(write(element, depth + 1) for element in value) + "]"
        if isinstance(value, str):
            return string(value)
        return str(value) if type(value) is int else CONSTANTS[value]

    encoded = write(value, 0).encode("utf-8")
    require(len(encoded) <= MAX_SIZE, "too large")
    return encoded


def string(text):
    global unjudged
    if text.isascii():
        return quote(text)
    require(not any("\ud800" <= character <= "\udfff" for character in text), "a string has half a surrogate pair")
    if not unicodedata.is_normalized("NFC", text):
        newer = any(unicodedata.category(character) == "Cn" for character in text)
        require(newer, "a string is not in Unicode's form NFC")
        unjudged += 1
    return quote(text)


# Fields, commitments, leaf.

def fields(value, lengths, pointer=""):
    """Yields JSON Pointer and value of each scalar, of each empty array and object, and with lengths of each array's."""
    if not isinstance(value, (dict, list)) or not value:
        yield pointer, value
        return
    for key in sorted(value) if isinstance(value, dict) else range(len(value)):
        yield from fields(value[key], lengths, pointer + "/" + str(key).replace("~", "~0").replace("/", "~1"))
    if isinstance(value, list) and lengths:
        yield pointer + "/-", len(value)


def has_lengths(header):
    return isinstance(header, dict) and header.get("format") != 0


def mac(key, message):
    return hmac.digest(key, message, "sha256")


def commitment(key, pointer, value):
    return mac(key, canonical([pointer, value]))


def leaf_bytes(header, commitments):
    encoded = canonical(header)
    return (PREFIX + len(encoded).to_bytes(4, "big") + encoded
            + len(commitments).to_bytes(4, "big") + b"".join(sorted(commitments)))


def leaf_hash(leaf):
    return hashlib.sha256(b"\x00" + leaf).digest()


def parse_leaf(leaf):
    """Header and commitments of leaf bytes."""
    def number(at):
        require(len(leaf) >= at + 4, "the leaf is cut off")
        return int.from_bytes(leaf[at:at + 4], "big")

    require(leaf.startswith(PREFIX), "these are not a leaf's bytes")
    start = len(PREFIX) + 4
    end = start + number(len(PREFIX))
    count = number(end)
    require(count > 0 and len(leaf) == end + 4 + 32 * count, "the leaf has a wrong length")
    commitments = [leaf[at:at + 32] for at in range(end + 4, len(leaf), 32)]
    require(all(a < b for a, b in zip(commitments, commitments[1:])), "the leaf's commitments are not in order")
    header = parse(leaf[start:end].decode("utf-8"))
    require(canonical(header) == leaf[start:end], "the leaf's header is not canonical")
    return header, commitments


def decode(text):
    """The bytes of base64 in its one form."""
    try:
        made = binascii.a2b_base64(text)
    except (TypeError, ValueError):
        made = b""
    require(binascii.b2a_base64(made, newline=False).decode() == text, "this is not base64: %.40s" % (text,))
    return made


def octets(line, name, length=None):
    text = line.get(name)
    require(isinstance(text, str) and not text.strip(HEX) and len(text) % 2 == 0, name + " is not lower-case hex")
    require(length is None or len(text) == 2 * length, name + " has a wrong length")
    return bytes.fromhex(text)


# The tree: RFC 9162, sections 2.1.1, 2.1.3.2 and 2.1.4.2.

def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes):
    """The root of the tree over leaf hashes, of which there is at least one."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root(hashes[:split]), root(hashes[split:]))


def check_inclusion(proof, sequence, leaf, size, expected):
    """Checks that the entry with this leaf hash stands at that sequence, from 1, of the tree."""
    require(1 <= sequence <= size, "no such place in the tree")
    place, last, made = sequence - 1, size - 1, leaf
    for sibling in proof:
        require(last > 0, "the proof is too long")
        if place & 1 or place == last:
            made = node(sibling, made)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            made = node(made, sibling)
        place, last = place >> 1, last >> 1
    require(last == 0, "the proof is too short")
    require(made == expected, "the proof gives another root")


def check_consistency(proof, older_size, older, size, expected):
    """Checks that the tree begins with all of the older tree."""
    require(1 <= older_size <= size, "no such older tree")
    if older_size == size:
        require(not proof and older == expected, "trees of one size differ")
        return
    if older_size & (older_size - 1) == 0:  # a whole subtree: its root is known, and not in the proof
        proof = [older] + proof
    require(proof, "the proof is too short")
    place, last = older_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = proof[0]
    for sibling in proof[1:]:
        require(last > 0, "the proof is too long")
        if place & 1 or place == last:
            before, after = node(sibling, before), node(sibling, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node(after, sibling)
        place, last = place >> 1, last >> 1
    require(last == 0, "the proof is too short")
    require(before == older and after == expected, "the proof gives other roots")


# The head: https://c2sp.org/tlog-checkpoint in https://c2sp.org/signed-note.

def parse_head(signed):
    """Log id, size and root that a signed head tells."""
    lines = signed.split("\n")
    require(5 < len(lines) < 106 and lines[0].startswith(ORIGIN) and not lines[3] and not lines[-1],
            "this is not a signed head")
    for line in lines[4:-1]:
        parts = line.split(" ")
        require(len(parts) == 3 and parts[0] == "\u2014" and parts[1] and "+" not in parts[1]
                and not any(c.isspace() or c < " " for c in parts[1]) and len(decode(parts[2])) > 4,
                "a line below the head is not a signature")
    require(consists(lines[1], DIGITS, 16) and lines[1][0] != "0", "the head has no size")
    made = decode(lines[2])
    require(len(made) == 32, "the head has no root")
    return lines[0][len(ORIGIN):], int(lines[1]), made


def verifier_key(log_id, key):
    """The key of a log's heads as signed notes have it."""
    name, key = ORIGIN + log_id, b"\x01" + key
    identifier = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex()
    return "%s+%s+%s" % (name, identifier, binascii.b2a_base64(key, newline=False).decode())


def check_head(signed, verifier_key, log_id, size, expected):
    """Checks what a signed head says, and that its signature is by the key of that name; not the signature itself.
    Returns the public key."""
    name = ORIGIN + log_id
    text = "%s\n%d\n%s\n" % (name, size, binascii.b2a_base64(expected, newline=False).decode())
    require(signed.startswith(text + "\n"), "the head says something else")
    mark = "\u2014 " + name + " "
    signatures = [line[len(mark):] for line in signed[len(text) + 1:].split("\n") if line.startswith(mark)]
    require(len(signatures) == 1, "the head does not have one signature by its log")
    require(verifier_key.count("+") >= 2, "this is not a key")
    named, identifier, key = verifier_key.split("+", 2)
    key = decode(key)
    require(named == name and len(key) == 33 and key[0] == 1, "the key is not an Ed25519 key of this log")
    made = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    signature = decode(signatures[0])
    require(made.hex() == identifier, "the key has another id")
    require(len(signature) == 68 and signature[:4] == made, "the signature is by another key")
    return key[1:]


# What is checked.

def check_header(header):
    require(isinstance(header, dict) and set(header) == set(HEADER), "the header has other members than it must")
    for name, allowed_value in HEADER.items():
        require(allowed_value(header[name]), "header: " + name)


def at_least(least):
    return lambda value: type(value) is int and value >= least


def is_uuid7(text):
    return (isinstance(text, str) and len(text) == 36 and text[8] == text[13] == text[18] == text[23] == "-"
            and text[14] == "7" and text[19] in "89ab" and consists(text.replace("-", ""), HEX) and text.count("-") == 4)


def is_timestamp(text):
    """Whether text is YYYY-MM-DDTHH:MM:SS.mmmZ, of a date that exists."""
    if not isinstance(text, str) or "".join("0" if character in DIGITS else character for character in text) != FORM:
        return False
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 29 if month == 2 and leap else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return (year >= 1 and 1 <= month <= 12 and 1 <= day <= days
            and int(text[11:13]) < 24 and int(text[14:16]) < 60 and int(text[17:19]) < 60)


FORM = "0000-00-00T00:00:00.000Z"
HEADER = {"format": lambda value: type(value) is int and value in (0, 1),
          "log_id": lambda value: consists(value, LOWER + DIGITS + "._-"), "sequence": at_least(1),
          "entry_id": is_uuid7, "operation_id": is_uuid7, "kind": lambda value: consists(value, LOWER + "_"),
          "kind_version": at_least(1), "recorded_at": is_timestamp}


def check_entry(line):
    """Checks an entry with its payload, an erased one, or the fields disclosed of one, against its leaf or leaf hash.
    Returns its header and leaf hash, and how many fields are hidden."""
    stored = octets(line, "leaf") if "leaf" in line else None
    hidden = 0
    if "disclosed" in line or "payload" not in line:
        require(stored, "there is neither payload nor leaf")
        header, commitments = parse_leaf(stored)
        require(line.get("header", header) == header, "the header is not the leaf's")
        if "disclosed" in line:
            hidden = check_disclosed(line, commitments, has_lengths(header))
    else:
        header, payload, salt = line.get("header"), line["payload"], octets(line, "salt", 32)
        require(isinstance(payload, dict), "the payload is not an object")
        canonical(payload)
        made = leaf_bytes(header, [commitment(mac(salt, pointer.encode()), pointer, value)
                                   for pointer, value in fields(payload, has_lengths(header))])
        require(stored is None or stored == made, "the leaf is not that of this header, payload and salt")
        stored = made
    check_header(header)
    require("leaf" in line or "leaf_hash" in line, "neither leaf nor leaf hash is given")
    made = leaf_hash(stored)
    if "leaf_hash" in line:
        require(octets(line, "leaf_hash", 32) == made, "the leaf hash is not that of the leaf")
    return header, made, hidden


def check_disclosed(line, commitments, lengths):
    """Checks the disclosed fields of an entry, and returns how many are hidden."""
    made, shown = set(commitments), {}
    for field in line["disclosed"]:
        pointer, value = field["pointer"], field["value"]
        require(pointer not in shown, "the field %s is there twice" % pointer)
        require(commitment(octets(field, "key", 32), pointer, value) in made, "the field %s is not in the leaf" % pointer)
        shown[pointer] = value
    hidden = len(commitments) - len(shown)
    if "" in shown:
        require(shown == {"": {}} and not hidden, "there is more than the empty payload")
    payload = payload_of(shown, lengths)
    canonical(payload)
    if "complete" in line:  # as bundles have it
        require(line["complete"] == (not hidden), "fields are left out where all are said to be there")
        require(not shown or dict(fields(payload, lengths)) == shown, "of an array some is left out")
    return hidden


def payload_of(shown, lengths):
    """The payload that fields are of, as far as they tell it: the places of an array that are there follow one another.
    Bad when no payload has all of them."""
    tree = {}
    for pointer, value in shown.items():
        require(not value or not isinstance(value, (dict, list)), "%s is not a field" % pointer)
        if not pointer:
            continue
        require(pointer.startswith("/") and "~" not in pointer.replace("~0", "-").replace("~1", "-"),
                "%s is not a pointer" % pointer)
        *above, last = pointer[1:].split("/")
        require(len(above) < MAX_DEPTH, "%s is too deep" % pointer)
        node = tree
        for token in above:
            node = node.setdefault(token, {})
            require(isinstance(node, dict), "%s leads through the value of a field" % pointer)
        require(last not in node, "%s is a field, and leads to others" % pointer)
        node[last] = (value,)

    def build(node):
        if isinstance(node, tuple):
            return node[0]
        places = sorted((token for token in node if is_place(token)), key=lambda place: (len(place), place))
        if node is not tree and places and len(places) + (lengths and "-" in node) == len(node):
            return [build(node[place]) for place in places]
        return {key.replace("~1", "/").replace("~0", "~"): build(child) for key, child in node.items()}

    return build(tree)


def is_place(token):
    return not token.strip(DIGITS) and (token == "0" or token[:1] not in ("", "0"))


class Record:
    """What entries, taken in one by one, say together: each log counts from 1 without gaps, no entry id comes twice, what
    is gone was erased, and a log says once which key signs its heads."""

    def __init__(self):
        self.leaves, self.ids, self.bare, self.targets = {}, {}, [], []
        self.keys, self.formats, self.seals = {}, {}, {}
        self.cases, self.files, self.allowed = set(), set(), set()

    def add(self, header, made, payload):
        """Takes in an entry; its payload is None when it was erased. Returns what is wrong with its place, or None."""
        log = header["log_id"]
        leaves = self.leaves.setdefault(log, [])
        wrong = self.place(header, made)
        if header["sequence"] != len(leaves) + 1:
            wrong = "number %d of the log is where %d should be" % (header["sequence"], len(leaves) + 1)
        if header["sequence"] > len(leaves):
            leaves.extend([made] * (header["sequence"] - len(leaves)))
        if payload is None:
            self.bare.append(header["entry_id"])
        self.learn(header, payload or {})
        return wrong

    def place(self, header, made):
        """Remembers an entry's id and format, and returns what is wrong with them after those before it, or None."""
        log, entry = header["log_id"], header["entry_id"]
        repeated, before = entry in self.ids, self.formats.get(log, 0)
        self.ids[entry], self.formats[log] = made, max(before, header["format"])
        if (header["format"] > before) != (header["kind"] == "device"):
            return "the log's device must be told in the first entry of format 1, and only there"
        return "an earlier entry has the same id" if repeated else None

    def learn(self, header, payload):
        """Remembers what the rest of a bundle depends on."""
        kind, log, digest = header["kind"], header["log_id"], payload.get("sha256")
        if kind == "device" and payload:
            self.keys[log] = decode(payload.get("key"))
            self.cases.add(payload.get("case", ""))
        elif kind == "case":
            self.cases.add(header["entry_id"])
        elif kind == "erasure" and isinstance(payload.get("targets"), list):
            self.targets += [(target.get("entry"), target.get("leaf")) for target in payload["targets"]
                             if isinstance(target, dict)]
        elif kind == "seal" and payload:
            self.seals["%s.%d" % (log, header["sequence"])] = payload
        elif kind in ("evidence", "message") and isinstance(digest, str):
            self.files.add(digest)
        elif kind == "export" and isinstance(digest, str):
            self.allowed.add(digest)

    def check_erased(self):
        erased = {entry for entry, leaf in self.targets if entry in self.ids and self.ids[entry].hex() == leaf}
        require(erased == set(self.bare), "what is gone is not what was erased")


def check_lines(lines, record):
    for number, line in enumerate(lines, 1):
        def check(line=line):
            value = parse(line)
            require(isinstance(value, dict), "not an entry")
            wrong = None
            if "disclosed" not in value and "payload" in value:
                # An entry that does not hold has its place in the log all the same.
                check_header(value.get("header"))
                made = octets(value, "leaf_hash", 32) if "leaf_hash" in value else leaf_hash(octets(value, "leaf"))
                wrong = record.add(value["header"], made, value["payload"])
                check_entry(value)
            elif "disclosed" not in value:
                header, made, _ = check_entry(value)
                wrong = record.add(header, made, None)
            else:
                check_entry(value)
            require(wrong is None, wrong)
        yield "line %d" % number, check
    if record.bare or record.targets:
        yield "what was erased", record.check_erased


# The bundle: FORMAT.md, section 10.

def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="\n") as file:
        return file.read()


def read_lines(folder, name):
    """The lines of a text. Only U+000A ends one: strings may have other characters that Python would take for an end."""
    text = read(folder, name)
    require(not text or text.endswith("\n"), "its last line is cut off")
    return text.split("\n")[:-1]


def is_digest(text):
    return len(text) == 64 and consists(text, HEX)


def is_member(name):
    """Whether a bundle may have a file of that name."""
    folder, _, rest = name.rpartition("/")
    stem, _, extension = rest.rpartition(".")
    if folder == "heads" or folder == "seals":
        number = stem.rpartition(".")[2] if folder == "seals" else "1"
        return (consists(stem, LOWER + DIGITS + "._-", 128) and stem[0] != "." and is_place(number) and number != "0"
                and extension in (("head", "key") if folder == "heads" else ("head", "tst", "pem")))
    if folder == "files":
        return is_digest(rest) or is_digest(stem) and consists(extension, LOWER + DIGITS, 8)
    return name in ("VERIFY.txt", "bundle.json", "disclosed.jsonl", "log.jsonl", "proofs.jsonl", "verify.py")


def hash_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while True:
            part = file.read(1 << 20)
            if not part:
                return digest.hexdigest()
            digest.update(part)


class Bundle:
    def __init__(self, folder):
        self.folder, self.record, self.names, self.heads, self.keys = folder, Record(), set(), {}, {}
        self.entries = self.shown = self.hidden = 0

    def checks(self):
        """Yields what is checked, and how."""
        yield "manifest.sha256", self.check_manifest
        text = read(self.folder, "bundle.json")
        self.about = about = parse(text)
        require(about["format"] == BUNDLE, "a format of bundles that this reader does not know")
        require(set(about) == ABOUT and canonical(about).decode() + "\n" == text and is_timestamp(about["made_at"])
                and isinstance(about["program"], str) and sorted(set(about["without"])) == about["without"],
                "bundle.json is not as bundles have it")
        require(("log.jsonl" in self.names, "disclosed.jsonl" in self.names) == (about["whole"], not about["whole"]),
                "it has either log.jsonl or disclosed.jsonl")
        for name in sorted(self.names):
            if name.startswith("heads/") and name.endswith(".head"):
                yield name, lambda name=name: self.check_head(name[6:-5])
        if about["whole"]:
            with open(os.path.join(self.folder, "log.jsonl"), encoding="utf-8", newline="\n") as lines:
                for what, check in check_lines((line.rstrip("\n") for line in lines), self.record):
                    self.entries += what.startswith("line ")
                    yield "log.jsonl: " + what, check
            for log in sorted(set(self.record.leaves) | set(self.heads)):
                yield "log " + log, lambda log=log: self.check_tree(log)
        else:
            for number, line in enumerate(read_lines(self.folder, "disclosed.jsonl"), 1):
                yield "disclosed.jsonl: line %d" % number, lambda line=line: self.check_shown(line)
        for log in sorted(self.record.formats):
            yield "key of " + log, lambda log=log: self.check_key(log)
        proved = set()
        for line in read_lines(self.folder, "proofs.jsonl"):
            proof = parse(line)
            require(proof["seal"] not in proved, "a time stamp is proved twice")
            proved.add(proof["seal"])
            yield "seals/" + proof["seal"], lambda proof=proof: self.check_seal(proof)
        yield "seals", lambda: self.check_seals(proved)
        yield "case", lambda: require(self.record.cases <= {about["case"]}, "there are entries of another case")
        yield "files", self.check_files

    def check_manifest(self):
        for place, _, files in os.walk(self.folder):
            for name in files:
                path = os.path.join(place, name)
                require(not os.path.islink(path), "%s is a link" % path)
                self.names.add(os.path.relpath(path, self.folder).replace(os.sep, "/"))
        listed = []
        for line in read_lines(self.folder, "manifest.sha256"):
            require(is_digest(line[:64]) and line[64:66] == "  " and is_member(line[66:]),
                    "no bundle has a line such as %r" % line)
            listed.append((line[66:], line[:64]))
        require(listed == sorted(set(listed)), "it is not in order")
        require(self.names >= {"VERIFY.txt", "bundle.json", "proofs.jsonl", "verify.py"}, "a file is missing")
        require({name for name, _ in listed} | {"manifest.sha256"} == self.names, "it lists other files than there are: %s"
                % ", ".join(sorted({name for name, _ in listed} ^ (self.names - {"manifest.sha256"}))))
        for name, digest in listed:
            require(hash_of(os.path.join(self.folder, name)) == digest, "%s was changed" % name)

    def check_head(self, log):
        signed, key = read(self.folder, "heads/%s.head" % log), read(self.folder, "heads/%s.key" % log)
        require(key.endswith("\n"), "the key is cut off")
        named, size, made = parse_head(signed)
        require(named == log, "the head is one of another log")
        self.keys[log] = check_head(signed, key[:-1], log, size, made)
        self.heads[log] = size, made

    def check_tree(self, log):
        require(log in self.heads, "the log has no head")
        size, made = self.heads[log]
        leaves = self.record.leaves.get(log, [])
        require(len(leaves) == size, "the head is one of %d entries, and there are %d" % (size, len(leaves)))
        require(root(leaves) == made, "the head is one of other entries")

    def check_shown(self, line):
        value = parse(line)
        header, made, hidden = check_entry(value)
        log = header["log_id"]
        require(log in self.heads, "the log has no head")
        check_inclusion([octets({"hash": text}, "hash", 32) for text in value["proof"]], header["sequence"], made,
                        *self.heads[log])
        self.entries, self.shown, self.hidden = self.entries + 1, self.shown + len(value["disclosed"]), self.hidden + hidden
        payload = {field["pointer"][1:]: field["value"] for field in value["disclosed"]}
        require(set(value) == SHOWN, "the line has other members than it must")
        wrong = self.record.place(header, made)
        require(wrong is None, wrong)
        require(header["kind"] != "device" or not hidden, "of the log's device some is left out")
        self.record.learn(header, payload)

    def check_key(self, log):
        """The head is signed by the log's own device, or by that of another log of the case, which vouches for it."""
        if self.record.formats[log] == 0 and log not in self.record.keys:
            return
        require(log in self.record.keys, "the log does not say which device writes it")
        require(self.keys.get(log) in self.record.keys.values(), "the head is signed with a key that is not on record")
        if self.keys[log] != self.record.keys[log]:
            print("The head of log %s is signed by another device of the case, which had a copy of the log." % log)

    def check_seal(self, proved):
        log, _, sequence = proved["seal"].rpartition(".")
        require(log in self.heads and sequence.isdigit(), "it is of no log")
        signed = read(self.folder, "seals/%s.head" % proved["seal"])
        named, size, made = parse_head(signed)
        require(named == log and size < int(sequence) <= self.heads[log][0], "the sealed head is one of another log")
        check_head(signed, verifier_key(log, self.record.keys.get(log, self.keys[log])), log, size, made)
        check_consistency([octets({"hash": text}, "hash", 32) for text in proved["proof"]], size, made, *self.heads[log])
        if self.about["whole"]:
            recorded = self.record.seals.get(proved["seal"])
            require(recorded and recorded["head"] == signed, "another head was recorded")
            with open(os.path.join(self.folder, "seals/%s.tst" % proved["seal"]), "rb") as token:
                require(decode(recorded["token"]) == token.read(), "another time stamp was recorded")

    def check_seals(self, proved):
        there = {name[6:].rpartition(".")[0] for name in self.names if name.startswith("seals/")}
        require(self.names >= {"seals/%s.%s" % (seal, part) for seal in there for part in ("head", "tst", "pem")},
                "a time stamp has not all its files")
        require(there == proved and (not self.about["whole"] or proved == set(self.record.seals)),
                "there are other time stamps than were recorded and proved")

    def check_files(self):
        """Each file that an entry names is there, or said not to be; that it is the one, the manifest tells."""
        sums = {}
        for line in read_lines(self.folder, "manifest.sha256"):
            if line[66:].startswith("files/"):
                require(line[72:].partition(".")[0] == line[:64], "%s is not what its name says" % line[66:])
                require(line[:64] not in sums, "%s is there twice" % line[66:])
                sums[line[:64]] = line[66:]
        without = set(self.about["without"])
        require(not without & set(sums) and without <= self.record.files, "a file is there that is said not to be")
        require(self.record.files <= set(sums) | without, "files are missing: %s"
                % ", ".join(sorted(self.record.files - set(sums) - without)))
        require(set(sums) <= self.record.files | self.record.allowed, "files are there that no entry names")

    def say(self):
        texts = b""
        for log, (size, made) in sorted(self.heads.items()):
            texts += ("%s%s\n%d\n%s\n" % (ORIGIN, log, size, binascii.b2a_base64(made, newline=False).decode())).encode()
        if self.hidden:
            print("Shown in part: %d fields of %d entries are there, %d are hidden."
                  % (self.shown, self.entries, self.hidden))
        if self.about["without"]:
            print("%d files that the entries name are not enclosed." % len(self.about["without"]))
        print("%d entries. Fingerprint of the case: %s" % (self.entries, hashlib.sha256(texts).hexdigest()))
        print("Signatures and time stamps were not checked here: VERIFY.txt has the commands of openssl that do.")


def check_vectors(vectors):
    """The vectors of FORMAT.md: what is canonical, what is refused, entries, and disclosed fields."""
    for vector in vectors["canonical"]:
        def check(vector=vector):
            require(canonical(parse(vector["input"])).decode() == vector["canonical"], "other canonical bytes")
        yield "canonical: " + vector["name"], check
    for vector in vectors["refused"]:
        def check(vector=vector):
            try:
                canonical(parse(bytes.fromhex(vector["input_hex"]).decode("utf-8")))
            except (Bad, UnicodeDecodeError):
                return
            raise Bad("taken, and must be refused")
        yield "refused: " + vector["name"], check
    for vector in vectors["entries"]:
        def check(vector=vector):
            check_entry(vector)
            salt, made = octets(vector, "salt"), []
            require(canonical(vector["payload"]).decode() == vector["canonical"], "other canonical bytes")
            for pointer, value in fields(vector["payload"], has_lengths(vector["header"])):
                key = mac(salt, pointer.encode())
                made.append({"pointer": pointer, "value": value, "key": key.hex(),
                             "commitment": commitment(key, pointer, value).hex()})
            require(canonical(made) == canonical(vector["fields"]), "other fields or commitments")
        yield "entry: " + vector["name"], check
    for vector in vectors["disclosures"]:
        def check(vector=vector):
            try:
                check_entry(vector)
            except Bad:
                require(not vector["holds"], "refused, and must hold")
            else:
                require(vector["holds"], "taken, and must be refused")
        yield "disclosure: " + vector["name"], check


def check_tree_vectors(vectors):
    """The vectors of the tree and the head: roots of each size, proofs that hold and proofs that do not, heads."""
    def hashes(name, within=vectors):
        return [octets({name: text}, name, 32) for text in within[name]]

    def check_proof(vector):
        proof, size, made = hashes("proof", vector), vector["size"], octets(vector, "root", 32)
        if "leaf_hash" in vector:
            check_inclusion(proof, vector["sequence"], octets(vector, "leaf_hash", 32), size, made)
        else:
            check_consistency(proof, vector["older_size"], octets(vector, "older_root", 32), size, made)

    for size, made in enumerate(vectors["roots"], 1):
        def check(size=size, made=made):
            require(root(hashes("leaf_hashes")[:size]).hex() == made, "other root")
        yield "root of %d" % size, check
    for vector in vectors["inclusions"] + vectors["consistencies"]:
        def check(vector=vector):
            try:
                check_proof(vector)
            except Bad:
                require(not vector["holds"], "refused, and must hold")
            else:
                require(vector["holds"], "taken, and must be refused")
        yield "proof: " + vector["name"], check
    for vector in vectors["heads"]:
        def check(vector=vector):
            check_head(vector["signed"], vector["verifier_key"], vector["log_id"], vector["size"],
                       octets(vector, "root", 32))
            require(root(hashes("leaf_hashes")[:vector["size"]]).hex() == vector["root"], "other root")
        yield "head of %d" % vector["size"], check


def check_file(name):
    with open(name, encoding="utf-8", newline="\n") as file:
        text = file.read()
    if not text.startswith("{\n"):
        return check_lines(text.removesuffix("\n").split("\n") if text else [], Record())
    vectors = parse(text)
    return check_tree_vectors(vectors) if "leaf_hashes" in vectors else check_vectors(vectors)


def run(name, checks):
    """Runs checks, tells which ones fail, and returns how many there were, how many failed, and how many heads."""
    checked = failed = heads = 0
    try:
        for what, check in checks:
            checked += 1
            heads += what.startswith("head ")
            try:
                check()
            except (Bad, KeyError, TypeError, AttributeError, ValueError, OSError) as error:
                failed += 1
                print("%s: %s: does not hold: %s" % (name, what, error if isinstance(error, Bad) else repr(error)))
    except (OSError, UnicodeError, KeyError, TypeError, Bad) as error:
        failed += 1
        print("%s: can't be read: %s" % (name, error if isinstance(error, (Bad, OSError)) else repr(error)))
    return checked, failed, heads


def main(names):
    if not names:
        print(__doc__)
        return 2
    checked = failed = heads = 0
    for name in names:
        bundle = Bundle(name) if os.path.isdir(name) else None
        try:
            counts = run(name, bundle.checks() if bundle else check_file(name))
        except (OSError, UnicodeError, Bad) as error:
            counts = 0, 1, 0
            print("%s: can't be read: %s" % (name, error))
        checked, failed, heads = checked + counts[0], failed + counts[1], heads + counts[2]
        if bundle and not counts[1]:
            bundle.say()
    if unjudged:
        print("%d strings hold characters newer than Unicode %s: their normal form was not judged."
              % (unjudged, unicodedata.unidata_version))
    if heads:
        print("The signatures of %d heads were not checked: FORMAT.md has the commands of openssl that do." % heads)
    if failed or not checked:
        print("Does not hold: %d of %d checked." % (failed, checked))
        return 1
    print("Holds: all %d checked. Nothing was changed since the leaf hashes were made." % checked)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
