#!/usr/bin/env python3
"""Verifies an audit log that `dd0c audit export` wrote, with nothing of dd0c: Python's own library and openssl.

    python3 verify-audit.py LOG KEY [HEAD]

KEY is the public key as `dd0c audit head` printed it, HEAD a file with a signed head that was kept elsewhere.
Exit code 0: the log is whole and unchanged. 1: it is not, and why.
"""
import base64, hashlib, json, os, subprocess, sys, tempfile


def fail(reason):
    sys.exit(f"does not hold: {reason}")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(peaks):
    """The root of an RFC 6962 tree from the roots of its full subtrees, the largest first."""
    if not peaks:
        return sha256()
    root = peaks[-1]
    for left in reversed(peaks[:-1]):
        root = sha256(b"\x01", left, root)
    return root


def open_checkpoint(note, key, what):
    """(origin, size, root) of a signed note: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint."""
    name, key_id, encoded = key.strip().split("+", 2)
    raw = base64.b64decode(encoded)
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id or raw[0] != 1:
        fail("the key is not in the form name+id+key")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        dash, signer, value = line.split(" ")
        signature = base64.b64decode(value)
        if dash == "—" and signer == name and signature[:4].hex() == key_id and is_signed(text.encode(), signature[4:], raw[1:]):
            origin, size, root = text.split("\n")[:3]
            return origin, int(size), base64.b64decode(root)
    fail(f"{what} is not signed by this key")


def is_signed(message, signature, public_key):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("message", "signature", "key")]
        # The fixed head of an Ed25519 SubjectPublicKeyInfo (RFC 8410), then the key.
        contents = (message, signature, bytes.fromhex("302a300506032b6570032100") + public_key)
        for path, content in zip(paths, contents):
            with open(path, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-in", paths[0], "-sigfile", paths[1], "-pubin", "-keyform", "DER", "-inkey", paths[2]]
        return subprocess.run(command, capture_output=True).returncode == 0


def check_approval(body, keys):
    """An approval is signed by a person's own key, over just what the entry says."""
    statement = json.loads(body["statement"])
    if not is_signed(body["statement"].encode(), base64.b64decode(body["signature"]), keys.get(body["key"], b"")):
        fail(f"an approval of execution {body['execution']} is not signed by its key")
    if any(statement[name] != body[name] for name in ("execution", "step", "part", "planHash", "nonce")):
        fail(f"an approval of execution {body['execution']} was signed for something else")


def main(log, key, head=None):
    kept = open_checkpoint(open(head, encoding="utf-8").read(), key, "the head") if head else None
    size, peaks, prev, kept_root, final, keys = 0, [], "0" * 64, root_of([]), None, {}
    with open(log, "rb") as file:
        first = json.loads(file.readline())
        for line in file:
            line = line.rstrip(b"\n")
            entry = json.loads(line)
            if "checkpoint" in entry:
                final = open_checkpoint(entry["checkpoint"], key, "the checkpoint")
                break
            if (entry["seq"], entry["prev"], entry["tenant"]) != (size + 1, prev, first["tenant"]):
                fail(f"entry {size + 1} does not follow the one before it")
            if entry["topic"] == "key.added":
                keys[entry["body"]["key"]] = base64.b64decode(entry["body"]["publicKey"].removeprefix("ed25519:"))
            if entry["topic"] == "approval.approved":
                check_approval(entry["body"], keys)
            prev, young, full = hashlib.sha256(line).hexdigest(), sha256(b"\x00", line), size
            while full % 2:
                young, full = sha256(b"\x01", peaks.pop(), young), full // 2
            peaks.append(young)
            size += 1
            if kept and kept[1] == size:
                kept_root = root_of(peaks)
        if final is None or file.read():
            fail("it does not end with a checkpoint")
    if final != (first["origin"], size, root_of(peaks)):
        fail("the checkpoint signs another content")
    if kept and (kept[0], kept[2]) != (first["origin"], kept_root):
        fail("its beginning is not that of the independent head")
    print(f"verified {size} entries of {first['origin']}, root {root_of(peaks).hex()}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
