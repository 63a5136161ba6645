"""What a database's errors mean: whether they may pass, and what the person in front of it can do.

Goes by codes: SQLSTATE of PostgreSQL, result codes of SQLite. Only a server that let nobody in has none to give; its
words are looked at then.
"""

from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# SQLSTATE, whole or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_PASSING_STATES = ("08", "40001", "40P01", "55P03", "57P01", "57P02", "57P03")
_PASSING_CODES = frozenset({5, 6, 15})  # SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL
_PRIMARY = 0xFF  # of an extended result code

_STATES = {
    "08": "the connection broke; look whether the server runs, then run the command again",
    "28": "check the user and the password in the URL (PGPASSWORD and ~/.pgpass are read too)",
    "3D000": "make the database first: createdb --encoding=UTF8 NAME",
    "25006": "this server takes no writes (a standby?); name the primary in the URL",
    "40": "others were writing the same all the time; run the command again",
    "42501": "ask the database's owner for the rights: GRANT ALL ON ALL TABLES IN SCHEMA public",
    "42P01": "a table is missing; `svodka registry upgrade` makes what is not there, a backup brings it back",
    "53100": "the server's disk is full; what was written before is kept: make room, then run the command again",
    "53200": "the server is out of memory; run the command again later",
    "53300": "the server has no connection left; close some, or raise its max_connections",
    "55P03": "somebody holds a lock; run the command again when they are done",
    "57P": "the server is being stopped or started; run the command again when it is up",
}
_CODES = {
    3: "check the rights on the file and its folder",
    5: "another program holds it; run the command again when that is done",
    6: "another program holds it; run the command again when that is done",
    8: "the file or its folder may not be written; SQLite writes beside the file even to read it",
    10: "the disk failed to read or write; check it, then `svodka registry check`",
    11: "the file is damaged; restore the last backup with `svodka registry restore`",
    13: "the disk is full; what was written before is kept: make room, then run the command again",
    14: "the file cannot be opened; check that its folder is there and may be written",
    26: "this file is something else than an SQLite database; name another",
}
_WORDS = {
    "password authentication failed": _STATES["28"],
    "no password supplied": _STATES["28"],
    "no pg_hba.conf entry": "the server lets this user not in from here; ask its owner for a line in pg_hba.conf",
    "role": "check the user in the URL",
    "database": _STATES["3D000"],
    "starting up": _STATES["57P"],
    "shutting down": _STATES["57P"],
    "too many": _STATES["53300"],
    "certificate": "the server's certificate is not trusted; see sslrootcert in PostgreSQL's manual",
}
_UNREACHABLE = "check the host and port in the URL, and whether the server runs there"


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the same transaction, tried again, may succeed."""
    cause: Any = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & _PRIMARY in _PASSING_CODES
    state = getattr(cause, "sqlstate", None)
    return error.connection_invalidated or _is_unreached(cause) or (state or "").startswith(_PASSING_STATES)


def explain(error: SQLAlchemyError) -> str:
    """Say what happened and what to do; never the statement or its values."""
    cause: Any = getattr(error, "orig", None) or error
    what = " ".join(str(cause).split())
    advice = _advice(cause)
    return f"{what}; {advice}" if advice else what


def _advice(cause: Any) -> str | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _CODES.get(code & _PRIMARY)
    if _is_unreached(cause):
        said = str(cause).partition("FATAL:")[2]  # what a server says when it turns somebody away
        return next((advice for words, advice in _WORDS.items() if words in said), _UNREACHABLE)
    state = getattr(cause, "sqlstate", None) or ""
    return next((_STATES[state[:size]] for size in (5, 3, 2) if state[:size] in _STATES), None)


def _is_unreached(cause: Any) -> bool:
    """Tell whether psycopg failed before any server gave it a result."""
    return type(cause).__name__ in {"OperationalError", "ConnectionTimeout"} and (
        hasattr(cause, "pgresult") and cause.pgresult is None and not cause.sqlstate
    )
