"""A list into the registry: its rows accepted, an edited row in place of its own earlier content, lost rows found.

The newest file that was read counts. What the keeper decided on a row's claims since stays.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, exists, insert, literal, select, update

from pipeline.registry import schema
from pipeline.registry.database import Database, reading, write
from pipeline.registry.database.touched import Touched, touch
from pipeline.registry.keeper.lists.contributions import gone_contribution, row_contribution
from pipeline.registry.keeper.lists.rows import ListRow, check_rows
from pipeline.registry.keeper.lists.sheet import Refused, Sheet
from pipeline.registry.kinds import EntityKind, Origin, Status
from pipeline.registry.loading.contribution import Contribution
from pipeline.registry.loading.load import Loaded, begin_load, end_load, load_contribution
from pipeline.registry.resolve import SAME
from pipeline.registry.verdicts.decisions import pieces

_ROWS_AT_ONCE = 200  # a transaction
_STATEMENT, _ARTICLE, _REVISION = schema.statement.c, schema.article.c, schema.revision.c


@dataclass(frozen=True, slots=True)
class List:
    """A list as a file gives it: `name` is the same for its newer files; `kind` is of rows that do not say theirs."""

    name: str
    file: Path
    sheet: Sheet
    kind: EntityKind = EntityKind.ORGANIZATION

    def rows(self) -> tuple[ListRow | Refused, ...]:
        """Give its rows, checked."""
        return tuple(check_rows(self.sheet.rows, self.sheet.properties, self.kind))


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list: rows by outcome, refused rows, and the ids of rows that it has no longer."""

    outcomes: Counter[Loaded]
    refused: tuple[Refused, ...]
    gone: tuple[str, ...]


def examine(database: Database | None, given: List) -> Imported:
    """Tell what an import would find, writing nothing: outcomes are left empty; None is a registry not made yet."""
    rows = given.rows()
    if database is None:
        return Imported(Counter(), _refused(rows), ())
    with reading(database) as connection:
        return Imported(Counter(), _refused(rows), _gone(connection, given.name, rows))


def import_list(database: Database, given: List, *, now: str, complete: bool = False) -> Imported:
    """Load and accept the rows; `complete`: the rows that the file has no longer are superseded.

    A row that was refused is not taken for lost.
    """
    rows = given.rows()
    made = [row_contribution(row, given.name, str(given.file), now) for row in rows if isinstance(row, ListRow)]
    with reading(database) as connection:
        gone = _gone(connection, given.name, rows)
    if complete:
        made += [gone_contribution(row_id, given.name, str(given.file), now) for row_id in gone]
    load_seq = write(database, lambda connection: begin_load(connection, "import", now))
    outcomes: Counter[Loaded] = Counter()
    for some in pieces(made, _ROWS_AT_ONCE):
        outcomes.update(write(database, lambda connection, some=some: _load(connection, some, load_seq, now)))  # type: ignore[misc]
    counts = {str(outcome): count for outcome, count in outcomes.items()}
    write(database, lambda connection: end_load(connection, load_seq, counts, now))
    return Imported(outcomes, _refused(rows), gone)


def _refused(rows: Sequence[ListRow | Refused]) -> tuple[Refused, ...]:
    return tuple(row for row in rows if isinstance(row, Refused))


def _load(connection: Connection, some: Sequence[Contribution], load_seq: int, now: str) -> list[Loaded]:
    outcomes = []
    for made in some:
        outcome = load_contribution(connection, made, load_seq=load_seq, now=now)
        if outcome in {Loaded.NEW, Loaded.REVISED}:
            _accept(connection, made.revision_id, now)
        outcomes.append(outcome)
    _hold_same(connection, some, now)
    return outcomes


def _hold_same(connection: Connection, some: Sequence[Contribution], now: str) -> None:
    """Judge rows the same as the entities whose ids they have, as exported rows do; unless that was judged before."""
    entity, judgement = schema.entity.c, schema.judgement.c
    own = {str(made.about["title"]): made for made in some if made.drafts}
    kinds = {row.id: row.kind for row in connection.execute(select(entity.id, entity.kind).where(entity.id.in_(own)))}
    pairs = {
        (min(id_, draft.id), max(id_, draft.id)): own[id_]
        for id_, kind in kinds.items()
        if (draft := own[id_].drafts[0]).kind == kind
    }
    said = select(judgement.left_id, judgement.right_id).where(judgement.left_id.in_({left for left, _ in pairs}))
    new = pairs.keys() - {(left, right) for left, right in connection.execute(said)}
    rows = [
        {"left_id": left, "right_id": right, "verdict": SAME, "who": f"list {pairs[left, right].about['site']}",
         "at": now, "why": "the row has the entity's id"}
        for left, right in sorted(new)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(schema.judgement), rows)
        touch(connection, Touched.ENTITY, (id_ for pair in new for id_ in pair))


def _accept(connection: Connection, revision_id: str, now: str) -> None:
    """Accept what a row says, but for what the keeper decided on."""
    decided = exists().where(schema.decision.c.claim == _STATEMENT.claim)
    fresh = (_STATEMENT.revision_id == revision_id) & (_STATEMENT.status == Status.PROPOSED.value) & ~decided
    note = select(_STATEMENT.seq, literal(Status.ACCEPTED.value), literal(now)).where(fresh)
    connection.execute(insert(schema.change).from_select(["statement_seq", "status", "at"], note))
    connection.execute(update(schema.statement).where(fresh).values(status=Status.ACCEPTED.value))


def _gone(connection: Connection, list_name: str, rows: Sequence[ListRow | Refused]) -> tuple[str, ...]:
    """Find the rows of the list that still speak and are not in the file, not even refused."""
    says = exists().where(_STATEMENT.revision_id == _REVISION.id, _STATEMENT.status != Status.SUPERSEDED.value)
    query = (
        select(_REVISION.title)
        .join(schema.article, _ARTICLE.revision_id == _REVISION.id)
        .where(_ARTICLE.origin == Origin.LIST.value, _REVISION.site == list_name, says)
        .order_by(_REVISION.title)
    )
    here = {row.row_id for row in rows}
    return tuple(row_id for row_id in connection.execute(query).scalars() if row_id not in here)
