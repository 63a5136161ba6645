"""The frontier: each address ever found, what came of it, and when it is due. SQLite; sqlite3.Error leaves.

Nothing is committed but by `commit`, which the archive calls after the WARC files are synced. `due_at` is null where
nothing more is to be asked for: when a capture names no time for another try, and no source tells of a change.
"""

import sqlite3
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.crawl.archive._notes import Note, digest, found_of, item_json, read_item, stamp
from pipeline.crawl.archive._tape import Place
from pipeline.crawl.archive._words import Version
from pipeline.crawl.capture import KEPT, Found, Known
from pipeline.errors import OutputError
from pipeline.model import FeedItem
from pipeline.warc_words import PAGE

FILE = ".svodka-frontier.sqlite"
_FORMAT = 1
_SCHEMA = """
CREATE TABLE address (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, source TEXT NOT NULL, role TEXT NOT NULL,
    published_at TEXT, modified_at TEXT, item BLOB, item_digest TEXT, found_at TEXT NOT NULL, due_at TEXT,
    outcome TEXT, asked_at TEXT, tries INTEGER NOT NULL DEFAULT 0,
    kept_at TEXT, etag TEXT, last_modified TEXT, digest TEXT);
CREATE INDEX address_due ON address (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE version (address INTEGER NOT NULL, at TEXT NOT NULL, digest TEXT NOT NULL, file TEXT NOT NULL,
    offset INTEGER NOT NULL, PRIMARY KEY (file, offset)) WITHOUT ROWID;
CREATE INDEX version_address ON version (address);
CREATE TABLE file (name TEXT PRIMARY KEY, length INTEGER NOT NULL, extracted_at TEXT) WITHOUT ROWID;
CREATE TABLE robots (host TEXT PRIMARY KEY, at TEXT NOT NULL, status INTEGER, body BLOB NOT NULL, failing_since TEXT);
CREATE TABLE night (number INTEGER PRIMARY KEY, began_at TEXT NOT NULL, ended_at TEXT, notes TEXT NOT NULL);
CREATE TABLE tally (night INTEGER NOT NULL, source TEXT NOT NULL, role TEXT NOT NULL, outcome TEXT NOT NULL,
    number INTEGER NOT NULL, body_bytes INTEGER NOT NULL, PRIMARY KEY (night, source, role, outcome)) WITHOUT ROWID;
CREATE TABLE failure (night INTEGER NOT NULL, url TEXT NOT NULL, source TEXT NOT NULL, role TEXT NOT NULL,
    outcome TEXT NOT NULL, at TEXT NOT NULL, status INTEGER, detail TEXT NOT NULL, PRIMARY KEY (night, url));
"""
_KNOWN = """SELECT url, source, role, published_at, modified_at, item, tries, etag, last_modified, digest,
    found_at FROM address"""
_ADD = """INSERT OR IGNORE INTO address (url, host, source, role, published_at, modified_at, item, item_digest,
    found_at, due_at)
    VALUES (:url, :host, :source, :role, :published_at, :modified_at, :item, :item_digest, :now, :now)"""
_TOLD_ANEW = """UPDATE address SET published_at = coalesce(published_at, :published_at),
    modified_at = coalesce(:modified_at, modified_at), item = coalesce(:item, item),
    item_digest = coalesce(:item_digest, item_digest), due_at = coalesce(due_at, :now)
    WHERE url = :url AND (due_at IS NOT NULL AND coalesce(:item_digest, item_digest) IS NOT item_digest
    OR kept_at IS NOT NULL AND (:modified_at > asked_at OR :item_digest <> item_digest))"""
_DUE = """SELECT id FROM (SELECT *, row_number() OVER (PARTITION BY class, source ORDER BY nth, id) AS turn FROM (
    SELECT id, source, iif(outcome IS NULL, 0, iif(kept_at IS NULL, 1, 2)) AS class, row_number() OVER (
        PARTITION BY source, host, outcome IS NULL ORDER BY coalesce(published_at, found_at) DESC, id) AS nth
    FROM address WHERE due_at <= :now AND role = 'page'))
    ORDER BY class, turn, id"""
_KEEP = """UPDATE address SET outcome = :outcome, asked_at = :at, due_at = :retry_at,
    tries = iif(:kept, 0, tries + 1), etag = iif(:kept, coalesce(:etag, iif(:version, NULL, etag)), etag),
    last_modified = iif(:kept, coalesce(:last_modified, iif(:version, NULL, last_modified)), last_modified),
    digest = coalesce(:digest, digest), kept_at = iif(:version, :at, kept_at),
    item = iif(:kept AND :retry_at IS NULL, NULL, item)
    WHERE url = :url AND (asked_at IS NULL OR asked_at <= :at)"""


class Frontier:
    """The open database of an archive."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        (found,) = self.db.execute("PRAGMA user_version").fetchone()
        if found > _FORMAT:
            raise OutputError(f"{folder}: its frontier was written by a newer Svodka; use that one")
        if found < _FORMAT:
            self.db.executescript(f"BEGIN;{_SCHEMA}PRAGMA user_version = {_FORMAT};COMMIT;")
        self.begin()

    def begin(self) -> None:
        """Begin what the next `commit` ends."""
        self.db.execute("BEGIN")

    def commit(self, lengths: Mapping[str, int]) -> None:
        """Make what was noted last; `lengths` are those of the WARC files, which are synced."""
        sql = "INSERT INTO file (name, length) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET length = excluded.length"
        self.db.executemany(sql, lengths.items())
        self.db.execute("COMMIT")
        self.begin()

    def add(self, found: Found, now: datetime) -> bool:
        """Take an address in; tell whether it is new. One that was fetched is due again when its source tells news."""
        row = _row(found, now)
        if self.db.execute(_ADD, row).rowcount:
            return True
        self.db.execute(_TOLD_ANEW, row)
        return False

    def known(self, url: str) -> Known | None:
        """Find an address."""
        row = self.db.execute(f"{_KNOWN} WHERE url = ?", (url,)).fetchone()
        return _known(*row) if row else None

    def due(self, now: datetime, out: Collection[str], sources: Collection[str] | None) -> Iterator[Known]:
        """Give the pages that are due, but for those of `out`: never asked for first, sources and hosts in turn."""
        numbers = array("q", (number for (number,) in self.db.execute(_DUE, {"now": stamp(now)})))
        for number in numbers:
            row = self.db.execute(f"{_KNOWN} WHERE id = ? AND due_at <= ?", (number, stamp(now)))
            known = next((_known(*values) for values in row.fetchall()), None)
            if known and known.found.url not in out and (sources is None or known.found.source in sources):
                yield known

    def keep(self, note: Note, item: FeedItem | None, place: Place) -> None:
        """Note what came of an address, which may be one that nobody added."""
        self.db.execute(_ADD, _row(found_of(note, item), datetime.fromisoformat(note.at)))
        values = {name: getattr(note, name) for name in Note.__slots__}
        self.db.execute(_KEEP, values | {"kept": note.outcome in KEPT, "version": note.is_version})
        if note.is_version:
            sql = "INSERT OR IGNORE INTO version SELECT id, :at, :digest, :file, :offset FROM address WHERE url = :url"
            self.db.execute(sql, values | place._asdict())

    def versions(self, url: str | None = None) -> Iterator[Version]:
        """Give the kept versions of an address, or of all, in the order of time."""
        sql = "SELECT url, at, version.digest, file, offset FROM version JOIN address ON address.id = version.address"
        where = "" if url is None else " WHERE url = :url"
        for address, at, is_now, file, offset in self.db.execute(f"{sql}{where} ORDER BY at", {"url": url}):
            yield Version(address, datetime.fromisoformat(at), is_now, file, offset)

    def lengths(self) -> dict[str, int]:
        """Give how much of each WARC file is noted."""
        return dict(self.db.execute("SELECT name, length FROM file").fetchall())

    def unextracted(self) -> list[str]:
        """Name the files with versions of pages that were not marked."""
        sql = """SELECT name FROM file WHERE extracted_at IS NULL AND name IN (
            SELECT file FROM version JOIN address ON address.id = version.address WHERE role = :role) ORDER BY name"""
        return [name for (name,) in self.db.execute(sql, {"role": PAGE})]

    def mark_extracted(self, names: Iterable[str], now: datetime) -> None:
        """Mark files as done with."""
        sql = "UPDATE file SET extracted_at = ? WHERE name = ?"
        self.db.executemany(sql, ((stamp(now), name) for name in names))


def _row(found: Found, now: datetime) -> dict[str, object]:
    item = item_json(found.item) if found.item else None
    return {
        "url": found.url,
        "host": urlsplit(found.url).netloc,
        "source": found.source,
        "role": found.role.value,
        "published_at": stamp(found.published_at) if found.published_at else None,
        "modified_at": stamp(found.modified_at) if found.modified_at else None,
        "item": zlib.compress(item) if item else None,
        "item_digest": digest(found.item.html.encode("utf-8", "replace")) if found.item and found.item.html else None,
        "now": stamp(now),
    }


def _known(*row: object) -> Known:
    url, source, role, published, modified, item, *state = row
    note = Note(str(url), str(source), str(role), "", "", published, modified)  # type: ignore[arg-type]
    told = read_item(zlib.decompress(item)) if isinstance(item, bytes) else None
    tries, etag, last_modified, digest_, found_at = state
    since = datetime.fromisoformat(str(found_at))
    return Known(found_of(note, told), tries, etag, last_modified, digest_, since)  # type: ignore[arg-type]
