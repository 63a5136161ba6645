"""Records of invented articles, any number, always the same: names recur as in news, a few often and most seldom.

An article says some 70 things: organizations with aliases and numbers, persons in posts, places, a cluster, facts. Its
text is made of its names, so that every offset fits.
"""

import hashlib
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple, TypeVar

from extractors import ClusterKind, ClusterStatus, Granularity, OrganizationKind, PlaceKind, TenureStatus
from pipeline import record as r
from pipeline.fact import Evidence, FactKind, FactStatus

STATEMENTS = 69  # an article, about

_SYLLABLES = (
    "ба", "ве", "ги", "до", "жу", "за", "ка", "ле", "ми", "но", "пу", "ра", "се", "ти", "фо", "ха", "ше", "бор",
    "вин", "гор", "дан", "зен", "кар", "лун", "мир", "нор", "рен", "сол", "тур",
)  # fmt: skip
_MEN = ("Борис", "Глеб", "Егор", "Игорь", "Лев", "Назар", "Павел", "Семён", "Фёдор", "Олег", "Антон", "Денис")
_WOMEN = ("Анна", "Вера", "Дарья", "Зоя", "Клара", "Майя", "Ольга", "Рита", "Тая", "Нина", "Инна", "Лидия")
_FATHERS = ("Борис", "Глеб", "Егор", "Назар", "Павл", "Семён", "Фёдор", "Олег", "Антон", "Денис")
_POSTS = (
    "министр экономики", "губернатор", "директор", "генеральный директор", "ректор", "глава", "заместитель министра",
)  # fmt: skip
_REGIONS = [f"{stem}ская область" for stem in ("Оль", "Зареч", "Камен", "Лугов", "Боров", "Ясен", "Сосен", "Верх")]
_ENDINGS = (("ов", "ова"), ("ин", "ина"), ("ский", "ская"))
_TRADES = ("строй", "маш", "хим", "лес", "софт", "агро", "транс", "энерго", "мед", "торг")
_FORMS = ("ООО", "АО", "ПАО", "АНО", None)
_HEADS = ("Завод", "Комбинат", "Фабрика", "Фонд", "Группа", "Холдинг")
_DEPARTMENTS = ("экономики", "транспорта", "здравоохранения", "образования", "культуры", "энергетики", "финансов")
_SELDOM = 0.35  # of the names in an article are any of all: most names are in the news once or twice

Item = TypeVar("Item")


class Named(NamedTuple):
    """A person of the cast, and which organization the post is in."""

    first: str
    patronymic: str
    last: str
    post: str
    body: int

    def printed(self, random: Random) -> "Named":
        """Choose how an article names the person: first name and surname, all three, or the surname alone."""
        chance = random.random()
        if chance < 0.7:
            return self._replace(patronymic="")
        return self if chance < 0.85 else self._replace(first="", patronymic="")

    @property
    def name(self) -> str:
        """The name as it is printed."""
        return " ".join(filter(None, (self.first, self.patronymic, self.last)))


class Cast:
    """Everybody that the articles may speak of. Each person holds one post, and each thing lies in one region."""

    def __init__(self, random: Random, articles: int) -> None:
        size = max(50, 2 * articles)
        self.organizations = [_organization(random, number) for number in range(size)]
        self.persons = [_person(random, number) for number in range(size)]
        self.places = [(_word(random, 3), random.choice(_REGIONS)) for _ in range(max(30, size // 10))]
        self.clusters = [(f"кластер «{_word(random, 3)}»", random.choice(_REGIONS)) for _ in range(max(20, size // 20))]


def records(articles: int, seed: int = 1) -> Iterator[r.Record]:
    """Make so many records."""
    random = Random(seed)
    cast = Cast(random, articles)
    for number in range(articles):
        yield _Article(random, cast, number).record()


def often_few(random: Random, items: Sequence[Item]) -> Item:
    """Choose by Zipf's law, as names occur, with a long tail."""
    if random.random() < _SELDOM:
        return random.choice(items)
    return items[int(len(items) ** random.random()) - 1]


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _organization(random: Random, number: int) -> tuple[dict[str, Any], ...]:
    """Make an organization as articles name it: in full, without what else it is called, by its bare name."""
    if random.random() < 0.1:
        return (_public(random),)
    form, word = random.choice(_FORMS), _word(random, 3) + random.choice(_TRADES)
    word = f"{word} {_word(random, 2)}" if random.random() < 0.3 else word
    told: dict[str, Any] = {
        "name": f"{form or random.choice(_HEADS)} «{word}»",
        "legal_form": form,
        "aliases": (word,),
        "region": random.choice(_REGIONS) if random.random() < 0.4 else None,
        "identifiers": {"inn": f"{7700000000 + number}"} if random.random() < 0.1 else {},
        "kind": OrganizationKind.COMPANY,
        "parent": None,
    }
    plain = told | {"aliases": (), "region": None, "identifiers": {}}
    return told, told, plain, plain | {"name": word, "legal_form": None}


def _public(random: Random) -> dict[str, Any]:
    region = random.choice(_REGIONS)
    ministry = f"министерство {random.choice(_DEPARTMENTS)} {region.replace('ая область', 'ой области')}"
    is_ministry = random.random() < 0.3
    return {
        "name": ministry if is_ministry else f"{_word(random, 2)}ский государственный университет",
        "legal_form": None,
        "aliases": (),
        "region": region if is_ministry else None,
        "identifiers": {},
        "kind": OrganizationKind.GOVERNMENT if is_ministry else OrganizationKind.EDUCATION_SCIENCE,
        "parent": None,
    }


def _person(random: Random, number: int) -> Named:
    woman = random.random() < 0.4
    first, father = random.choice(_WOMEN if woman else _MEN), random.choice(_FATHERS)
    last = _word(random, random.choice((2, 3))) + random.choice(_ENDINGS)[woman]
    return Named(first, f"{father}{'овна' if woman else 'ович'}", last, random.choice(_POSTS), number)


class _Article:
    """An article under way."""

    def __init__(self, random: Random, cast: Cast, number: int) -> None:
        self._random = random
        self._cast = cast
        self._number = number
        self._text = "Новости дня"
        self._facts: list[r.Fact] = []

    def record(self) -> r.Record:
        cast, chance = self._cast, self._random
        people = [one.printed(chance) for one in sorted({often_few(chance, cast.persons) for _ in range(4)})]
        bodies = [one.body for one in people[:3]]
        chosen = dict.fromkeys([*bodies, *(often_few(chance, range(len(cast.organizations))) for _ in range(3))])
        organizations = {
            number: r.Organization(f"org{i}", mentions=self._said(told["name"]), **told)
            for i, number in enumerate(chosen)
            for told in [chance.choice(cast.organizations[number])]
        }
        persons = [self._person(f"per{i}", one) for i, one in enumerate(people)]
        officials = [
            self._official(i, persons[i], one.post, organizations[one.body]) for i, one in enumerate(people[:3])
        ]
        place, region = often_few(self._random, cast.places)
        places = [r.Place("pla1", place, PlaceKind.CITY, region, self._said(place))]
        cluster, region = often_few(self._random, cast.clusters)
        clusters = [r.Cluster("clu1", cluster, ClusterKind.INDUSTRIAL, None, None, region, ClusterStatus.EXISTING, (),
                              self._said(cluster))]  # fmt: skip
        date = r.Date("dat1", "5 марта 2024 года", "2024-03-05", "2024-03-05", Granularity.DAY, False, None, None,
                      self._said("5 марта 2024 года"))  # fmt: skip
        sum_ = str(self._random.randrange(1, 999) * 1_000_000)
        money = r.Money(
            "mon1", f"{sum_} рублей", sum_, sum_, "RUB", False, None, "заём", None, self._said(f"{sum_} рублей")
        )
        self._state(FactKind.AMOUNT_OF, subject="org0", money="mon1", measure="заём")
        self._state(FactKind.PARTICIPATES_IN, subject="org0", object="clu1")
        self._state(FactKind.LOCATED_IN, subject="org0", place="pla1")
        return r.Record(
            self._article(), tuple(organizations.values()), tuple(clusters), tuple(persons), tuple(officials),
            tuple(places), (), (date,), (money,), tuple(self._facts),
        )  # fmt: skip

    def _said(self, name: str) -> r.Mentions:
        self._text += ". Сообщается, что " if self._random.random() < 0.7 else ".\n\nКроме того, "
        start = len(self._text)
        self._text += f"{name} работает и в этом году, как и прежде, без перемен"
        return (r.PrintedMention(start, start + len(name), name, "invented", 0.9),)

    def _person(self, id_: str, one: Named) -> r.Person:
        return r.Person(
            id_, one.name, one.first or None, one.patronymic or None, one.last, self._said(one.name)
        )  # fmt: skip

    def _official(self, number: int, person: r.Person, post: str, body: r.Organization) -> r.Official:
        self._state(
            FactKind.HOLDS_POSITION, person=person.id, position=post, organization=body.id, official=f"off{number}"
        )
        return r.Official(
            f"off{number}", person.name, person.id, person.first, person.patronymic, person.last, post, body.name,
            body.id, None, None, TenureStatus.CURRENT, None, person.mentions, self._said(post),
        )  # fmt: skip

    def _state(self, kind: FactKind, **roles: str) -> None:
        start = self._text.rindex(". ") + 2 if ". " in self._text else 0
        evidence = Evidence(start, len(self._text), self._text[start:])
        number = f"fac{len(self._facts)}"
        self._facts.append(r.Fact(number, kind, roles, FactStatus.ACTUAL, "dat1", None, evidence, "invented", 0.8))

    def _article(self) -> r.RecordArticle:
        day = f"{2015 + self._number % 10}-{1 + self._number // 10 % 12:02}-{1 + self._number // 120 % 28:02}"
        site = f"news{self._number % 20}.example"
        return r.RecordArticle(
            f"article-{self._number}", f"https://{site}/{self._number}", None, site, site, "Новости дня", None, (),
            f"{day}T09:00:00+03:00", "json-ld", None, None, self._text, hashlib.sha256(self._text.encode()).hexdigest(),
            ((0, len(self._text)),), (), r.ArticleSource("invented"), "ru", {"organizations": "1"},
        )  # fmt: skip
