"""The registry's tables.

What was said, never changed once written:

    article ─┬─ revision ── statement ── entity     an article, each content it was seen with, what that says
             └─ lists and the keeper's corrections are articles too, of another origin

What people decided, only ever added to: `judgement` (two entities are the same, or different), `decision` (a claim is
accepted, rejected, corrected), `source` (how far a site is trusted).

What follows from these, kept for speed and rebuilt at will: `statement.status`, `entity.profile_id` and `canonical_id`,
`profile`, `block`, `pair`, `touched`, `card`, `term`. What happened when: `load`, `change`; what other registries were
told: `delivery`.

Ids are 16 letters of base32 (80 bits of SHA-256) of what they name, so that the same article gives the same ids in any
registry; `seq` numbers follow the order of writing and never leave the registry. Times are UTC, ISO 8601 with seconds
and `Z`, days ISO 8601. Text compares by code point on both databases (collation "C").
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s",
                       "fk": "fk_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)  # fmt: skip

_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
_SEQ = BigInteger().with_variant(Integer(), "sqlite")


def _required(name: str, *more: ForeignKey, primary_key: bool = False) -> Column[str]:
    return Column(name, _TEXT, *more, nullable=False, primary_key=primary_key)


def _optional(name: str, *more: ForeignKey) -> Column[str]:
    return Column(name, _TEXT, *more, nullable=True)


def _key(name: str = "id") -> Column[str]:
    return _required(name, primary_key=True)


def _seq() -> Column[int]:
    return Column("seq", _SEQ, primary_key=True, autoincrement=True)


# A command that wrote: `counts` is JSON.
load = Table(
    "load",
    metadata,
    _seq(),
    _required("command"),
    _required("started_at"),
    _optional("ended_at"),
    _optional("counts"),
)

article = Table(
    "article",
    metadata,
    _key(),
    _required("origin"),
    _optional("site"),
    _optional("url"),
    _optional("revision_id"),  # the current one: the greatest `rank`
)

# One content of an article. `id` is a hash of the article and of all that its record says but where and when it was
# read; `rank` orders the revisions of an article; `first_seen` and `last_seen` date what it says (README, "Time").
revision = Table(
    "revision",
    metadata,
    _key(),
    _required("article_id", ForeignKey("article.id")),
    _required("rank"),
    _optional("title"),
    _optional("url"),
    _optional("site"),
    _optional("site_name"),
    _optional("published_at"),
    _optional("modified_at"),
    _optional("fetched_at"),
    _optional("first_seen"),
    _optional("last_seen"),
    _required("text"),
    _required("text_sha256"),
    _required("paragraphs"),  # JSON: [[start, stop], …], as in the record
    _optional("file"),
    _required("loaded_at"),
    Column("load_seq", _SEQ, ForeignKey("load.seq"), nullable=False),
    Index(None, "article_id"),
    Index(None, "loaded_at"),
)

# An entity as one article knows it. `canonical_id` is the entity that it is held to be: itself, or another's id.
entity = Table(
    "entity",
    metadata,
    _key(),
    _required("kind"),
    _required("article_id", ForeignKey("article.id")),
    _required("name"),
    _required("rank"),  # of the revision that name and profile are of: the latest that has the entity
    _optional("first_seen"),
    _optional("profile_id"),
    _optional("canonical_id"),  # null: not resolved yet
    Index(None, "article_id"),
    Index(None, "profile_id"),
    Index(None, "canonical_id"),
)

# One thing that one revision says of an entity. `value` is text as PROPERTIES says; `value_id` is set when the value is
# an entity (then `value` is its name). `original` stands at start:stop of the revision's text; the quote is
# quote_start:quote_stop of it. `modality` is how the article puts it (FactStatus). `claim` is a hash of entity,
# property and value: the same claim of a re-extracted article, which decisions hold on to.
statement = Table(
    "statement",
    metadata,
    _seq(),
    _required("claim"),
    _required("revision_id", ForeignKey("revision.id")),
    _required("entity_id", ForeignKey("entity.id")),
    _required("property"),
    _required("value"),
    _optional("value_id", ForeignKey("entity.id")),
    _optional("original"),
    Column("start", Integer, nullable=True),
    Column("stop", Integer, nullable=True),
    Column("quote_start", Integer, nullable=True),
    Column("quote_stop", Integer, nullable=True),
    _required("modality"),
    _required("rule"),
    _required("version"),
    Column("confidence", Float, nullable=False),
    _required("status"),
    Index(None, "claim"),
    Index(None, "revision_id"),
    Index(None, "entity_id"),
    Index(None, "value_id"),
)

# A statement that got another status than `proposed`, and when.
change = Table(
    "change",
    metadata,
    _seq(),
    Column("statement_seq", _SEQ, ForeignKey("statement.seq"), nullable=False),
    _required("status"),
    _required("at"),
    Index(None, "at"),
    Index(None, "statement_seq"),
)

# A person's word that two entities are the same (`same`), not the same (`different`), or that an earlier word of
# theirs no longer counts (`open`). Of several about one pair the last counts; left_id < right_id. `apart`, where
# left_id = right_id: the entity is not what its profile makes it, and only judgements join it to others.
judgement = Table(
    "judgement",
    metadata,
    _seq(),
    _required("left_id", ForeignKey("entity.id")),
    _required("right_id", ForeignKey("entity.id")),
    _required("verdict"),
    _required("who"),
    _required("at"),
    _optional("why"),
    Index(None, "left_id"),
    Index(None, "right_id"),
    Index(None, "at"),
)

# A person's word on a claim: accepted, rejected, or proposed again. A correction is a rejection whose `instead` is the
# claim of the keeper's own statement. Of several about one claim the last counts. Rows of one `act` were decided
# together and are taken back together, by an act that `undoes` it.
decision = Table(
    "decision",
    metadata,
    _seq(),
    _required("claim"),
    _required("verdict"),
    _optional("instead"),
    _required("who"),
    _required("at"),
    _optional("why"),
    _required("act"),
    _optional("undoes"),
    Index(None, "claim"),
    Index(None, "at"),
    Index(None, "act"),
)

# How far a site is trusted, 0 to 1; of several rows about one site the last counts.
source = Table(
    "source",
    metadata,
    _seq(),
    _required("site"),
    Column("weight", Float, nullable=False),
    _required("who"),
    _required("at"),
    _optional("why"),
    Index(None, "site"),
)

# What an entity's article knows that matters for identity; entities with equal profiles share one row. Posts and
# relations have none: their `entity.profile_id` is a hash of their canonical ends. `canonical_id` is null while no
# entity has the profile.
profile = Table(
    "profile",
    metadata,
    _key(),
    _required("kind"),
    _required("features"),  # JSON, as registry.identity writes it
    Column("compared", Boolean, nullable=False),
    _optional("canonical_id"),
    Index(None, "compared"),
    Index(None, "canonical_id"),
)

# Profiles that share a key are compared. Keys that open with `body:` name organizations: those that have the name, and
# persons who hold posts under it.
block = Table(
    "block",
    metadata,
    _required("key", primary_key=True),
    _required("profile_id", ForeignKey("profile.id"), primary_key=True),
)

# The outcome of a comparison that was not `different`; left_id < right_id, profiles' ids.
pair = Table(
    "pair",
    metadata,
    _required("left_id", ForeignKey("profile.id"), primary_key=True),
    _required("right_id", ForeignKey("profile.id"), primary_key=True),
    _required("outcome"),
    Column("score", Float, nullable=False),
    _required("reasons"),  # JSON: a list of words
    Index(None, "right_id"),
)

# What has changed since identity was last resolved: `what` is what `database.touched` lists. Only ever added to,
# and emptied by the resolving that took it in.
touched = Table(
    "touched",
    metadata,
    _seq(),
    _required("what"),
    _required("id"),
)

# A canonical entity for lists and search: its best name, and how many articles speak of it.
card = Table(
    "card",
    metadata,
    _key(),
    _required("kind"),
    _required("name"),
    _optional("region"),
    Column("articles", Integer, nullable=False),
    _optional("first_seen"),
    _optional("last_seen"),
    Index(None, "kind", "articles"),
)

# The words of a card's names as search looks them up, with the card's `articles` for the order.
term = Table(
    "term",
    metadata,
    _required("term", primary_key=True),
    Column("articles", Integer, nullable=False),
    _required("card_id", ForeignKey("card.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_term_ranked", "term", "articles", "card_id"),
    Index(None, "card_id"),
)

# The last that an endpoint was told of a statement, and what it said to that: `outcome` is `sending` (it may have got
# there), `taken` or `refused`. `status`, `entity_id` and `value_id` (canonical) are as they were told; `turn` counts
# what it was told of the statement, `tries` the refusals of this turn.
delivery = Table(
    "delivery",
    metadata,
    _required("endpoint", primary_key=True),
    Column("statement_seq", _SEQ, ForeignKey("statement.seq"), primary_key=True, autoincrement=False),
    _required("op"),
    _required("status"),
    _required("entity_id"),
    _optional("value_id"),
    Column("turn", Integer, nullable=False),
    _required("outcome"),
    Column("tries", Integer, nullable=False),
    _optional("reason"),
    _required("at"),
    Index(None, "statement_seq"),
)
