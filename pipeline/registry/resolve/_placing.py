"""Of many articles at once: which of their profiles are one, before anything that follows from it.

A name that is often in the news is in every batch of articles; its profiles would be clustered with each of them. Here
all are clustered once, in one transaction; their articles are noted as placed, and what follows is worked out batch by
batch. Articles beyond, whose profiles have got another canonical id thereby, are noted too.

What it holds in memory is bounded by the profiles of these articles and those that these may hang together with, and
the comparisons among them; not by entities or statements, of which names in the news bring ever more to the same
profiles. 21,317 articles with 782,949 statements, 321,661 entities, 70,090 profiles and 108,336 comparisons took 104
MiB on top of the 414 MiB that comparing had left in use: about 1.5 KiB a profile.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from pipeline.registry import schema
from pipeline.registry.database import lock
from pipeline.registry.database.chunks import chunks, rows_in
from pipeline.registry.database.touched import Touched, touch
from pipeline.registry.kinds import PROFILED, EntityKind
from pipeline.registry.resolve._judged import Judged, read_judged
from pipeline.registry.resolve._named import holders, settle_profiles

_ENTITY, _TOUCHED = schema.entity.c, schema.touched.c


def place_profiles(connection: Connection, *, beyond: int) -> None:
    """Cluster the profiles of all articles noted, where they are more than so many."""
    lock(connection)
    query = select(_TOUCHED.seq, _TOUCHED.id).where(_TOUCHED.what == Touched.ARTICLE)
    notes = connection.execute(query).all()
    articles = {note.id for note in notes}
    if len(articles) <= beyond:
        return
    judged = read_judged(connection)
    news = _place(connection, judged, articles)
    moving = rows_in(connection, select(_ENTITY.article_id).distinct(), _ENTITY.profile_id, news)
    touch(connection, Touched.PLACED, {row.article_id for row in moving} - articles)
    for some in chunks(note.seq for note in notes):
        placed = update(schema.touched).where(_TOUCHED.seq.in_(some))
        connection.execute(placed.values(what=Touched.PLACED.value))


def _place(connection: Connection, judged: Judged, articles: Iterable[str]) -> set[str]:
    """Give the profiles that have got another canonical id; entities judged are left to the batches."""
    query = select(_ENTITY.profile_id, _ENTITY.kind).distinct()
    query = query.where(_ENTITY.kind.in_(sorted(PROFILED)), _ENTITY.profile_id.is_not(None))
    kinds = {row.profile_id: row.kind for row in rows_in(connection, query, _ENTITY.article_id, articles)}
    persons = {one for one, kind in kinds.items() if kind == EntityKind.PERSON}
    first = settle_profiles(connection, judged, kinds.keys() - persons)
    second = settle_profiles(connection, judged, persons | holders(connection, first.news))
    touch(connection, Touched.ENTITY, judged.entities(first.canonical | second.canonical))
    return first.news | second.news
