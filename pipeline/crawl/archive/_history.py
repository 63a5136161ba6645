"""What the frontier keeps beside addresses: nights with their counts and failures, and the robots.txt of hosts."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime

from pipeline.crawl.archive._notes import Note, stamp
from pipeline.crawl.archive._words import Failure, NightPast, RobotsFile, Tally
from pipeline.crawl.capture import KEPT, Outcome, Role

_COUNT = """INSERT INTO tally VALUES (:night, :source, :role, :outcome, 1, :size) ON CONFLICT DO UPDATE SET
    number = number + 1, body_bytes = body_bytes + excluded.body_bytes"""
_FAIL = "INSERT OR REPLACE INTO failure VALUES (:night, :url, :source, :role, :outcome, :at, :status, :detail)"


def count(db: sqlite3.Connection, night: int, note: Note) -> None:
    """Count a capture; an address that was had after all is no failure of the night."""
    values = {name: getattr(note, name) for name in Note.__slots__} | {"night": night}
    db.execute(_COUNT, values)
    had = note.outcome in KEPT
    db.execute("DELETE FROM failure WHERE night = :night AND url = :url" if had else _FAIL, values)


def last_night(db: sqlite3.Connection) -> int:
    """Give the number of the last night, 0 before the first."""
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM night").fetchone()
    return int(number)


def begin_night(db: sqlite3.Connection, now: datetime) -> int:
    """Begin a night."""
    return db.execute("INSERT INTO night (began_at, notes) VALUES (?, '{}')", (stamp(now),)).lastrowid or 0


def end_night(db: sqlite3.Connection, number: int, now: datetime, notes: Mapping[str, object]) -> None:
    """End a night, or add to its notes."""
    (old,) = db.execute("SELECT notes FROM night WHERE number = ?", (number,)).fetchone()
    text = json.dumps(json.loads(old) | dict(notes), ensure_ascii=False)
    db.execute("UPDATE night SET ended_at = ?, notes = ? WHERE number = ?", (stamp(now), text, number))


def nights(db: sqlite3.Connection, since: datetime) -> list[NightPast]:
    """Give the nights that began since then, the last first."""
    sql = "SELECT number, began_at, ended_at, notes FROM night WHERE began_at >= ? ORDER BY number DESC"
    rows = db.execute(sql, (stamp(since),))
    return [
        NightPast(number, datetime.fromisoformat(began), _moment(ended), json.loads(notes))
        for number, began, ended, notes in rows.fetchall()
    ]


def tallies(db: sqlite3.Connection, night: int) -> list[Tally]:
    """Give the counts of a night."""
    sql = "SELECT source, role, outcome, number, body_bytes FROM tally WHERE night = ?"
    rows = db.execute(sql, (night,))
    return [Tally(source, Role(role), Outcome(outcome), *sums) for source, role, outcome, *sums in rows]


def failures(db: sqlite3.Connection, night: int) -> Iterator[Failure]:
    """Give the addresses that a night did not have."""
    sql = "SELECT url, source, role, outcome, at, status, detail FROM failure WHERE night = ? ORDER BY source, url"
    for url, source, role, outcome, at, status, detail in db.execute(sql, (night,)):
        yield Failure(url, source, Role(role), Outcome(outcome), datetime.fromisoformat(at), status, detail)


def robots(db: sqlite3.Connection, host: str) -> RobotsFile | None:
    """Find a host's robots.txt."""
    row = db.execute("SELECT at, status, body, failing_since FROM robots WHERE host = ?", (host,)).fetchone()
    return RobotsFile(datetime.fromisoformat(row[0]), row[1], row[2], _moment(row[3])) if row else None


def remember_robots(db: sqlite3.Connection, host: str, file: RobotsFile) -> None:
    """Keep a host's robots.txt in place of what was known of it."""
    since = stamp(file.failing_since) if file.failing_since else None
    row = (host, stamp(file.at), file.status, file.body, since)
    db.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?)", row)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
