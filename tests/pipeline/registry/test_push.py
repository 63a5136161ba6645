"""Pushes to a real server on loopback, one that fails at random: in the end both hold the same."""

import multiprocessing
import os
import random
import signal
import time
from contextlib import suppress
from itertools import islice

import pytest
from sqlalchemy import create_engine, func, select, text, update

from pipeline.errors import NetError, OptionError
from pipeline.net import Manner, Patience, open_client
from pipeline.registry import schema
from pipeline.registry.belief.testimony import said_of
from pipeline.registry.belief.trust import Trust
from pipeline.registry.database import open_database, reading, write
from pipeline.registry.handout.push import Push, Size, pending
from pipeline.registry.handout.push.endpoint import TOKEN, endpoint
from pipeline.registry.handout.push.ledger import TRIES, Wish, refused_statements
from pipeline.registry.handout.push.message import statement_id
from pipeline.registry.kinds import Status
from pipeline.registry.resolve import resolve
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.receiver import receiving
from tests.pipeline.registry.stories import identify, on, tell

NOW = "2024-03-07T00:00:00Z"
FAULTS = ("reset", "hang", "500", "503", "429", "silent", "truncated", "broken", None, None, None, None)
MANNER = Manner("svodka/test", 2, 0.2, 10**6, Patience(60, 60.0, 0.001, 0.01))
HASTY = Manner("svodka/test", 2, 2, 10**6, Patience(1, 5.0))


def stories():
    return [
        on(f"2024-03-0{day}", site).holds(name, "министр экономики", "Минэкономики Ольской области")
        for day, site, name in ((1, "tass.example", "Анна Берёзкина"), (2, "vestnik.example", "Анна Берёзкина"),
                                (5, "golos.example", "Олег Седов"))
    ]  # fmt: skip


@pytest.fixture
def told(database):
    tell(database, *stories())
    resolve(database)  # as every load does at its end
    return database


def pushing(database, url, client, *, count=5, **wish):
    return Push(database, endpoint(url, os.environ), Wish(**wish), client, lambda: NOW, Size(count=count))


def push(database, server, *, manner=MANNER, **options):
    with open_client(manner) as client:
        return list(pushing(database, server.url, client, **options).run())


def totals(sent):
    return sum(s.asserted for s in sent), sum(s.retracted for s in sent), sum(s.refused for s in sent)


def statements(database, *statuses):
    """Give what the registry believes: by public id, the status and canonical entity of each statement."""
    entity = schema.entity.c
    with reading(database) as connection:
        ids = connection.execute(select(func.coalesce(entity.canonical_id, entity.id))).scalars()
        said = said_of(connection, set(ids), Trust(), gone=True)
    told = sorted((one.testimony.seq, one.entity_id, one.testimony) for found in said.values() for one in found)
    return {
        statement_id(one.revision_id, one.claim, one.start, one.stop): (one.status.value, id_)
        for _, id_, one in told
        if one.status in statuses
    }


def held(server):
    return {id_: (told["status"], told["entity"]["id"]) for id_, told in server.held.items()}


def claims(database):
    with reading(database) as connection:
        return sorted(connection.execute(select(schema.statement.c.claim)).scalars())


def decided(database, some, status):
    write(database, lambda connection: decide(connection, some, status, Signature("keeper", NOW)))


# What is sent


def test_only_what_was_accepted_is_sent_and_once(told):
    with receiving() as server:
        assert push(told, server) == []
        decided(told, claims(told)[:7], Status.ACCEPTED)
        wanted = statements(told, "accepted")
        assert totals(push(told, server)) == (len(wanted), 0, 0)
        assert held(server) == wanted
        assert push(told, server) == []
        assert len(server.requests) == -(-len(wanted) // 5)


def test_proposed_statements_go_too_when_asked_in_their_order_and_bounds(told):
    with receiving() as server:
        push(told, server, proposed=True)
        wanted = statements(told, "proposed")
        assert held(server) == wanted
        sent = [s for _, batch in server.requests for s in batch["statements"]]
        assert [s["id"] for s in sent] == list(wanted)
        assert {len(batch["statements"]) for _, batch in server.requests[:-1]} == {5}
        headers, _ = server.requests[0]
        assert headers["Content-Type"] == "application/json"
        assert len({headers["Idempotency-Key"] for headers, _ in server.requests}) == len(server.requests)


def test_what_is_rejected_or_superseded_later_is_retracted(told):
    with receiving() as server:
        push(told, server, proposed=True)
        before = len(server.held)
        decided(told, claims(told)[:4], Status.REJECTED)
        tell(told, on("2024-03-05", "golos.example", modified="2024-03-09").holds("Олег Седов", "вице-губернатор"))
        wanted = statements(told, "proposed", "accepted")
        _, retracted, _ = totals(push(told, server, proposed=True))
        assert held(server) == wanted
        assert retracted > 4
        assert before - retracted < len(server.held)


def test_a_status_that_changes_is_told(told):
    with receiving() as server:
        push(told, server, proposed=True)
        decided(told, claims(told)[:4], Status.ACCEPTED)
        asserted, retracted, _ = totals(push(told, server))
        assert (asserted, retracted) == (len(statements(told, "accepted")), 0)  # the proposed ones stay as they are
        assert held(server) == statements(told, "accepted", "proposed")
        decided(told, claims(told)[:4], Status.PROPOSED)
        assert totals(push(told, server))[:2] == (0, asserted)


def test_a_merge_is_told(told):
    with receiving() as server:
        push(told, server, proposed=True)
        assert push(told, server, proposed=True) == []
        identify(told)
        asserted, retracted, _ = totals(push(told, server, proposed=True))
        assert asserted > 0
        assert retracted == 0
        assert held(server) == statements(told, "proposed")
        values = {s["value_entity"]["id"] for s in server.held.values() if s["value_entity"]}
        with reading(told) as connection:
            assert values <= set(connection.execute(select(schema.entity.c.canonical_id)).scalars())


def test_two_endpoints_are_told_apart(told):
    with receiving() as one, receiving() as other:
        push(told, one, proposed=True)
        push(told, other, proposed=True)
        assert held(one) == held(other) == statements(told, "proposed")


def test_what_may_have_arrived_is_taken_back(told):
    """The answer is lost and the push gives up; then the keeper rejects what the other side may hold."""
    decided(told, claims(told)[:3], Status.ACCEPTED)
    with receiving(faults=("silent",)) as server:
        with pytest.raises(NetError):
            push(told, server, manner=HASTY)
        assert server.held
        decided(told, claims(told)[:3], Status.REJECTED)
        server.faults = ()
        push(told, server)
        assert server.held == {}


def test_a_statement_committed_late_is_not_skipped(database):
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: numbers are committed in their order")
    tell(database, stories()[0])
    late = create_engine(database.engine.url)
    columns = [c.name for c in schema.statement.columns if c.name != "seq"]
    copied = ", ".join(f"'late' || {c}" if c == "claim" else f'"{c}"' for c in columns)
    quoted = ", ".join(f'"{c}"' for c in columns)
    with receiving() as server, late.connect() as connection:
        connection.execute(text(f"INSERT INTO statement ({quoted}) SELECT {copied} FROM statement"))  # noqa: S608
        tell(database, stories()[2])  # a higher number, committed earlier
        push(database, server, proposed=True)
        first = len(server.held)
        connection.commit()
        push(database, server, proposed=True)
        assert len(server.held) > first
        assert held(server) == statements(database, "proposed")
    late.dispose()


# Answers


def test_refused_statements_are_kept_reported_and_tried_again(told):
    with receiving(refuse=lambda s: "unknown property" if s.get("property") == "name" else None) as server:
        _, _, refused = totals(push(told, server, proposed=True))
        assert refused > 0
        with reading(told) as connection:
            listed = list(refused_statements(connection, endpoint(server.url, {}).name))
        assert len(listed) == refused
        assert {(item.prop, item.reason, item.tries) for item in listed} == {("name", "unknown property", 1)}
        assert not {item.id for item in listed} & set(server.held)
        for _ in range(TRIES - 1):
            assert totals(push(told, server, proposed=True)) == (0, 0, refused)
        assert push(told, server, proposed=True) == []
        assert totals(push(told, server, proposed=True, again=True)) == (0, 0, refused)
        server.refuse = lambda _: None
        assert totals(push(told, server, proposed=True, again=True)) == (refused, 0, 0)
        assert held(server) == statements(told, "proposed")


def test_a_retried_refusal_has_the_same_key(told):
    keys = []
    with receiving(refuse=lambda s: keys.append(s["key"]) or "no") as server:
        push(told, server, proposed=True)
        push(told, server, proposed=True)
    assert keys[: len(keys) // 2] == keys[len(keys) // 2 :]


def test_too_large_batches_are_halved(told):
    with receiving(most=2) as server:
        push(told, server, proposed=True)
        assert held(server) == statements(told, "proposed")
    with receiving(most=-1) as server:
        assert totals(push(told, server, proposed=True))[2] == len(statements(told, "proposed"))
        with reading(told) as connection:
            reasons = {item.reason for item in refused_statements(connection, endpoint(server.url, {}).name)}
        assert reasons == {"413: too large for the endpoint"}


def test_a_batch_is_bounded_in_bytes(told):
    with receiving() as server, open_client(MANNER) as client:
        list(Push(told, endpoint(server.url, {}), Wish(proposed=True), client, lambda: NOW, Size(octets=3000)).run())
        assert held(server) == statements(told, "proposed")
        sizes = [(int(headers["Content-Length"]), len(batch["statements"])) for headers, batch in server.requests]
        assert all(size < 3100 or count == 1 for size, count in sizes)
        assert max(count for _, count in sizes) > 1


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, "no such format", "answered 400: no such format"),
        (401, "", "it wants a token"),
        (403, "", "may not push"),
        (404, "<html>", "check the URL"),
        (409, "", "does not say why"),
        (422, '{"detail": "no"}', "nothing is lost"),
        (301, "", "go to https://other.example/"),
        (200, "<html>Вход в сеть</html>", "is it an endpoint for pushes"),
        (200, '{"ok": true}', "is it an endpoint for pushes"),
        (200, "[]", "is it an endpoint for pushes"),
        (200, '{"refused": [{"key": "unknown"}]}', "that it was not sent"),
        (200, '{"refused": ["unknown"]}', "is it an endpoint for pushes"),
    ],
)
def test_an_answer_that_trying_again_would_not_change(told, status, body, words, monkeypatch):
    with receiving() as server:
        headers = {"Content-Length": str(len(body.encode())), "Location": "https://other.example/?key=secret"}
        monkeypatch.setattr(server.RequestHandlerClass, "receive", lambda self, *_: self.answer(status, b"", headers))
        monkeypatch.setattr(server.RequestHandlerClass, "answer", answering(status, body.encode(), headers))
        with pytest.raises(NetError) as caught:
            push(told, server, proposed=True)
        assert words in str(caught.value)
        assert "secret" not in str(caught.value)
        assert server.hit == {None: 1}
        monkeypatch.undo()
        push(told, server, proposed=True)
        assert held(server) == statements(told, "proposed")


def answering(status, body, headers):
    def answer(self, *_):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://registry.example/push", "use https, or --insecure"),
        ("http://127.0.0.1.evil.example/push", "use https, or --insecure"),
        ("https://me:secret@registry.example/push", "leave user, password"),
        ("https://registry.example/push#secret", "leave user, password"),
        ("ftp://registry.example/push", "no URL of an endpoint"),
        ("registry.example/push", "no URL of an endpoint"),
        ("https://[::1/push", "no URL"),
        ("https://registry.example:99999/push", "no URL"),
    ],
)
def test_an_endpoint_that_would_leak_or_is_none(url, words):
    with pytest.raises(OptionError, match=words) as caught:
        endpoint(url, {})
    assert "secret" not in str(caught.value)


def test_a_token_is_sent_and_shown_nowhere(told, monkeypatch):
    monkeypatch.setenv(TOKEN, "s3cret-t0ken")
    with receiving(token="s3cret-t0ken") as server:  # noqa: S106 - to be looked for
        there = endpoint(f"{server.url}?key=s3cret-key", os.environ)
        with open_client(MANNER) as client:
            list(Push(told, there, Wish(proposed=True), client, lambda: NOW).run())
        assert held(server) == statements(told, "proposed")
        monkeypatch.setenv(TOKEN, "wrong")
        with pytest.raises(NetError, match="SVODKA_PUSH_TOKEN"):
            push(told, server, proposed=True)
    assert "s3cret" not in repr(there.name) + repr(there.headers).replace(there.url, "")
    with reading(told) as connection:
        names = set(connection.execute(select(schema.delivery.c.endpoint)).scalars())
    assert not any("s3cret" in name for name in names)
    with pytest.raises(OptionError, match="characters that no token has"):
        endpoint("https://registry.example/", {TOKEN: "a\nb"})


# Faults


@pytest.mark.parametrize("seed", range(4))
def test_a_server_that_fails_at_random_ends_with_exactly_one_of_each(told, seed):
    with receiving(faults=FAULTS, seed=seed) as server:
        push(told, server, proposed=True, count=2)
        assert held(server) == statements(told, "proposed")
        assert set(server.carried_out.values()) == {1}
        assert len([fault for fault in server.hit if fault]) >= 4


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_between_broken_pushes_both_sides_agree_in_the_end(database, seed):
    """A keeper who changes their mind, articles that come and change, merges, pushes that give up anywhere."""
    chance = random.Random(seed)  # noqa: S311 - for the test's course
    with receiving(seed=seed) as server:
        for step in range(25):
            act = chance.choice(("tell", "revise", "decide", "decide", "merge", "push", "push"))
            if act in {"tell", "revise"} or not claims(database):
                modified = f"2024-03-1{step % 10}" if act == "revise" else None
                name = chance.choice(("Анна Берёзкина", "Олег Седов", "Яна Тур"))
                tell(database, on(f"2024-03-0{chance.randint(1, 4)}", modified=modified).holds(name, "глава"))
            elif act == "decide":
                some = chance.sample(claims(database), k=min(3, len(claims(database))))
                decided(database, dict.fromkeys(some), chance.choice(list(Status)[:3]))
            elif act == "merge":
                identify(database)
            else:
                server.faults = FAULTS
                manner = Manner("svodka/test", 1, 0.2, 10**6, Patience(1, 5.0))
                with open_client(manner) as client:
                    batches = pushing(database, server.url, client, count=3, proposed=chance.random() < 0.5).run()
                    with suppress(NetError):
                        list(islice(batches, chance.randint(1, 9)))
        server.faults = ()
        push(database, server, proposed=True)
        assert held(server) == statements(database, "proposed", "accepted")
        assert push(database, server, proposed=True) == []
        assert set(server.carried_out.values()) == {1}


def test_a_server_that_is_down_and_comes_back(told):
    """Nobody listens; then somebody does; then it goes away midway, with all it holds kept, and comes back."""
    with receiving() as server:
        port = server.server_port
    with pytest.raises(NetError, match="refused"):
        push(told, server, manner=HASTY, proposed=True)
    with open_client(HASTY) as client:
        with receiving(port=port) as first:
            batches = pushing(told, first.url, client, proposed=True).run()
            next(batches)
        with pytest.raises(NetError):
            list(batches)
    with receiving(port=port) as second:
        push(told, second, proposed=True)
        assert held(first) | held(second) == statements(told, "proposed")
        assert len(held(first)) == 5
        assert not set(first.held) & set(second.held)


def pushed(url, to):
    """Push slowly, in a process of its own."""
    database = open_database(url)
    with open_client(MANNER) as client:
        for _ in pushing(database, to, client, count=2, proposed=True).run():
            time.sleep(0.005)


def test_a_push_that_is_killed_goes_on(told, registry_url):
    chance = random.Random(7)  # noqa: S311 - for the moments of death
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["__main__", "tests.pipeline.registry.test_push"])
    killed = 0
    with receiving(faults=(*FAULTS, *[None] * 20), seed=7) as server:
        for _ in range(20):
            seen = len(server.requests)
            process = processes.Process(target=pushed, args=(registry_url, server.url))
            process.start()
            until = time.monotonic() + 20
            while len(server.requests) == seen and process.is_alive() and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.03))
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
                killed += 1
            process.join(20)
            if pending_count(told, server) == 0:
                write(told, forget_some)
        server.faults = ()
        push(told, server, proposed=True)
        assert held(server) == statements(told, "proposed")
        assert set(server.carried_out.values()) == {1}
    assert killed >= 10


def pending_count(database, server):
    return sum(map(len, pending(database, endpoint(server.url, {}), Wish(proposed=True))))


def forget_some(connection):
    """Leave work for the next process: as though nothing had been heard of half of the statements."""
    half = schema.delivery.c.statement_seq % 2 == 0
    connection.execute(update(schema.delivery).where(half).values(outcome="sending"))


def test_two_pushes_at_once_do_no_harm(told, registry_url):
    processes = multiprocessing.get_context("forkserver")
    with receiving() as server:
        both = [processes.Process(target=pushed, args=(registry_url, server.url)) for _ in range(2)]
        for process in both:
            process.start()
        for process in both:
            process.join(30)
        assert [process.exitcode for process in both] == [0, 0]
        assert held(server) == statements(told, "proposed")
        assert set(server.carried_out.values()) == {1}
        assert push(told, server, proposed=True) == []


# What a decision settles for articles that were not there


REGION = "Ольская область"


def fund(day, site):
    return on(day, site).organization("фонд «Исток»", region=REGION)


def told_of(server, prop):
    return [told["status"] for told in server.held.values() if told["property"] == prop]


def of_region(database):
    with reading(database) as connection:
        statement = schema.statement.c
        return list(connection.execute(select(statement.claim).where(statement.property == "region")).scalars())


def test_a_later_article_that_says_what_was_accepted_is_accepted(database):
    tell(database, fund("2024-03-01", "a.example"))
    identify(database)
    decided(database, of_region(database), Status.ACCEPTED)
    tell(database, fund("2024-03-05", "b.example"), now="2025-03-01T00:00:00Z")
    identify(database)
    with receiving() as server:
        assert totals(push(database, server, count=1)) == (2, 0, 0)
        assert told_of(server, "region") == ["accepted", "accepted"]
        assert push(database, server) == []
        decided(database, of_region(database)[:1], Status.PROPOSED)
        assert totals(push(database, server)) == (0, 2, 0)
        assert server.held == {}


def test_a_later_article_that_says_what_was_rejected_is_not_sent(database):
    tell(database, fund("2024-03-01", "a.example"))
    identify(database)
    decided(database, of_region(database), Status.REJECTED)
    tell(database, fund("2024-03-05", "b.example"), now="2025-03-01T00:00:00Z")
    identify(database)
    with receiving() as server:
        push(database, server, proposed=True)
        assert told_of(server, "region") == []
        assert told_of(server, "name") == ["proposed", "proposed"]
        assert push(database, server, proposed=True) == []


def test_what_was_sent_as_proposed_is_retracted_when_a_merge_joins_it_to_what_was_rejected(database):
    tell(database, fund("2024-03-01", "a.example"))
    decided(database, of_region(database), Status.REJECTED)
    tell(database, fund("2024-03-05", "b.example"), now="2025-03-01T00:00:00Z")
    with receiving() as server:
        push(database, server, proposed=True)
        assert told_of(server, "region") == ["proposed"]
        identify(database)
        assert totals(push(database, server, proposed=True))[1] == 1
        assert told_of(server, "region") == []
