"""Evaluates Sigma rules over events with pySigma's SQLite backend: an evaluator that shares nothing with ours.

Reads one JSON object from standard input: {"rules": [{"uid", "text", "kinds"}], "events": [{"kind", "fields"}]}.
Writes one JSON object: {"matches": {uid: [event number]}, "unconverted": {uid: reason}}.

A field that an event lacks is NULL. Texts compare without case, as Sigma wants it; SQL would compare them with it.
"""

import json
import re
import sqlite3
import sys

from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection


def convert(text):
    return sqliteBackend().convert(SigmaCollection.from_yaml(text))[0].split(" WHERE ", 1)[1]


def regexp(pattern, text):
    return text is not None and re.search(pattern, text) is not None


def database(events):
    columns = sorted({name.lower(): name for event in events for name in event["fields"]}.values())
    connection = sqlite3.connect(":memory:")
    connection.create_function("REGEXP", 2, regexp, deterministic=True)
    connection.create_function("REGEXP_LIKE", 2, lambda text, pattern: regexp(pattern, text), deterministic=True)
    names = ", ".join(f'"{name}" TEXT COLLATE NOCASE' for name in columns)
    connection.execute(f"CREATE TABLE events (_number INTEGER, _kind TEXT{', ' if names else ''}{names})")
    connection.execute("CREATE INDEX by_kind ON events (_kind)")
    places = ", ".join("?" for _ in range(len(columns) + 2))
    for number, event in enumerate(events):
        held = {name.lower(): value for name, value in event["fields"].items()}
        row = [held.get(name.lower()) for name in columns]
        connection.execute(f"INSERT INTO events VALUES ({places})", [number, event["kind"], *row])
    return connection, {name.lower() for name in columns}


def add_missing(connection, columns, error):
    """A field that no event has is a column of NULLs."""
    name = re.search(r"no such column: (.+)", str(error))
    if name is None or name.group(1).lower() in columns:
        return False
    columns.add(name.group(1).lower())
    connection.execute(f'ALTER TABLE events ADD COLUMN "{name.group(1)}" TEXT COLLATE NOCASE')
    return True


def evaluate(rule, connection, columns):
    where = convert(rule["text"])
    kinds = ", ".join("?" for _ in rule["kinds"])
    query = f"SELECT _number FROM events WHERE _kind IN ({kinds}) AND ({where}) ORDER BY _number"
    while True:
        try:
            return [number for (number,) in connection.execute(query, rule["kinds"])]
        except sqlite3.OperationalError as error:
            if not add_missing(connection, columns, error):
                raise


def main():
    asked = json.load(sys.stdin)
    connection, columns = database(asked["events"])
    matches, unconverted = {}, {}
    for rule in asked["rules"]:
        try:
            matches[rule["uid"]] = evaluate(rule, connection, columns)
        except Exception as error:  # pylint: disable=broad-except
            unconverted[rule["uid"]] = f"{type(error).__name__}: {error}"
    json.dump({"matches": matches, "unconverted": unconverted}, sys.stdout)


main()
