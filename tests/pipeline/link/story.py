"""A short story with its mentions given by hand, so that the linker is tested apart from the extractors."""

from datetime import date
from decimal import Decimal

from extractors import (
    ClusterKind,
    ClusterName,
    ClusterStatus,
    DateInterval,
    EventName,
    Granularity,
    Kind,
    Mention,
    MoneyAmount,
    OrganizationKind,
    OrganizationName,
    PersonName,
    PlaceKind,
    PlaceName,
    Post,
    Span,
    TenureStatus,
    analyse,
)
from pipeline.link import link
from pipeline.model import Article, Source


class Story:
    """Collects mentions by the words they stand on."""

    def __init__(self, text):
        self.text = text
        self.mentions = []

    def span(self, words, occurrence=0):
        start = -1
        for _ in range(occurrence + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def add(self, kind, words, value, occurrence=0):
        span = self.span(words, occurrence)
        self.mentions.append(Mention(kind, span.start, span.stop, words, value, "given", 0.9))
        return self

    def organization(self, words, name=None, kind=OrganizationKind.FUND, *, occurrence=0, territory=None, aliases=()):
        where = self.span(words, occurrence)
        inner = words.index(territory) if territory else 0
        span = Span(where.start + inner, where.start + inner + len(territory)) if territory else None
        value = OrganizationName(name or words, kind, territory=span, aliases=aliases)
        return self.add(Kind.ORGANIZATION, words, value, occurrence)

    def cluster(self, words, name=None, status=ClusterStatus.EXISTING, occurrence=0):
        return self.add(Kind.CLUSTER, words, ClusterName(name or words, ClusterKind.INDUSTRIAL, status), occurrence)

    def person(self, words, first, last, patronymic=None, occurrence=0):
        name = " ".join(part for part in (first, patronymic, last) if part)
        return self.add(Kind.PERSON, words, PersonName(name, first, patronymic, last), occurrence)

    def place(self, words, name, kind=PlaceKind.REGION, region=None, occurrence=0):
        return self.add(Kind.PLACE, words, PlaceName(name, kind, region), occurrence)

    def event(self, words, name=None, kind=None, occurrence=0, year=None):
        return self.add(Kind.EVENT, words, EventName(name or words, kind, year), occurrence)

    def date(self, words, start, stop, granularity=Granularity.DAY):
        value = DateInterval(date.fromisoformat(start), date.fromisoformat(stop), granularity)
        return self.add(Kind.DATE, words, value)

    def money(self, words, low, high=None, measures=None, unresolved=None):
        amounts = (Decimal(low), Decimal(high) if high else None)
        value = MoneyAmount(*amounts, "RUB", measures=measures, unresolved=unresolved)
        return self.add(Kind.MONEY, words, value)

    def official(self, words, post, person, position, scope=None, status=TenureStatus.CURRENT):
        spans = (self.span(person), self.span(post), self.span(scope) if scope else None)
        return self.add(Kind.OFFICIAL, words, Post(position, *spans, status))

    def record(self):
        doc = analyse(self.text)
        mentions = tuple(sorted(self.mentions, key=lambda m: (m.start, -m.stop)))
        return link(Article("story", self.text, Source("story.txt")), doc, mentions)
