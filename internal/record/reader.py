#!/usr/bin/env python3
"""Checks entries of a Constancia record, with nothing but Python's standard library (3.9 or later).

    python3 reader.py FILE...

A FILE is JSON lines, an entry each, or the test vectors that come with FORMAT.md, which tells the format. For each entry
the canonical form, the commitments, the leaf and its hash are computed anew; from the leaf hashes the tree, its proofs
and the texts of its heads. Python has no Ed25519: openssl checks the heads' signatures, with the commands in FORMAT.md.
The exit status is 0 when everything holds and 1 when anything does not. "Holds" means unchanged since the leaf hash was
made; it does not mean true.
"""
import base64
import datetime
import hashlib
import hmac
import json
import re
import sys
import unicodedata

PREFIX = b"constancia-leaf-v1"
MAX_SIZE, MAX_DEPTH, MAX_KEY, MAX_VALUES, MAX_INTEGER = 1 << 20, 16, 64, 1 << 14, 2**53 - 1
UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
HEADER = {"format": 0, "log_id": r"[a-z0-9._-]{1,64}", "sequence": 1, "entry_id": UUID7, "operation_id": UUID7,
          "kind": r"[a-z_]{1,64}", "kind_version": 1, "recorded_at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"}
ORIGIN = "constancia/"
unjudged = 0  # strings with characters newer than this Python, whose NFC it can't know


class Bad(Exception):
    """Something does not hold; its text says what."""


def require(holds, what):
    if not holds:
        raise Bad(what)


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
                require(re.fullmatch(r"[ -~]{1,%d}" % MAX_KEY, key) and not re.fullmatch(r"[0-9]+", key),
                        "a key is not allowed: %r" % key)
            return "{" + ",".join(string(key) + ":" + write(value[key], depth + 1) for key in sorted(value)) + "}"
        if isinstance(value, list):
            return "[" + ",".join(write(element, depth + 1) for element in value) + "]"
        return string(value) if isinstance(value, str) else json.dumps(value)

    encoded = write(value, 0).encode("utf-8")
    require(len(encoded) <= MAX_SIZE, "too large")
    return encoded


def string(text):
    global unjudged
    require(not re.search("[\ud800-\udfff]", text), "a string has half a surrogate pair")
    if not unicodedata.is_normalized("NFC", text):
        newer = any(unicodedata.category(character) == "Cn" for character in text)
        require(newer, "a string is not in Unicode's form NFC")
        unjudged += 1
    return json.dumps(text, ensure_ascii=False)


# Fields, commitments, leaf.

def fields(value, pointer=""):
    """Yields JSON Pointer and value of each scalar, and of each empty array and object."""
    if not isinstance(value, (dict, list)) or not value:
        yield pointer, value
        return
    for key in sorted(value) if isinstance(value, dict) else range(len(value)):
        yield from fields(value[key], pointer + "/" + str(key).replace("~", "~0").replace("/", "~1"))


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


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


def octets(line, name, length=None):
    text = line.get(name)
    require(isinstance(text, str) and re.fullmatch("(?:[0-9a-f]{2})*", text), name + " is not lower-case hex")
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

def check_head(signed, verifier_key, log_id, size, expected):
    """Checks what a signed head says, and that its signature is by the key of that name; not the signature itself."""
    name = ORIGIN + log_id
    text = "%s\n%d\n%s\n" % (name, size, base64.b64encode(expected).decode())
    require(signed.startswith(text + "\n"), "the head says something else")
    mark = "\u2014 " + name + " "
    signatures = [line[len(mark):] for line in signed[len(text) + 1:].split("\n") if line.startswith(mark)]
    require(len(signatures) == 1, "the head does not have one signature by its log")
    named, identifier, key = verifier_key.split("+", 2)
    key = base64.b64decode(key, validate=True)
    require(named == name and len(key) == 33 and key[0] == 1, "the key is not an Ed25519 key of this log")
    made = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    signature = base64.b64decode(signatures[0], validate=True)
    require(made.hex() == identifier, "the key has another id")
    require(len(signature) == 68 and signature[:4] == made, "the signature is by another key")


# What is checked.

def check_header(header):
    require(isinstance(header, dict) and set(header) == set(HEADER), "the header has other members than it must")
    for name, form in HEADER.items():
        if isinstance(form, str):
            require(isinstance(header[name], str) and re.fullmatch(form, header[name], re.ASCII), "header: " + name)
        else:
            require(type(header[name]) is int and header[name] >= form, "header: " + name)
    require(header["format"] in (0, 1), "a format that this reader does not know")
    try:
        datetime.datetime.strptime(header["recorded_at"], "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError:
        raise Bad("header: recorded_at is no date that exists") from None


def check_entry(line):
    """Checks an entry with its payload, or the fields disclosed of one, against its leaf or leaf hash."""
    stored = octets(line, "leaf") if "leaf" in line else None
    if "disclosed" in line:
        require(stored, "fields are disclosed without a leaf")
        header, commitments = parse_leaf(stored)
        for field in line["disclosed"]:
            require(commitment(octets(field, "key", 32), field["pointer"], field["value"]) in commitments,
                    "the field %s is not in the leaf" % field["pointer"])
    else:
        header, payload, salt = line.get("header"), line.get("payload"), octets(line, "salt", 32)
        require(isinstance(payload, dict), "the payload is not an object")
        canonical(payload)
        made = leaf_bytes(header, [commitment(mac(salt, pointer.encode()), pointer, value)
                                   for pointer, value in fields(payload)])
        require(stored is None or stored == made, "the leaf is not that of this header, payload and salt")
        stored = made
    check_header(header)
    require("leaf" in line or "leaf_hash" in line, "neither leaf nor leaf hash is given")
    if "leaf_hash" in line:
        require(octets(line, "leaf_hash", 32) == leaf_hash(stored), "the leaf hash is not that of the leaf")


def misplaced(header, last, seen):
    """What is wrong with an entry's place, or None: each log counts from 1 without gaps, and no entry id comes twice."""
    log, sequence, entry = header["log_id"], header["sequence"], header["entry_id"]
    expected, repeated = last.get(log, 0) + 1, entry in seen
    last[log] = max(sequence, expected - 1)
    seen.add(entry)
    if sequence != expected:
        return "number %d of the log is where %d should be" % (sequence, expected)
    return "an earlier entry has the same id" if repeated else None


def check_lines(text):
    last, seen = {}, set()
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else [], 1):
        def check(line=line):
            value, wrong = parse(line), None
            require(isinstance(value, dict), "not an entry")
            if "disclosed" not in value:
                check_header(value.get("header"))
                wrong = misplaced(value["header"], last, seen)
            check_entry(value)
            require(wrong is None, wrong)
        yield "line %d" % number, check


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
            for pointer, value in fields(vector["payload"]):
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


def check_file(text):
    if not text.startswith("{\n"):
        return check_lines(text)
    vectors = parse(text)
    return check_tree_vectors(vectors) if "leaf_hashes" in vectors else check_vectors(vectors)


def main(names):
    if not names:
        print(__doc__)
        return 2
    checked = failed = heads = 0
    for name in names:
        try:
            with open(name, encoding="utf-8", newline="\n") as file:
                text = file.read()
            for what, check in check_file(text):
                checked += 1
                heads += what.startswith("head ")
                try:
                    check()
                except (Bad, KeyError, TypeError, AttributeError, ValueError) as error:
                    failed += 1
                    print("%s: %s: does not hold: %s" % (name, what, error if isinstance(error, Bad) else repr(error)))
        except (OSError, UnicodeError, Bad) as error:
            failed += 1
            print("%s: can't be read: %s" % (name, error))
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
