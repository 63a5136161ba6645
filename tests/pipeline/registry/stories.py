"""Registries from short stories: who said what, where and when; told as records, so that loading is the real one.

    tell(
        database,
        on("2024-03-01", "tass.ru").holds("Анна Берёзкина", "министр экономики", "Минэкономики Ольской области"),
        on("2024-05-20", "ria.ru").holds("Олег Седов", "министр экономики", "Минэкономики Ольской области",
                                         status="appointed", since="2024-05-20"),
    )
    identify(database)  # equal names are one entity; a stand-in for `resolve` that never doubts

An article of the same site and day is the same article unless `name` tells them apart; `modified` makes it another
content of that article. Each site says things in words of its own; articles of the same `words` are copies. All names
are invented.
"""

import hashlib

from sqlalchemy import select, update

from extractors import ClusterKind, ClusterStatus, Granularity, OrganizationKind, PlaceKind, TenureStatus
from pipeline import record as r
from pipeline.fact import Evidence, FactKind, FactStatus
from pipeline.registry import schema
from pipeline.registry.database import write
from pipeline.registry.kinds import RELATION_KEYS
from pipeline.registry.loading.contribution import contribution
from pipeline.registry.loading.load import begin_load, load_contribution

NOW = "2025-01-01T00:00:00Z"

_FACT_OF = {
    TenureStatus.CURRENT: (FactKind.HOLDS_POSITION, FactStatus.ACTUAL),
    TenureStatus.ACTING: (FactKind.HOLDS_POSITION, FactStatus.ACTUAL),
    TenureStatus.FORMER: (FactKind.HOLDS_POSITION, FactStatus.FORMER),
    TenureStatus.APPOINTED: (FactKind.APPOINTED, FactStatus.ACTUAL),
    TenureStatus.DISMISSED: (FactKind.DISMISSED, FactStatus.ACTUAL),
}
_LAST_DAY = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}
_PREFIX = {"organizations": "org", "clusters": "clu", "persons": "per", "places": "pla", "events": "eve"}


def on(day, site="vestnik.example", *, name=None, modified=None, confidence=0.9, words=None):
    """Begin an article of that day."""
    return Told(day, site, name or f"{site}-{day}", modified, (confidence, words or f"{day} {site}"))


def tell(database, *articles, now=NOW):
    """Load articles, one transaction each."""
    outcomes = []
    for told in articles:
        made = contribution(told.record())

        def work(connection, made=made):
            seq = begin_load(connection, "load", now)
            return load_contribution(connection, made, load_seq=seq, now=now)

        outcomes.append(write(database, work))
    return outcomes


def identify(database):
    """Hold entities of one kind and name for one, and relations for one that have the same ends.

    Simpler than `resolve` on purpose: what is believed is tested apart from who is held to be one with whom, so that a
    story may give one body two regions.
    """
    write(database, _identify)


def _identify(connection):
    entity, statement = schema.entity.c, schema.statement.c
    canonical, rows = {}, connection.execute(select(entity.id, entity.kind, entity.name).order_by(entity.id)).all()
    said = {}
    for row in connection.execute(select(statement).order_by(statement.seq)):
        said.setdefault(row.entity_id, []).append(row)
    for key in (_named_key, _relation_key):  # relations look at what their ends became, posts at their bodies
        first = {}
        for row in rows:
            if wanted := key(row, said.get(row.id, ()), canonical):
                canonical[row.id] = first.setdefault(wanted, row.id)
    for row in rows:
        values = {"canonical_id": canonical.get(row.id, row.id)}
        connection.execute(update(schema.entity).where(entity.id == row.id).values(values))


def _named_key(row, said, _):
    if row.kind in RELATION_KEYS:
        return None
    where = next((s.value for s in said if s.property == "body"), "") if row.kind == "post" else ""
    return row.kind, row.name, where


def _relation_key(row, said, canonical):
    if row.kind not in RELATION_KEYS:
        return None
    ends = [(s.property, canonical.get(s.value_id, s.value)) for s in said if s.property in RELATION_KEYS[row.kind]]
    return row.kind, *sorted(set(ends))


class Told:
    """An article under way; each method adds a sentence and gives the article back."""

    def __init__(self, day, site, name, modified, manner):
        self.day, self.site, self.name, self.modified = day, site, name, modified
        self.confidence, self.words = manner
        self.text = f"Новости {day}"
        self.tables = {table: {} for table in _PREFIX}  # of each: keyword arguments of the record's class, by name
        self.officials, self.dates, self.money, self.facts = [], [], [], []

    def organization(self, name, *, kind="company", **more):
        return self._entity("organizations", name, kind=OrganizationKind(kind), **more)

    def cluster(self, name, *, kind="industrial", status="existing", **more):
        return self._entity("clusters", name, kind=ClusterKind(kind), status=ClusterStatus(status), **more)

    def person(self, name):
        parts = name.split()
        patronymic = parts[1] if len(parts) == 3 else None
        return self._entity("persons", name, first=parts[0], patronymic=patronymic, last=parts[-1])

    def place(self, name, *, kind="city", **more):
        return self._entity("places", name, kind=PlaceKind(kind), **more)

    def event(self, name, **more):
        return self._entity("events", name, **more)

    def holds(self, person, position, body=None, *, status="current", since=None, modality=None):
        """Say that a person holds a post (`since`: the date that stands with it, a day, month or year)."""
        self.person(person)
        if body and not self._id(body):
            self.organization(body, kind="government")
        status = TenureStatus(status)
        kind, usual = _FACT_OF[status]
        start = self._say(
            sentence := f"Сообщается ({modality or status}) {self.words}: {position} {body or ''} {person} {since}."
        )
        record_person = self.tables["persons"][person]
        where, post = self._mention(person, start), self._mention(position, start)
        place = body in self.tables["places"]
        official = r.Official(
            f"off{len(self.officials) + 1}", person, record_person["id"], record_person["first"],
            record_person["patronymic"], record_person["last"], position, body, None if place else self._id(body),
            body if place else None, self._id(body) if place else None, status, None, where, post,
        )  # fmt: skip
        self.officials.append(official)
        roles = {"person": record_person["id"], "position": position, "official": official.id}
        roles |= {"organization": self._id(body)} if body else {}
        return self._fact(kind, roles, FactStatus(modality or usual), since, sentence)

    def says(self, kind, *, modality="actual", since=None, **roles):
        """State a fact of FactKind; a role's value is the name of an entity said before, or any plain value."""
        words = " ".join(filter(None, (*roles.values(), since)))
        self._say(sentence := f"Говорят ({kind}, {modality}) {self.words}: {words}.")
        local = {role: self._id(value) or value for role, value in roles.items()}
        return self._fact(FactKind(kind), local, FactStatus(modality), since, sentence)

    def amount(self, subject, low, high=None, *, measure="заём", currency="RUB", modality="actual", since=None):
        """Say how much something of an entity is; `low` and `high` in whole units, high as low unless given."""
        text = f"{low} {currency}"
        start = self._say(sentence := f"Сумма ({measure}, {modality}) {self.words}: {subject} {text} {since}.")
        made = f"mon{len(self.money) + 1}"
        where = self._mention(text, start)
        self.money.append(r.Money(made, text, low, high or low, currency, False, None, measure, None, where))
        roles = {"money": made, "measure": measure, "subject": self._id(subject) or subject}
        return self._fact(FactKind.AMOUNT_OF, roles, FactStatus(modality), since, sentence)

    def _entity(self, table, name, **fields):
        start = self._say(f"Упомянут {self.words}: {name}.")
        known = self.tables[table].setdefault(
            name, {"id": f"{_PREFIX[table]}{len(self.tables[table]) + 1}", "name": name, "mentions": ()}
        )
        known["mentions"] += self._mention(name, start)
        known |= {key: self._id(value) if key == "parent" else value for key, value in fields.items()}
        return self

    def _id(self, name):
        return next((found[name]["id"] for found in self.tables.values() if name in found), None)

    def _say(self, sentence):
        self.text += "\n"
        start = len(self.text)
        self.text += sentence
        return start

    def _mention(self, text, start):
        found = self.text.index(text, start)
        return (r.PrintedMention(found, found + len(text), text, "told", self.confidence),)

    def _fact(self, kind, roles, status, since, sentence):
        start = len(self.text) - len(sentence)
        date = self._date(since, start) if since else None
        made = f"fac{len(self.facts) + 1}"
        evidence = Evidence(start, start + len(sentence), sentence)
        self.facts.append(r.Fact(made, kind, roles, status, date, None, evidence, "told", self.confidence))
        return self

    def _date(self, since, start):
        first, last, unit = _bounds(since)
        made = f"dat{len(self.dates) + 1}"
        where = self._mention(since, start)
        self.dates.append(r.Date(made, since, first, last, unit, False, None, None, where))
        return made

    def record(self):
        """Give the article as a record."""
        article = r.RecordArticle(
            self.name, f"https://{self.site}/{self.name}", None, self.site, None, f"Новости {self.day}", None, (),
            f"{self.day}T09:00:00+03:00", "json-ld", self.modified, None, self.text,
            hashlib.sha256(self.text.encode()).hexdigest(), ((0, len(self.text)),), (), r.ArticleSource("told"), "ru",
            {},
        )  # fmt: skip
        tables = {
            "organizations": (r.Organization, {"legal_form": None, "aliases": (), "parent": None, "region": None,
                                               "identifiers": {}}),
            "clusters": (r.Cluster, {"scope": None, "industry": None, "region": None, "aliases": ()}),
            "persons": (r.Person, {}),
            "places": (r.Place, {"region": None}),
            "events": (r.Event, {"kind": None, "place": None, "start": None, "stop": None}),
        }  # fmt: skip
        made = {
            name: tuple(kind(**{**defaults, **fields}) for fields in self.tables[name].values())
            for name, (kind, defaults) in tables.items()
        }
        own = {"officials": self.officials, "dates": self.dates, "money": self.money, "facts": self.facts}
        return r.Record(article=article, **made, **{name: tuple(found) for name, found in own.items()})


def _bounds(since):
    """Bound a day, a month or a year by its first and last day.

    >>> _bounds("2024-04")
    ('2024-04-01', '2024-04-30', <Granularity.MONTH: 'month'>)
    """
    if len(since) == 4:
        return f"{since}-01-01", f"{since}-12-31", Granularity.YEAR
    if len(since) == 7:
        return f"{since}-01", f"{since}-{_LAST_DAY.get(since[5:], 31)}", Granularity.MONTH
    return since, since, Granularity.DAY
