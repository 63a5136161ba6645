"""What is current is the latest, what is not is superseded, and statuses are what people last decided."""

from sqlalchemy import Connection, and_, func, literal, or_, select

from pipeline.registry import schema
from pipeline.registry.kinds import Origin, Status
from pipeline.registry.upkeep.check._rule import Found, Rule, rows

_ARTICLE, _REVISION, _STATEMENT = schema.article.c, schema.revision.c, schema.statement.c
_DECISION, _CHANGE = schema.decision.c, schema.change.c
_LATER = schema.revision.alias("later")


def _uncurrent(connection: Connection) -> Found:
    current = and_(_REVISION.id == _ARTICLE.revision_id, _REVISION.article_id == _ARTICLE.id)
    query = select(_ARTICLE.id, _ARTICLE.revision_id).outerjoin(schema.revision, current).where(_REVISION.id.is_(None))
    for row in rows(connection, query):
        what = "no current revision" if row.revision_id is None else f"revision {row.revision_id} is none of its own"
        yield f"article {row.id}", what
    later = and_(_LATER.c.article_id == _ARTICLE.id, _LATER.c.rank > _REVISION.rank)
    query = select(_ARTICLE.id, _LATER.c.id.label("later")).join(schema.revision, current).join(_LATER, later)
    for row in rows(connection, query):
        yield f"article {row.id}", f"revision {row.later} is later than its current one"


def _missuperseded(connection: Connection) -> Found:
    is_current = _ARTICLE.revision_id == _STATEMENT.revision_id
    query = (
        select(_STATEMENT.seq, _STATEMENT.status, _STATEMENT.revision_id)
        .join(schema.revision, _REVISION.id == _STATEMENT.revision_id)
        .join(schema.article, _ARTICLE.id == _REVISION.article_id)
    )
    superseded = _STATEMENT.status == Status.SUPERSEDED
    for row in rows(connection, query.where(is_current, superseded)):
        yield f"statement {row.seq}", f"superseded, though {row.revision_id} is current"
    for row in rows(connection, query.where(is_current.is_not(True), ~superseded)):
        yield f"statement {row.seq}", f"{row.status}, though {row.revision_id} is not current"


def _undecided(connection: Connection) -> Found:
    last = select(_DECISION.claim, func.max(_DECISION.seq).label("seq")).group_by(_DECISION.claim).subquery()
    wanted = func.coalesce(_DECISION.verdict, Status.PROPOSED.value)
    by_list = and_(_ARTICLE.origin == Origin.LIST, _DECISION.seq.is_(None), _STATEMENT.status == Status.ACCEPTED)
    query = (
        select(_STATEMENT.seq, _STATEMENT.status, wanted.label("wanted"))
        .join(schema.revision, _REVISION.id == _STATEMENT.revision_id)
        .join(schema.article, _ARTICLE.id == _REVISION.article_id)
        .outerjoin(last, last.c.claim == _STATEMENT.claim)
        .outerjoin(schema.decision, _DECISION.seq == last.c.seq)
        .where(_STATEMENT.status != Status.SUPERSEDED, _STATEMENT.status != wanted, by_list.is_not(True))
    )
    for row in rows(connection, query):
        yield f"statement {row.seq}", f"{row.status}, though the last decision makes it {row.wanted}"


def _unnoted(connection: Connection) -> Found:
    last = select(_CHANGE.statement_seq, func.max(_CHANGE.seq).label("seq")).group_by(_CHANGE.statement_seq).subquery()
    noted = func.coalesce(_CHANGE.status, Status.PROPOSED.value)
    query = (
        select(_STATEMENT.seq, _STATEMENT.status, noted.label("noted"))
        .outerjoin(last, last.c.statement_seq == _STATEMENT.seq)
        .outerjoin(schema.change, _CHANGE.seq == last.c.seq)
        .where(noted != _STATEMENT.status)
    )
    for row in rows(connection, query):
        yield f"statement {row.seq}", f"{row.status}, though it was last noted as {row.noted}"


def _doubled(connection: Connection) -> Found:
    what = (_STATEMENT.revision_id, _STATEMENT.claim, _STATEMENT.start, _STATEMENT.stop)
    times = func.count()
    query = select(*what, times.label("times"), func.max(_STATEMENT.seq).label("seq")).group_by(*what)
    for row in rows(connection, query.having(times > literal(1))):
        yield f"statement {row.seq}", f"stands {row.times} times in revision {row.revision_id}"


def _unended(connection: Connection) -> Found:
    query = select(_DECISION.seq, _DECISION.claim, _DECISION.instead)
    known = select(_STATEMENT.claim)
    strange = or_(_DECISION.claim.not_in(known), and_(_DECISION.instead.is_not(None), _DECISION.instead.not_in(known)))
    for row in rows(connection, query.where(strange)):
        yield f"decision {row.seq}", f"claim {row.claim}{f' or {row.instead}' if row.instead else ''}: no such claim"


HISTORY = (
    Rule("current", "an article's current revision is its own and the latest", _uncurrent),
    Rule("superseded", "exactly the statements of revisions that are not current are superseded", _missuperseded),
    Rule("decided", "a statement has the status of the last decision on its claim", _undecided),
    Rule("noted", "each change of a status was noted", _unnoted),
    Rule("doubled", "a revision says a thing in one place once", _doubled),
    Rule("decisions", "a decision is on a claim that is there", _unended),
)
