"""The registry as flat tables, for a notebook and for the files that leave it.

    from pipeline.registry import registry_tables
    registry_tables("sqlite:///registry.db")["organizations"].sort_values("articles", ascending=False)

One table a kind of entity and of relation, a row for each that is held to be one (`id`, and every other `…_id`, is a
canonical id). Their columns hold what is believed: of a property that has one value at a time, the one that stands
best; of others all values, the best first, joined by "; ", their ids in the same order. To each row belong

    conflicts    the properties that have one value for good and of which more than one is told
    standing     0 to 1: how far the entity's name, or the relation, is believed (docs/registry-standing.md)
    review       accepted, when the keeper accepted some of it; else proposed
    articles     how many articles speak of it
    first_seen, last_seen    UTC, by the articles

and to a relation also `modality`: actual, planned, former, denied or hypothetical; its other columns hold what is told
in that modality. An occupancy's `from` and `to` are of the last of its `terms`, the stretches of time in that post: a
day, a longer period that it lies in, `../2024-05-20` where it is only known to be no later; none where nobody has said.
In table `terms` `from_known` and `to_known` say how: known, at the latest, seen (in the post on that day) or open.

`values` has every value of every property: `rank` 1 is the best, so many `statements` of so many `articles` say it.
`conflicts` has the sides of what cannot all be so; sides of one `number` belong together, none as of an earlier day.
`statements` has everything ever said, rejected and superseded statements too, with its quote: `entity_id` is canonical,
`own_id` the entity as the article knows it; `original` stands at start:stop of the article's text, the quote at
quote_start to quote_stop. `articles` are those articles, with the text of their current `revision`. `sources` are
their sites and how far each is trusted; `judgements` and `decisions` what people said of pairs of entities and of
claims.

Amounts are decimal strings in whole units, dates ISO 8601: a day, a month, a year, or an interval
`2024-07-01/2024-09-30`, `..` for an open end.
"""

from typing import TYPE_CHECKING

from pipeline.registry.database import open_database, reading
from pipeline.registry.handout._columns import COLUMNS
from pipeline.registry.handout._table_rows import Row, rows
from pipeline.registry.handout.stream import Wanted, stream

if TYPE_CHECKING:
    import pandas as pd


def registry_tables(url: str, *, as_of: str | None = None) -> "dict[str, pd.DataFrame]":
    """Give one DataFrame a table of `COLUMNS`, all of one state of the registry; `as_of`: what was believed that day.

    Raises RegistryError where there is no registry or it cannot be reached.
    """
    import pandas as pd  # noqa: PLC0415 - half of the command line's start, and only notebooks need it

    database = open_database(url)
    collected: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    try:
        with reading(database) as connection:
            for part in stream(connection, Wanted(as_of=as_of)):
                for name, row in rows(part):
                    collected[name].append(row)
    finally:
        database.engine.dispose()
    return {name: pd.DataFrame(found, columns=list(COLUMNS[name])) for name, found in collected.items()}
