"""Views made by hand: pages are rendered from values, so that tests of templates need no database."""

from pipeline.fact import FactStatus
from pipeline.registry.belief.days import read_days
from pipeline.registry.belief.view import Bound, Certainty, EntityView, RelationView, Term, Testimony, Value
from pipeline.registry.kinds import EntityKind, Status

QUOTE = "Директор фонда «Исток» Анна Берёзкина рассказала о займах."
FUND = "org-aaaaaaaaaaaaaaaa"
PERSON = "per-aaaaaaaaaaaaaaaa"
CLUSTER = "clu-aaaaaaaaaaaaaaaa"
POST = "pos-aaaaaaaaaaaaaaaa"


def a_testimony(words="фонда «Исток»", *, seq=1, **more):
    start = 100 + QUOTE.index(words)
    usual = {
        "seq": seq,
        "claim": f"claim{seq:011}",
        "entity_id": FUND,
        "article_id": "a1",
        "revision_id": "r1",
        "title": "Фонд «Исток» выдаст займы",
        "url": "https://vestnik.example/1",
        "site": "vestnik.example",
        "origin": "article",
        "published_at": "2024-03-06T10:00:00+03:00",
        "first_seen": "2024-03-06T07:00:00Z",
        "last_seen": "2024-03-06T07:00:00Z",
        "original": words,
        "quote": QUOTE,
        "start": start,
        "stop": start + len(words),
        "quote_start": 100,
        "quote_stop": 100 + len(QUOTE),
        "modality": FactStatus.ACTUAL,
        "rule": "head_phrase",
        "version": "organizations-1",
        "confidence": 0.93,
        "status": Status.PROPOSED,
        "loaded_at": "2024-03-07T00:00:00Z",
        "source": "vestnik.example",
        "weight": 0.6,
    }
    return Testimony(**(usual | more))


def a_value(prop, text, value_id=None, *, standing=0.8, told=None, **more):
    told = told or (a_testimony(),)
    usual = {
        "statements": len(told),
        "status": Status.PROPOSED,
        "modality": FactStatus.ACTUAL,
        "first_seen": "2024-03-06T07:00:00Z",
        "last_seen": "2024-03-06T07:00:00Z",
    }
    return Value(prop, text, value_id, standing, testimony=told, **(usual | more))


def a_relation(kind, values, *, terms=()):
    name = " — ".join(one.value for one in values if one.value_id)
    seen = "2024-03-06T07:00:00Z"
    made = f"{kind[:3]}-aaaaaaaaaaaaaaaa"
    return RelationView(made, EntityKind(kind), name, values, FactStatus.ACTUAL, 0.7, seen, seen, terms)


def a_term(start, end=None, *, start_by=Certainty.KNOWN, end_by=Certainty.KNOWN):
    return Term(
        Bound(start and read_days(start), start_by if start else Certainty.OPEN),
        Bound(end and read_days(end), end_by if end else Certainty.OPEN),
        "2024-03-06",
        "2024-03-09",
        acting=False,
    )


def an_occupancy(terms=()):
    return a_relation(
        "occupancy",
        (
            a_value("holder", "Анна Берёзкина", PERSON, told=(a_testimony("Анна Берёзкина"),)),
            a_value("post", "директор", POST, told=(a_testimony("Директор"),)),
            a_value("status", "current", told=(a_testimony("Директор"),)),
            a_value("start", "2021-01-01/2021-12-31"),
        ),
        terms=terms or (a_term("2021-01-01/2021-12-31"),),
    )


def an_entity(**more):
    usual = {
        "id": FUND,
        "kind": EntityKind.ORGANIZATION,
        "name": "фонд «Исток»",
        "values": (
            a_value("name", "фонд «Исток»", standing=0.94, told=(a_testimony(), a_testimony(seq=2, article_id="a2"))),
            a_value("alias", "Исток", standing=0.6),
            a_value("kind", "fund", standing=0.9),
            a_value("region", "Тверская область", standing=0.55),
            a_value("region", "Московская область", standing=0.3, status=Status.REJECTED),
            a_value("inn", "7707083893", standing=0.99, status=Status.ACCEPTED),
        ),
        "relations": (
            an_occupancy(),
            a_relation(
                "membership", (a_value("subject", "фонд «Исток»", FUND), a_value("object", "кластер «Вега»", CLUSTER))
            ),
            a_relation(
                "amount",
                (
                    a_value("subject", "фонд «Исток»", FUND),
                    a_value("measure", "заём"),
                    a_value("min", "2000000"),
                    a_value("max", "2000000"),
                    a_value("currency", "RUB"),
                    a_value("text", "2 млн рублей"),
                    a_value("date", "2024-07-01/2024-09-30", modality=FactStatus.PLANNED),
                ),
            ),
        ),
        "members": (FUND, "org-bbbbbbbbbbbbbbbb"),
        "articles": 2,
        "first_seen": "2024-03-06T07:00:00Z",
        "last_seen": "2024-03-09T07:00:00Z",
    }  # fmt: skip
    return EntityView(**(usual | more))
