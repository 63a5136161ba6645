"""Records of invented articles, any number, always the same: names recur as in news, a few often and most seldom.

An article says some 70 things: organizations with aliases and numbers, persons in posts, places, a cluster, facts. Its
text is made of its names, so that every offset fits.
"""

import hashlib
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, TypeVar

from extractors import ClusterKind, ClusterStatus, Granularity, OrganizationKind, PlaceKind, TenureStatus
from pipeline import record as r
from pipeline.fact import Evidence, FactKind, FactStatus

STATEMENTS = 69  # an article, about

_SYLLABLES = (
    "ба", "ве", "ги", "до", "жу", "за", "ка", "ле", "ми", "но", "пу", "ра", "се", "ти", "фо", "ха", "ше", "бор",
    "вин", "гор", "дан", "зен", "кар", "лун", "мир", "нор", "рен", "сол", "тур",
)  # fmt: skip
_FIRST = (
    "Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Зоя", "Игорь", "Клара", "Лев", "Майя", "Назар", "Ольга",
    "Павел", "Рита", "Семён", "Тая", "Фёдор",
)  # fmt: skip
_POSTS = (
    "министр экономики", "губернатор", "директор", "генеральный директор", "ректор", "глава", "заместитель министра",
)  # fmt: skip
_REGIONS = [f"{stem}ская область" for stem in ("Оль", "Зареч", "Камен", "Лугов", "Боров", "Ясен", "Сосен", "Верх")]
_ENDINGS = ("ов", "ин", "ский")
_TRADES = ("строй", "маш", "банк", "лес", "софт", "агро")
_FORMS = ("ООО", "АО", "ПАО", "АНО", None)

Item = TypeVar("Item")


class Cast:
    """Everybody that the articles may speak of. Each person holds one post, and each thing lies in one region."""

    def __init__(self, random: Random, articles: int) -> None:
        size = max(50, int(articles**0.85))
        self.organizations = [_organization(random, number) for number in range(size)]
        self.persons = [
            (random.choice(_FIRST), _word(random, 3) + random.choice(_ENDINGS), random.choice(_POSTS), number)
            for number in range(size)
        ]
        self.places = [(_word(random, 3), random.choice(_REGIONS)) for _ in range(max(30, size // 10))]
        self.clusters = [(f"кластер «{_word(random, 3)}»", random.choice(_REGIONS)) for _ in range(max(20, size // 20))]


def records(articles: int, seed: int = 1) -> Iterator[r.Record]:
    """Make so many records."""
    random = Random(seed)
    cast = Cast(random, articles)
    for number in range(articles):
        yield _Article(random, cast, number).record()


def often_few(random: Random, items: Sequence[Item]) -> Item:
    """Choose by Zipf's law, as names occur."""
    return items[int(len(items) ** random.random()) - 1]


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _organization(random: Random, number: int) -> dict[str, Any]:
    form, word = random.choice(_FORMS), _word(random, 3) + random.choice(_TRADES)
    return {
        "name": f"{form} «{word}»" if form else f"Завод «{word}»",
        "legal_form": form,
        "aliases": (word,),
        "region": random.choice(_REGIONS) if random.random() < 0.4 else None,
        "identifiers": {"inn": f"{7700000000 + number}"} if random.random() < 0.1 else {},
        "kind": OrganizationKind.COMPANY,
        "parent": None,
    }


class _Article:
    """An article under way."""

    def __init__(self, random: Random, cast: Cast, number: int) -> None:
        self._random = random
        self._cast = cast
        self._number = number
        self._text = "Новости дня"
        self._facts: list[r.Fact] = []

    def record(self) -> r.Record:
        cast, people = self._cast, sorted({often_few(self._random, self._cast.persons) for _ in range(4)})
        bodies = [number for _, _, _, number in people[:3]]
        chosen = dict.fromkeys([*bodies, *(often_few(self._random, range(len(cast.organizations))) for _ in range(3))])
        organizations = {
            number: r.Organization(f"org{i}", mentions=self._said(told["name"]), **told)
            for i, number in enumerate(chosen)
            for told in [cast.organizations[number]]
        }
        persons = [self._person(f"per{i}", first, last) for i, (first, last, _, _) in enumerate(people)]
        officials = [
            self._official(i, persons[i], post, organizations[number])
            for i, (_, _, post, number) in enumerate(people[:3])
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

    def _person(self, id_: str, first: str, last: str) -> r.Person:
        return r.Person(id_, f"{first} {last}", first, None, last, self._said(f"{first} {last}"))

    def _official(self, number: int, person: r.Person, post: str, body: r.Organization) -> r.Official:
        self._state(
            FactKind.HOLDS_POSITION, person=person.id, position=post, organization=body.id, official=f"off{number}"
        )
        return r.Official(
            f"off{number}", person.name, person.id, person.first, None, person.last, post, body.name, body.id, None,
            None, TenureStatus.CURRENT, None, person.mentions, self._said(post),
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
