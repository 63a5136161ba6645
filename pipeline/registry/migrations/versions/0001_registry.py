"""The registry's first tables. Written by .ci/migration.py; frozen once a registry is in use."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# fmt: off

def _article() -> None:
    op.create_table("article",
        sa.Column("id", TEXT, nullable=False), sa.Column("origin", TEXT, nullable=False),
        sa.Column("site", TEXT, nullable=True), sa.Column("url", TEXT, nullable=True),
        sa.Column("revision_id", TEXT, nullable=True), sa.PrimaryKeyConstraint("id", name=op.f("pk_article"))
    )


def _card() -> None:
    op.create_table("card",
        sa.Column("id", TEXT, nullable=False), sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False), sa.Column("region", TEXT, nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False), sa.Column("first_seen", TEXT, nullable=True),
        sa.Column("last_seen", TEXT, nullable=True), sa.PrimaryKeyConstraint("id", name=op.f("pk_card"))
    )
    op.create_index(op.f("ix_card_kind_articles"), "card", ["kind", "articles"], unique=False)


def _decision() -> None:
    op.create_table("decision",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("claim", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False), sa.Column("instead", TEXT, nullable=True),
        sa.Column("who", TEXT, nullable=False), sa.Column("at", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=True), sa.Column("act", TEXT, nullable=False),
        sa.Column("undoes", TEXT, nullable=True), sa.PrimaryKeyConstraint("seq", name=op.f("pk_decision"))
    )
    op.create_index(op.f("ix_decision_act"), "decision", ["act"], unique=False)
    op.create_index(op.f("ix_decision_at"), "decision", ["at"], unique=False)
    op.create_index(op.f("ix_decision_claim"), "decision", ["claim"], unique=False)


def _load() -> None:
    op.create_table("load",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("command", TEXT, nullable=False),
        sa.Column("started_at", TEXT, nullable=False), sa.Column("ended_at", TEXT, nullable=True),
        sa.Column("counts", TEXT, nullable=True), sa.PrimaryKeyConstraint("seq", name=op.f("pk_load"))
    )


def _profile() -> None:
    op.create_table("profile",
        sa.Column("id", TEXT, nullable=False), sa.Column("kind", TEXT, nullable=False),
        sa.Column("features", TEXT, nullable=False), sa.Column("compared", sa.Boolean(), nullable=False),
        sa.Column("canonical_id", TEXT, nullable=True), sa.PrimaryKeyConstraint("id", name=op.f("pk_profile"))
    )
    op.create_index(op.f("ix_profile_canonical_id"), "profile", ["canonical_id"], unique=False)
    op.create_index(op.f("ix_profile_compared"), "profile", ["compared"], unique=False)


def _source() -> None:
    op.create_table("source",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("site", TEXT, nullable=False),
        sa.Column("weight", sa.Float(), nullable=False), sa.Column("who", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False), sa.Column("why", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_source"))
    )
    op.create_index(op.f("ix_source_site"), "source", ["site"], unique=False)


def _touched() -> None:
    op.create_table("touched",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("what", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False), sa.PrimaryKeyConstraint("seq", name=op.f("pk_touched"))
    )


def _block() -> None:
    op.create_table("block",
        sa.Column("key", TEXT, nullable=False), sa.Column("profile_id", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_block_profile_id")),
        sa.PrimaryKeyConstraint("key", "profile_id", name=op.f("pk_block"))
    )


def _entity() -> None:
    op.create_table("entity",
        sa.Column("id", TEXT, nullable=False), sa.Column("kind", TEXT, nullable=False),
        sa.Column("article_id", TEXT, nullable=False), sa.Column("name", TEXT, nullable=False),
        sa.Column("rank", TEXT, nullable=False), sa.Column("first_seen", TEXT, nullable=True),
        sa.Column("profile_id", TEXT, nullable=True), sa.Column("canonical_id", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_entity_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity"))
    )
    op.create_index(op.f("ix_entity_article_id"), "entity", ["article_id"], unique=False)
    op.create_index(op.f("ix_entity_canonical_id"), "entity", ["canonical_id"], unique=False)
    op.create_index(op.f("ix_entity_profile_id"), "entity", ["profile_id"], unique=False)


def _pair() -> None:
    op.create_table("pair",
        sa.Column("left_id", TEXT, nullable=False), sa.Column("right_id", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False), sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["left_id"], ["profile.id"], name=op.f("fk_pair_left_id")),
        sa.ForeignKeyConstraint(["right_id"], ["profile.id"], name=op.f("fk_pair_right_id")),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_pair"))
    )
    op.create_index(op.f("ix_pair_right_id"), "pair", ["right_id"], unique=False)


def _revision() -> None:
    op.create_table("revision",
        sa.Column("id", TEXT, nullable=False), sa.Column("article_id", TEXT, nullable=False),
        sa.Column("rank", TEXT, nullable=False), sa.Column("title", TEXT, nullable=True),
        sa.Column("url", TEXT, nullable=True), sa.Column("site", TEXT, nullable=True),
        sa.Column("site_name", TEXT, nullable=True), sa.Column("published_at", TEXT, nullable=True),
        sa.Column("modified_at", TEXT, nullable=True), sa.Column("fetched_at", TEXT, nullable=True),
        sa.Column("first_seen", TEXT, nullable=True), sa.Column("last_seen", TEXT, nullable=True),
        sa.Column("text", TEXT, nullable=False), sa.Column("text_sha256", TEXT, nullable=False),
        sa.Column("paragraphs", TEXT, nullable=False), sa.Column("file", TEXT, nullable=True),
        sa.Column("loaded_at", TEXT, nullable=False), sa.Column("load_seq", SEQ, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revision_article_id")),
        sa.ForeignKeyConstraint(["load_seq"], ["load.seq"], name=op.f("fk_revision_load_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision"))
    )
    op.create_index(op.f("ix_revision_article_id"), "revision", ["article_id"], unique=False)
    op.create_index(op.f("ix_revision_loaded_at"), "revision", ["loaded_at"], unique=False)


def _term() -> None:
    op.create_table("term",
        sa.Column("term", TEXT, nullable=False), sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("card_id", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_term_card_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term", "card_id", name=op.f("pk_term"))
    )
    op.create_index(op.f("ix_term_card_id"), "term", ["card_id"], unique=False)
    op.create_index("ix_term_ranked", "term", ["term", "articles", "card_id"], unique=False)


def _judgement() -> None:
    op.create_table("judgement",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("left_id", TEXT, nullable=False),
        sa.Column("right_id", TEXT, nullable=False), sa.Column("verdict", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False), sa.Column("at", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["left_id"], ["entity.id"], name=op.f("fk_judgement_left_id")),
        sa.ForeignKeyConstraint(["right_id"], ["entity.id"], name=op.f("fk_judgement_right_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_judgement"))
    )
    op.create_index(op.f("ix_judgement_at"), "judgement", ["at"], unique=False)
    op.create_index(op.f("ix_judgement_left_id"), "judgement", ["left_id"], unique=False)
    op.create_index(op.f("ix_judgement_right_id"), "judgement", ["right_id"], unique=False)


def _statement() -> None:
    op.create_table("statement",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("claim", TEXT, nullable=False),
        sa.Column("revision_id", TEXT, nullable=False), sa.Column("entity_id", TEXT, nullable=False),
        sa.Column("property", TEXT, nullable=False), sa.Column("value", TEXT, nullable=False),
        sa.Column("value_id", TEXT, nullable=True), sa.Column("original", TEXT, nullable=True),
        sa.Column("start", sa.Integer(), nullable=True), sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True), sa.Column("quote_stop", sa.Integer(), nullable=True),
        sa.Column("modality", TEXT, nullable=False), sa.Column("rule", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False), sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_statement_entity_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_statement_revision_id")),
        sa.ForeignKeyConstraint(["value_id"], ["entity.id"], name=op.f("fk_statement_value_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_statement"))
    )
    op.create_index(op.f("ix_statement_claim"), "statement", ["claim"], unique=False)
    op.create_index(op.f("ix_statement_entity_id"), "statement", ["entity_id"], unique=False)
    op.create_index(op.f("ix_statement_revision_id"), "statement", ["revision_id"], unique=False)
    op.create_index(op.f("ix_statement_value_id"), "statement", ["value_id"], unique=False)


def _change() -> None:
    op.create_table("change",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False), sa.Column("statement_seq", SEQ, nullable=False),
        sa.Column("status", TEXT, nullable=False), sa.Column("at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["statement_seq"], ["statement.seq"], name=op.f("fk_change_statement_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change"))
    )
    op.create_index(op.f("ix_change_at"), "change", ["at"], unique=False)
    op.create_index(op.f("ix_change_statement_seq"), "change", ["statement_seq"], unique=False)


def _delivery() -> None:
    op.create_table("delivery",
        sa.Column("endpoint", TEXT, nullable=False),
        sa.Column("statement_seq", SEQ, autoincrement=False, nullable=False), sa.Column("op", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False), sa.Column("entity_id", TEXT, nullable=False),
        sa.Column("value_id", TEXT, nullable=True), sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("outcome", TEXT, nullable=False), sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT, nullable=True), sa.Column("at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["statement_seq"], ["statement.seq"], name=op.f("fk_delivery_statement_seq")),
        sa.PrimaryKeyConstraint("endpoint", "statement_seq", name=op.f("pk_delivery"))
    )
    op.create_index(op.f("ix_delivery_statement_seq"), "delivery", ["statement_seq"], unique=False)


def upgrade() -> None:
    """Make the tables."""
    _article()
    _card()
    _decision()
    _load()
    _profile()
    _source()
    _touched()
    _block()
    _entity()
    _pair()
    _revision()
    _term()
    _judgement()
    _statement()
    _change()
    _delivery()
