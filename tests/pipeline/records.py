"""A small hand-made record, and rejected pages, for tests of what comes after the extraction."""

import hashlib

from extractors import (
    ClusterKind,
    ClusterStatus,
    Granularity,
    OrganizationKind,
    PlaceKind,
    TenureStatus,
)
from pipeline import record as r
from pipeline.fact import Evidence, FactKind, FactStatus
from pipeline.model import Reason, Rejected, Source

TEXT = (
    "Фонд «Исток» выдаст займы\n\nДиректор фонда «Исток» Анна Берёзкина сообщила в Твери 5 марта 2024 года, "
    "что кластер «Вега» получит =2 млн рублей."
)


def mentions(text, rule="rule"):
    start = TEXT.index(text)
    return (r.PrintedMention(start, start + len(text), text, rule, 0.9),)


def a_record(name="a1"):
    sentence = TEXT.split("\n\n")[1]
    article = r.RecordArticle(
        id=name,
        url="https://vestnik.example/1",
        canonical_url=None,
        site="vestnik.example",
        site_name="Вестник",
        title="Фонд «Исток» выдаст займы",
        lead=None,
        authors=("Иван Петров", "Ольга Зимина"),
        published_at="2024-03-06T10:00:00+03:00",
        published_source="json-ld",
        modified_at=None,
        fetched_at=None,
        text=TEXT,
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        paragraphs=((27, len(TEXT)),),
        captions=(),
        source=r.ArticleSource("pages.zip", "1.html"),
        language="ru",
        extractors={},
    )
    fund = r.Organization(
        "org1", "фонд «Исток»", OrganizationKind.FUND, None, ("Исток",), None, None, {"inn": "7707083893"},
        mentions("фонда «Исток»"),
    )  # fmt: skip
    cluster = r.Cluster(
        "clu1", "кластер «Вега»", ClusterKind.INDUSTRIAL, None, None, "Тверская область", ClusterStatus.EXISTING, (),
        mentions("кластер «Вега»"),
    )  # fmt: skip
    person = r.Person("per1", "Анна Берёзкина", "Анна", None, "Берёзкина", mentions("Анна Берёзкина"))
    official = r.Official(
        "off1", "Анна Берёзкина", "per1", "Анна", None, "Берёзкина", "директор", "фонд «Исток»", "org1", None, None,
        TenureStatus.CURRENT, None, mentions("Директор фонда «Исток» Анна Берёзкина"), mentions("Директор"),
    )  # fmt: skip
    start = TEXT.index(sentence)
    return r.Record(
        article=article,
        organizations=(fund,),
        clusters=(cluster,),
        persons=(person,),
        officials=(official,),
        places=(r.Place("pla1", "Тверь", PlaceKind.CITY, "Тверская область", mentions("Твери")),),
        dates=(
            r.Date(
                "dat1", "5 марта 2024 года", "2024-03-05", "2024-03-05", Granularity.DAY, False, None, None,
                mentions("5 марта 2024 года"),
            ),
        ),
        money=(
            r.Money(
                "mon1", "=2 млн рублей", "2000000", "2000000", "RUB", False, None, "заём", None,
                mentions("=2 млн рублей"),
            ),
        ),
        facts=(
            r.Fact(
                "fac1", FactKind.AMOUNT_OF, {"subject": "clu1", "money": "mon1"}, FactStatus.PLANNED, "dat1", "pla1",
                Evidence(start, start + len(sentence), sentence), "amount_in_clause", 0.8,
            ),
        ),
    )  # fmt: skip


def a_rejected():
    return Rejected(Source("empty.html"), Reason.EMPTY, "0 bytes")
