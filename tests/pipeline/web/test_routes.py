"""What is asked of a registry and told to it, through the pages; on both databases where they may differ."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from pipeline.registry import schema
from pipeline.registry.belief.conflicts import conflicts
from pipeline.registry.database import open_database, reading
from pipeline.registry.keeper.questions import Side, UndecidedPair
from pipeline.registry.keeper.queue import Matter
from pipeline.registry.kinds import EntityKind
from pipeline.registry.resolve import resolve
from pipeline.web._remembered import RememberedConflicts
from tests.pipeline.records import a_record
from tests.pipeline.registry.test_load import load
from tests.pipeline.web.conftest import client_of, post

SQL = "'; DROP TABLE statement; --"


@pytest.fixture
def both(registry_url):
    """A small registry, on each database in turn."""
    opened = open_database(registry_url, create=True)
    load(opened, a_record())
    load(opened, a_record("a2"))
    resolve(opened)
    yield opened
    opened.engine.dispose()


def an_id(database, kind, article="a1"):
    entity = schema.entity.c
    with reading(database) as connection:
        query = select(func.coalesce(entity.canonical_id, entity.id))
        return connection.execute(query.where(entity.kind == kind, entity.article_id == article)).scalar()


def statuses(database, prop):
    statement = schema.statement.c
    with reading(database) as connection:
        query = select(statement.status).where(statement.property == prop).order_by(statement.seq)
        return set(connection.execute(query).scalars())


def counts(database):
    with reading(database) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in schema.metadata.sorted_tables
        }


def claims_in(text, value):
    """The claims in the form that decides on a value."""
    row = text[text.index(value) :]
    return re.search(r'name="claims" value="([^"]+)"', row)[1]


def test_a_card_and_its_article(both):
    client = client_of(both)
    card = client.get(f"/entity/{an_id(both, 'organization')}")
    assert card.status_code == 200
    assert "фонд «Исток»" in card.text
    assert "7707083893" in card.text
    link = re.search(r'href="(/article/a1[^"]+)"', card.text)[1].replace("&amp;", "&")
    article = client.get(link)
    assert article.status_code == 200
    assert 'id="said"' in article.text


def test_the_keeper_accepts_and_takes_it_back(both):
    client = client_of(both)
    address = f"/entity/{an_id(both, 'organization')}"
    claims = claims_in(client.get(address).text, "7707083893</span>")
    answer = post(client, "/decide", {"claims": claims, "verdict": "accepted", "next": address})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{address}?done=accepted&act=")
    assert statuses(both, "inn") == {"accepted"}
    page = client.get(answer.headers["location"])
    assert "Принято." in page.text
    act = re.search(r'name="act" value="([0-9a-f]+)"', page.text)[1]
    assert post(client, "/undo", {"act": act, "next": address}).status_code == 303
    assert statuses(both, "inn") == {"proposed"}


def test_the_keeper_corrects(both):
    client = client_of(both)
    address = f"/entity/{an_id(both, 'organization')}"
    claims = claims_in(client.get(address).text, "7707083893</span>")
    form = {"claims": claims, "verdict": "correct", "value": "7707083893", "next": address}
    assert post(client, "/decide", form).status_code == 409
    refused = post(client, "/decide", form | {"value": "7707083894"})
    assert refused.status_code == 409
    assert "Ничего не изменено" in refused.text
    assert post(client, "/decide", form | {"value": "7736050003", "why": "выписка"}).status_code == 303
    text = client.get(address).text
    assert "7736050003" in text
    assert "выписка" in text
    assert re.search(r'class="row rejected">.*?7707083893', text, re.DOTALL)


@pytest.mark.parametrize(
    "form", [{}, {"claims": "x"}, {"claims": "x", "verdict": "deleted"}, {"claims": " ", "verdict": "accepted"}]
)
def test_half_a_decision_is_none(both, form):
    before = counts(both)
    assert post(client_of(both), "/decide", form).status_code == 400
    assert counts(both) == before


@pytest.mark.parametrize("claim", ["nope", SQL, "x" * 5000, "\x00", "\N{SNOWMAN}"])
def test_a_claim_that_is_not_there(both, claim):
    before = counts(both)
    answer = post(client_of(both), "/decide", {"claims": claim, "verdict": "accepted"})
    assert answer.status_code in {400, 409}
    assert counts(both) == before
    assert post(client_of(both), "/undo", {"act": claim}).status_code in {400, 409}
    assert counts(both) == before


@pytest.mark.parametrize("asked", [SQL, "%00", "%ff", "x" * 3000, "<script>", "%", "_", "\N{SNOWMAN}", "' OR 1=1"])
def test_asking_for_anything_does_no_harm(both, asked):
    client = client_of(both)
    before = counts(both)
    some = an_id(both, "organization")
    for address in (f"/entity/{asked}", f"/article/{asked}", f"/article/a1?revision={asked}", f"/nowhere?q={asked}"):
        assert client.get(address).status_code == 404, address
    for address in (
        f"/entity/{some}?as_of={asked}",
        f"/entity/{some}/history?prop={asked}&page={asked}",
        f"/article/a1?statement={asked}",
        f"/search?q={asked}&kind={asked}&page={asked}",
        f"/review?matter={asked}&first={asked}",
        f"/review?entity={asked}",
        f"/changes?since={asked}",
        f"/conflicts?kind={asked}&page={asked}",
    ):
        answer = client.get(address)
        assert answer.status_code in {200, 400}, address
        assert "<script>alert" not in answer.text
    assert counts(both) == before


def test_asking_changes_nothing(both):
    client = client_of(both)
    before = counts(both)
    some = an_id(both, "organization")
    for address in ("/", f"/entity/{some}", f"/entity/{some}/history", "/article/a1", "/login", "/search?q=x",
                    "/review", "/review/list", "/changes", "/conflicts"):  # fmt: skip
        assert client.get(address).status_code in {200, 303}, address
    assert counts(both) == before


def test_a_day_is_a_day(both):
    client = client_of(both)
    address = f"/entity/{an_id(both, 'organization')}"
    assert "по состоянию на" in client.get(f"{address}?as_of=2024-03-06").text
    assert "На эту дату ничего не известно" in client.get(f"{address}?as_of=2001-01-01").text
    for wrong in ("2024-02-31", "yesterday", "2024", "0000-00-00"):
        assert client.get(f"{address}?as_of={wrong}").status_code == 400


def test_an_earlier_content_of_an_article_is_there_and_says_so(both):
    later = replace(a_record().article, modified_at="2024-03-08", title="Другой заголовок")
    load(both, replace(a_record(), article=later), now="2024-03-08T00:00:00Z")
    client = client_of(both)
    text = client.get("/article/a1").text
    assert "Другой заголовок" in text
    earlier = next(found for found in re.findall(r'href="/article/a1\?revision=([a-z0-9]+)"', text))
    assert "прежняя редакция" in client.get(f"/article/a1?revision={earlier}").text


# The queue.


def test_the_queue_one_by_one(both):
    client = client_of(both)
    text = client.get("/review?matter=holder").text
    assert "Анна Берёзкина — директор" in text
    assert "<mark>" in text
    assert 'data-key="a"' in text
    answer = post(client, "/decide", {"claims": whole(text), "verdict": "accepted", "next": "/review?matter=holder"})
    assert answer.status_code == 303
    assert statuses(both, "holder") == {"accepted"}
    text = client.get(answer.headers["location"]).text
    assert "Принято." in text
    assert "сегодня 1\xa0решение" in text
    act = re.search(r'name="act" value="([0-9a-f]+)"', text)[1]
    post(client, "/undo", {"act": act})
    assert statuses(both, "holder") == {"proposed"}
    post(client, "/decide", {"claims": whole(client.get("/review?matter=holder").text), "verdict": "rejected"})
    assert statuses(both, "holder") == {"rejected"}


def whole(text):
    """The claims of the question as a whole."""
    return re.search(r'id="whole">.*?name="claims" value="([^"]+)"', text, re.DOTALL)[1]


def test_a_question_may_be_put_off(both):
    client = client_of(both)
    first = client.get("/review").text
    keys = re.search(r'name="keys" value="([^"]+)"', first)[1]
    assert post(client, "/review/skip", {"keys": keys, "next": "/review"}).status_code == 303
    second = client.get("/review").text
    assert whole(second) != whole(first)
    assert "Отложено на потом" in second
    assert whole(client_of(both).get("/review").text) == whole(first)  # others are not held up
    post(client, "/review/again")
    assert whole(client.get("/review").text) == whole(first)


def test_the_queue_as_a_list_leads_to_each_question(both):
    client = client_of(both)
    text = client.get("/review/list").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/review\?[^"]*first=[^"]+)"', text)]
    assert len(links) > 2
    assert len({whole(client.get(link).text) for link in links}) == len(links)


def test_an_empty_queue_says_so(database):
    assert "Очередь пуста" in client_of(database).get("/review").text
    assert "Очередь пуста" in client_of(database).get("/review/list").text


@pytest.mark.parametrize("matter", [*Matter, "nothing", ""])
def test_every_matter_has_its_queue(both, matter):
    assert client_of(both).get(f"/review?matter={matter}").status_code == 200


def test_a_choice_accepts_one_and_rejects_the_others(both):
    client = client_of(both)
    text = client.get(f"/entity/{an_id(both, 'organization')}").text
    right, wrong = claims_in(text, "7707083893</span>"), claims_in(text, "фонд</span>")
    assert post(client, "/decide", {"claims": right, "wrong": wrong, "verdict": "chosen"}).status_code == 303
    assert statuses(both, "inn") == {"accepted"}
    assert "rejected" in statuses(both, "kind")


# What is new, what was said, what cannot be.


def test_what_is_new(both):
    client = client_of(both)
    text = client.get("/changes?since=2024-03-07").text
    assert "2\xa0новые статьи" in text
    assert "фонд «Исток»" in text
    assert "кластер «Вега»" in text
    nothing = client.get("/changes?since=2030-01-01").text
    assert "Ничего нового с этого дня" in nothing


def test_a_decision_is_news(both):
    client = client_of(both)
    address = f"/entity/{an_id(both, 'organization')}"
    claims = claims_in(client.get(address).text, "7707083893</span>")
    post(client, "/decide", {"claims": claims, "verdict": "rejected", "why": "опечатка"})
    text = client.get("/changes").text  # since yesterday
    assert "Решения людей" in text
    assert "ольга" in text
    assert "опечатка" in text


def test_everything_that_was_said(both):
    client = client_of(both)
    address = f"/entity/{an_id(both, 'organization')}"
    claims = claims_in(client.get(address).text, "7707083893</span>")
    post(client, "/decide", {"claims": claims, "verdict": "rejected", "why": "опечатка"})
    article = replace(a_record().article, modified_at="2024-03-08")
    load(both, replace(a_record(), article=article, money=()), now="2024-03-08T00:00:00Z")
    text = client.get(f"{address}/history").text
    assert "ольга: отвергнуто" in text
    assert "опечатка" in text
    assert 'class="superseded"' in text
    assert 'class="rejected"' in text
    assert "7707083893" not in client.get(f"{address}/history?prop=name").text


def test_what_cannot_all_be_so(both):
    other = replace(a_record("a3").organizations[0], identifiers={"inn": "7736050003"})
    load(both, replace(a_record("a3"), organizations=(other,)))
    client = client_of(both)
    assert client.get("/conflicts").status_code == 200
    assert client.get("/conflicts?kind=values").status_code == 200


def test_conflicts_are_not_looked_for_each_time(both, monkeypatch):
    looked, seconds = [], iter([0, 10, 11, 12, 500, 500, 501, 502])

    def slow(connection):
        looked.append(connection)
        return conflicts(connection)

    monkeypatch.setattr("pipeline.web._remembered.conflicts", slow)
    remembered = RememberedConflicts(lambda: next(seconds))
    with reading(both) as connection:
        remembered.of(connection)  # takes ten seconds
        remembered.of(connection)
    assert len(looked) == 1
    load(both, a_record("a5"))
    with reading(both) as connection:
        remembered.of(connection)  # the registry has changed, but not long ago
        assert len(looked) == 1
        remembered.of(connection)
        assert len(looked) == 2


def test_a_conflict_that_was_decided_is_gone_at_once(both):
    other = replace(a_record("a3").organizations[0], identifiers={"inn": "7736050003"})
    load(both, replace(a_record("a3"), organizations=(other,)))
    resolve(both)
    fund, client = an_id(both, "organization"), client_of(both)
    judged = {"left": fund, "right": an_id(both, "organization", "a3"), "verdict": "same", "force": "1"}
    assert post(client, "/judge", judged).status_code == 303
    text = client.get("/conflicts").text
    assert "7736050003" in text
    assert "7707083893" in text
    claims, wrong = re.search(
        r'name="claims" value="([^"]+)"><input type="hidden" name="wrong" value="([^"]+)"', text
    ).groups()
    post(client, "/decide", {"claims": claims, "wrong": wrong, "verdict": "chosen"})
    assert "Противоречий не найдено" in client.get("/conflicts").text


def test_search_by_what_it_is_called(both):
    client = client_of(both)
    text = client.get("/search?q=7707083893").text
    assert "фонд «Исток»" in text
    assert f"/entity/{an_id(both, 'organization')}" in text
    for query in ("исток", "ФОНД Исток", "istok", "анна берёзкина", "берез"):
        found = client.get(f"/search?q={query}").text
        assert "Исток" in found or "Берёзкина" in found, query
    assert "Анна" not in client.get("/search?q=исток&kind=organization").text
    assert "Ничего не найдено" in client.get("/search?q=нечто").text
    assert client.get(f"/search?q={'x' * 201}").status_code == 400
    assert client.get("/search").status_code == 200


# Who is who.


def members(database, canonical):
    entity = schema.entity.c
    with reading(database) as connection:
        return set(connection.execute(select(entity.id).where(entity.canonical_id == canonical)).scalars())


def test_what_was_merged_is_split_and_merged_again(both):
    client = client_of(both)
    fund = an_id(both, "organization")
    before = members(both, fund)
    assert len(before) == 2
    other = next(iter(before - {fund}))
    text = client.get(f"/entity/{fund}").text
    assert f'name="member" value="{other}"' in text
    answer = post(client, f"/entity/{fund}/split", {"member": other})
    assert answer.status_code == 303
    assert members(both, fund) == {fund}
    assert members(both, other) == {other}
    assert "Отделено." in client.get(answer.headers["location"]).text
    assert f'value="{other}"' in client.get(f"/entity/{fund}/merge").text
    form = {"left": fund, "right": other, "verdict": "same", "next": f"/entity/{fund}"}
    assert post(client, "/judge", form | {"verdict": "different"}).status_code == 303
    refused = post(client, "/judge", form)
    assert refused.status_code == 409
    assert "Всё равно объединить" in refused.text
    assert members(both, other) == {other}
    merged = post(client, "/judge", form | {"force": "1", "why": "одна и та же"})
    assert merged.status_code == 303
    assert members(both, fund) == before
    assert "одна и та же" in client.get(f"/entity/{fund}/history").text
    assert client.get(f"/entity/{other}").headers["location"] == f"/entity/{fund}"


def test_a_split_is_taken_back(both):
    client = client_of(both)
    fund = an_id(both, "organization")
    before = members(both, fund)
    answer = post(client, f"/entity/{fund}/split", {"member": next(iter(before - {fund}))})
    page = client.get(answer.headers["location"]).text
    back = re.search(r'action="/judge/back">.*?name="id" value="([^"]+)"', page, re.DOTALL)[1]
    assert post(client, "/judge/back", {"id": back, "next": f"/entity/{fund}"}).status_code == 303
    assert members(both, fund) == before


def test_two_that_may_be_one(both, monkeypatch):
    fund, cluster = an_id(both, "organization"), an_id(both, "cluster")
    side = Side(fund, "фонд <b>", None, 2, fund, "Слова <i>.", "Заголовок", "javascript:alert(1)")
    pair = UndecidedPair(EntityKind.ORGANIZATION, side, replace(side, id=cluster, name="другой"), 0.71, ("name",))
    monkeypatch.setattr("pipeline.registry.keeper.queue.undecided", lambda *_: [pair])
    client = client_of(both)
    text = client.get("/review?matter=identity").text
    assert 'data-key="m"' in text
    assert 'data-key="d"' in text
    assert "фонд &lt;b&gt;" in text
    assert "javascript:" not in text
    assert "7707083893" in text  # what is known of either, too
    form = {"left": fund, "right": cluster, "next": "/review?matter=identity"}
    answer = post(client, "/judge", form | {"verdict": "different"})
    assert "Записано: это разные." in client.get(answer.headers["location"]).text
    refused = post(client, "/judge", form | {"verdict": "same"})
    assert refused.status_code == 409  # they are of two kinds
    keys = re.search(r'name="keys" value="([^"]+)"', text)[1]
    post(client, "/review/skip", {"keys": keys})
    assert "Очередь пуста" in client.get("/review?matter=identity").text


@pytest.mark.parametrize(
    "form", [{}, {"left": "x", "right": "y", "verdict": "friends"}, {"left": "x", "verdict": "same"}]
)
def test_half_a_judgement_is_none(both, form):
    before = counts(both)
    assert post(client_of(both), "/judge", form).status_code == 400
    assert counts(both) == before


@pytest.mark.parametrize("id_", ["nope", SQL, "\x00"])
def test_judging_what_is_not_there(both, id_):
    client, fund = client_of(both), an_id(both, "organization")
    before = counts(both)
    for verdict in ("same", "different"):
        assert post(client, "/judge", {"left": fund, "right": id_, "verdict": verdict}).status_code == 409
    assert post(client, f"/entity/{fund}/split", {"member": id_}).status_code == 409
    assert post(client, "/judge/back", {"id": id_}).status_code == 409
    assert counts(both) == before
