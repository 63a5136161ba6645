"""What a person types leads to what they mean, by an index."""

import json

import pytest
from sqlalchemy import event, insert, select, text

from pipeline.registry import schema
from pipeline.registry.database import learn, reading, write
from pipeline.registry.keeper.lists.contributions import row_contribution
from pipeline.registry.keeper.lists.rows import ListRow, ListValue
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading.load import begin_load, load_contribution
from pipeline.registry.resolve import resolve
from pipeline.registry.resolve.search import search
from tests.pipeline.registry.stories import NOW, on, tell

MINISTRY = "министерство экономики Ольского края"


@pytest.fixture
def registry(database):
    tell(
        database,
        on("2024-03-01").organization(MINISTRY, kind="government", region="Ольский край").place("Орёл"),
        on("2024-03-02").organization("ООО «Кварцпром»", identifiers={"inn": "7707083893"}).person("Анна Берёзкина"),
        on("2024-03-03").person("Анна Берёзкина").person("Анна Седова").place("Ольский край", kind="region"),
        on("2024-03-04").holds("Олег Седов", "губернатор", "Ольский край").organization("Yota Lab"),
        on("2024-03-05").cluster("Кварцевый кластер"),
    )
    resolve(database)
    return database


def names(database, query, **options):
    with reading(database) as connection:
        return [found.name for found in search(connection, query, **options)]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("министерство экономики ольского края", MINISTRY),
        ("МИНИСТЕРСТВА ЭКОНОМИКИ", MINISTRY),
        ("экономики министерству", MINISTRY),
        ("министерство эконом", MINISTRY),
        ("минестерство экономики", MINISTRY),
        ("орел", "Орёл"),
        ("в Орле", "Орёл"),
        ("кварцпром", "ООО «Кварцпром»"),
        ('"Кварцпрома"', "ООО «Кварцпром»"),
        ("kvartsprom", "ООО «Кварцпром»"),
        ("кварцпрмо", "ООО «Кварцпром»"),
        ("вкарцпром", "ООО «Кварцпром»"),
        ("7707083893", "ООО «Кварцпром»"),
        ("770 708 3893", "ООО «Кварцпром»"),
        ("березкиной", "Анна Берёзкина"),
        ("Анне Берёзкиной", "Анна Берёзкина"),
        ("бирёзкина", "Анна Берёзкина"),
        ("йота лаб", "Yota Lab"),
        ("губернатора Ольского края", "губернатор — Ольский край"),
    ],
)
def test_found(registry, query, name):
    assert names(registry, query)[:1] == [name]


def test_the_better_known_comes_first(registry):
    assert names(registry, "анна") == ["Анна Берёзкина", "Анна Седова"]
    assert names(registry, "ольского края", kind=EntityKind.PLACE) == ["Ольский край"]
    assert len(names(registry, "анна", limit=1)) == 1


@pytest.mark.parametrize(
    "query", ["", "  ", "«»", "%", "_", "\\", "'; DROP TABLE card; --", "\0", "ы" * 1_000_000, "неттакого"]
)
def test_nothing_is_found(registry, query):
    assert names(registry, query) == []


def test_old_ids_lead_on(registry):
    with reading(registry) as connection:
        query = select(schema.entity.c.id).where(schema.entity.c.name == "Анна Берёзкина")
        one, other = connection.execute(query.order_by(schema.entity.c.first_seen)).scalars()
        assert [found.id for found in search(connection, other)] == [one]


def test_a_list_is_found_by_its_number(database):
    values = (ListValue("external_id", "КЛ-017", "КЛ-017"), ListValue("name", "кластер «Вега»", "кластер «Вега»"))
    made = row_contribution(ListRow(2, "КЛ-017", EntityKind.CLUSTER, "кластер «Вега»", values), "list", "list.csv", NOW)

    def work(connection):
        load_contribution(connection, made, load_seq=begin_load(connection, "import", NOW), now=NOW)

    write(database, work)
    resolve(database)
    assert names(database, "кл-017") == ["кластер «Вега»"]


@pytest.mark.parametrize("query", ["министерства экономики", "эконом", "минестерство экономики", "анна березкина"])
def test_every_query_goes_by_an_index(registry, query):
    """No query of a search reads a table from its beginning to its end."""
    asked = []
    with reading(registry) as connection:
        postgres = connection.dialect.name == "postgresql"
        if postgres:  # so small a table would be read whole
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        listening = lambda _, __, statement, parameters, ___, ____: asked.append((statement, parameters))  # noqa: E731
        event.listen(connection, "before_cursor_execute", listening)
        search(connection, query)
        event.remove(connection, "before_cursor_execute", listening)
        plans = [plan_of(connection, *one) for one in asked]
    assert plans
    for plan in plans:
        assert "Seq Scan" not in plan
        assert "SCAN " not in plan.replace("SCAN (subquery", "").replace("SCAN anon", "")
    assert any("ix_term_ranked" in plan or "pk_term" in plan or "sqlite_autoindex_term" in plan for plan in plans)


@pytest.fixture
def many_cards(database):
    """So many cards that a database would rather read a table whole than look up what is common in it."""
    kinds = (EntityKind.ORGANIZATION, EntityKind.PERSON)
    cards = [
        {"id": f"card-{number}", "kind": kinds[number % 2], "name": f"завод {number}", "articles": number % 97}
        for number in range(20_000)
    ]
    terms = [
        {"term": term, "articles": card["articles"], "card_id": card["id"]}
        for number, card in enumerate(cards)
        for term in ("завод", "~завот", "южный" if number % 3 else "северный", f"номер{number}")
    ]

    def work(connection):
        connection.execute(insert(schema.card), cards)
        connection.execute(insert(schema.term), terms)

    write(database, work)
    learn(database)
    return database


@pytest.mark.parametrize("query", ["завод южный", "завод северный", "южный заво", "завод номер77"])
@pytest.mark.parametrize("kind", [None, EntityKind.PERSON])
def test_several_common_words_go_by_an_index_too(many_cards, query, kind):
    """By the database's own choice: nothing is forbidden to it."""
    asked = []
    with reading(many_cards) as connection:
        listening = lambda _, __, statement, parameters, ___, ____: asked.append((statement, parameters))  # noqa: E731
        event.listen(connection, "before_cursor_execute", listening)
        found = search(connection, query, kind=kind)
        event.remove(connection, "before_cursor_execute", listening)
        plans = [plan_of(connection, *one) for one in asked]
    assert found
    for plan in plans:
        assert "Seq Scan on card" not in plan
        assert "Seq Scan on term" not in plan
        assert "SCAN card" not in plan
        assert "SCAN term" not in plan
        assert "SCAN other" not in plan


def plan_of(connection, statement, parameters):
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
    return "\n".join(json.dumps(list(row), ensure_ascii=False, default=str) for row in rows)
