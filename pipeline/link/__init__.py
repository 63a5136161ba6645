"""Mentions of one document in, its record out."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc

from extractors import Kind, Mention
from pipeline import record as r
from pipeline.model import Article


def link(article: Article, doc: Doc, mentions: tuple[Mention, ...]) -> r.Record:
    """Join the mentions of one document into entities and facts."""
    by_kind: dict[Kind, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_kind[mention.kind].append(mention)
    iso = lambda v: v.isoformat() if v else None  # noqa: E731
    persons = _group(by_kind[Kind.PERSON], lambda m: m.value.name)
    orgs = _group(by_kind[Kind.ORGANIZATION], lambda m: m.value.name.casefold())

    def org_at(span: Any) -> tuple[int, Any] | None:
        return next(((i, g) for i, g in enumerate(orgs) for m in g if span and m.span.overlaps(span)), None)

    def person_at(span: Any) -> int | None:
        return next((i for i, g in enumerate(persons) for m in g if m.span.overlaps(span)), None)

    officials = []
    for n, m in enumerate(by_kind[Kind.OFFICIAL], 1):
        v = m.value
        who, org = person_at(v.person), org_at(v.scope)
        if who is None:
            continue
        p = persons[who][0].value
        place = None
        if org is None and v.scope:
            place = next(
                (x.value.name for x in by_kind[Kind.PLACE] if x.span.overlaps(v.scope)),
                doc.text[v.scope.start : v.scope.stop],
            )
        officials.append(
            r.Official(
                f"off{n}",
                p.name,
                f"per{who + 1}",
                p.first,
                p.patronymic,
                p.last,
                v.position,
                org[1][0].value.name if org else place,
                f"org{org[0] + 1}" if org else None,
                place,
                None,
                v.status,
                None,
                _printed([m]),
                (
                    r.PrintedMention(
                        v.position_span.start,
                        v.position_span.stop,
                        doc.text[v.position_span.start : v.position_span.stop],
                        m.rule,
                        m.confidence,
                    ),
                ),
            )
        )
    return r.Record(
        r.RecordArticle(
            article.id,
            article.url,
            article.canonical_url,
            article.site,
            article.site_name,
            article.title,
            article.lead,
            article.authors,
            iso(article.published_at),
            article.published_source,
            iso(article.modified_at),
            iso(article.fetched_at),
            article.text,
            hashlib.sha256(article.text.encode()).hexdigest(),
            tuple((p.start, p.stop) for p in article.paragraphs),
            article.captions,
            r.ArticleSource(article.source.file, article.source.member, article.source.offset),
            "ru",
            {},
        ),
        tuple(
            r.Organization(
                f"org{i}",
                g[0].value.name,
                g[0].value.kind,
                g[0].value.legal_form,
                g[0].value.aliases,
                None,
                None,
                {},
                _printed(g),
            )
            for i, g in enumerate(orgs, 1)
        ),
        tuple(
            r.Cluster(
                f"clu{i}",
                g[0].value.name,
                g[0].value.kind,
                g[0].value.scope,
                g[0].value.industry,
                g[0].value.region,
                g[0].value.status,
                (),
                _printed(g),
            )
            for i, g in enumerate(_group(by_kind[Kind.CLUSTER], lambda m: m.value.name.casefold()), 1)
        ),
        tuple(
            r.Person(f"per{i}", g[0].value.name, g[0].value.first, g[0].value.patronymic, g[0].value.last, _printed(g))
            for i, g in enumerate(persons, 1)
        ),
        tuple(officials),
        tuple(
            r.Place(f"pla{i}", g[0].value.name, g[0].value.kind, g[0].value.region, _printed(g))
            for i, g in enumerate(_group(by_kind[Kind.PLACE], lambda m: m.value.name), 1)
        ),
        (),
        tuple(
            r.Date(
                f"dat{i}",
                m.text,
                iso(m.value.start),
                iso(m.value.stop),
                m.value.granularity,
                m.value.relative,
                m.value.year_from,
                m.value.unresolved,
                _printed([m]),
            )
            for i, m in enumerate(by_kind[Kind.DATE], 1)
        ),
        tuple(
            r.Money(
                f"mon{i}",
                m.text,
                None if m.value.min is None else format(m.value.min, "f"),
                None if m.value.max is None else format(m.value.max, "f"),
                m.value.currency,
                m.value.approximate,
                m.value.per_unit,
                m.value.measures,
                m.value.unresolved,
                _printed([m]),
            )
            for i, m in enumerate(by_kind[Kind.MONEY], 1)
        ),
    )


def _group(mentions: list[Mention], key: Callable[[Any], str]) -> list[list[Any]]:
    groups: dict[str, list[Any]] = {}
    for mention in mentions:
        groups.setdefault(key(mention), []).append(mention)
    return list(groups.values())


def _printed(mentions: list[Mention]) -> tuple[r.PrintedMention, ...]:
    return tuple(r.PrintedMention(m.start, m.stop, m.text, m.rule, m.confidence) for m in mentions)
