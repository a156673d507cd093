#!/usr/bin/env python3
"""Writes hashes.tsv: what PyPI `evtx` reads from the public corpus, as one hash a file.

    pip install evtx==0.14.0
    python canonical.py <corpus folder>

The canonical form is said once, in canonical.ts; this file and that one must agree byte for byte.
"""

import gzip
import hashlib
import io
import json
import pathlib
import re
import sys
import warnings

import evtx

HERE = pathlib.Path(__file__).parent
FOLDERS = ("evtx", "sigma-regression")
GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})\d?Z", re.ASCII)


def canonical_text(text):
    guid = GUID.fullmatch(text)
    if guid:
        return guid[1].upper()
    time = TIME.fullmatch(text)
    return time[1] + "Z" if time else text


def canonical(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, tuple):  # an object: its members in order, doubled names too
        return [[name, canonical(member)] for name, member in value]
    return canonical_text(str(value))


def records(data):
    parser = evtx.PyEvtxParser(io.BytesIO(data), number_of_threads=1, skip_errors=True)
    for record in parser.records_json():
        tree = json.loads(record["data"], object_pairs_hook=tuple, parse_int=str, parse_float=str)
        yield record["event_record_id"], json.dumps(canonical(tree), separators=(",", ":"), ensure_ascii=False)


def explained():
    """File -> record numbers that differences.tsv explains."""
    found = {}
    for line in (HERE / "differences.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        file, first, last = line.split("\t")[:3]
        found.setdefault(file, set()).update(range(int(first), int(last) + 1))
    return found


def main(corpus):
    warnings.simplefilter("ignore")
    skipped = explained()
    paths = [p for folder in FOLDERS for p in (corpus / folder).rglob("*") if p.name.endswith((".evtx", ".evtx.gz"))]
    rows = []
    for path in paths:
        file = path.relative_to(corpus).as_posix()
        data = gzip.decompress(path.read_bytes()) if file.endswith(".gz") else path.read_bytes()
        digest, count = hashlib.sha256(), 0
        for number, line in records(data):
            if number not in skipped.get(file, ()):
                digest.update(line.encode() + b"\n")
                count += 1
        rows.append(f"{file}\t{count}\t{digest.hexdigest()}")
    rows.sort(key=str.encode)
    text = "\n".join(["file\trecords\tsha256 of the canonical records", *rows]) + "\n"
    (HERE / "hashes.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
