"""The relations of a record: who holds which post, and its facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.fact import FactKind, FactStatus
from pipeline.record import Date, Fact, Money, Official, Record
from pipeline.registry.ids import entity_id
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading._entities import TENURE, fact_grounds, grounds, post_local_id, post_of
from pipeline.registry.loading._passages import Passages
from pipeline.registry.loading.draft import EntityDraft, Grounds, StatementDraft

_RELATION_OF = {
    FactKind.IN_REGISTRY: EntityKind.INCLUSION,
    FactKind.LOCATED_IN: EntityKind.LOCATION,
    FactKind.PART_OF: EntityKind.PART,
    FactKind.PARTICIPATES_IN: EntityKind.MEMBERSHIP,
    FactKind.MANAGES: EntityKind.MANAGEMENT,
    FactKind.CREATED_ON_BASE_OF: EntityKind.FOUNDING,
    FactKind.AGREEMENT_SIGNED: EntityKind.AGREEMENT,
    FactKind.EVENT_HELD: EntityKind.HOLDING,
    FactKind.AMOUNT_OF: EntityKind.AMOUNT,
    FactKind.QUANTITY_OF: EntityKind.QUANTITY,
}
_TOLD_BY_STATUS = frozenset({FactStatus.ACTUAL, FactStatus.FORMER})  # an official's own status says as much
_TENURE_DATE = {FactKind.HOLDS_POSITION: "date", FactKind.APPOINTED: "start", FactKind.DISMISSED: "end"}
_MONEY = ("min", "max", "currency", "approximate", "per_unit", "text", "unresolved")


def relation_drafts(record: Record, entities: Mapping[str, EntityDraft], passages: Passages) -> Iterator[EntityDraft]:
    """Draft occupancies, then the other relations; `entities` are the article's, by what the record calls them."""
    drafting = _Drafting(record, entities, passages)
    yield from drafting.occupancies()
    for fact in record.facts:
        if fact.kind in _RELATION_OF:
            yield drafting.relation(fact)


class _Drafting:
    """A record under way, with what is looked up again and again."""

    def __init__(self, record: Record, entities: Mapping[str, EntityDraft], passages: Passages) -> None:
        self._record = record
        self._entities = entities
        self._passages = passages
        self._dates: dict[str, Date] = {date.id: date for date in record.dates}
        self._money: dict[str, Money] = {money.id: money for money in record.money}

    def _version(self, table: str) -> str:
        return f"{table}-{self._record.article.extractors.get(table, '?')}"

    def occupancies(self) -> Iterator[EntityDraft]:
        """Draft one occupancy for each person in each post, from officials and from the facts about them."""
        officials: dict[tuple[str, str], list[Official]] = defaultdict(list)
        facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        by_id = {official.id: official for official in self._record.officials}
        for official in self._record.officials:
            officials[official.person_id, post_local_id(*post_of(official))].append(official)
        for fact in self._record.facts:
            if fact.kind in TENURE and "person" in fact.roles:
                told = by_id.get(fact.roles.get("official", ""), fact)
                facts[fact.roles["person"], post_local_id(*post_of(told))].append(fact)
        for person, post in {**officials, **facts}:
            if person in self._entities and post in self._entities:
                key = person, post
                yield self._occupancy(self._entities[person], self._entities[post], officials[key], facts[key])

    def _occupancy(
        self, person: EntityDraft, post: EntityDraft, officials: list[Official], facts: list[Fact]
    ) -> EntityDraft:
        made = entity_id(EntityKind.OCCUPANCY, person.id, post.id)
        told = [grounds(o.mentions[0], self._version("officials"), self._passages) for o in officials]
        first = (told or [self._rests(fact) for fact in facts])[0]
        statements = [
            StatementDraft(made, "holder", person.name, first, person.id),
            StatementDraft(made, "post", post.name, first, post.id),
            *(
                StatementDraft(made, "status", o.status, said, modality=_put(o, facts))
                for o, said in zip(officials, told, strict=True)
            ),
            *(statement for fact in facts for statement in self._tenure(made, fact)),
        ]
        return EntityDraft(made, "", EntityKind.OCCUPANCY, f"{person.name} — {post.name}", _distinct(statements))

    def _tenure(self, made: str, fact: Fact) -> Iterator[StatementDraft]:
        if fact.kind is not FactKind.HOLDS_POSITION or fact.status not in _TOLD_BY_STATUS:
            yield StatementDraft(made, "status", TENURE[fact.kind], self._rests(fact), modality=fact.status)
        yield from self._dated(made, fact, _TENURE_DATE[fact.kind])

    def relation(self, fact: Fact) -> EntityDraft:
        """Draft the relation that a fact states; each role is a statement."""
        kind = _RELATION_OF[fact.kind]
        roles = sorted((role, value) for role, value in fact.roles.items() if role != "official")
        named = [(role, self._entities.get(value), value) for role, value in roles]
        parts = [part for role, entity, value in named for part in (role, entity.id if entity else self._plain(value))]
        made = entity_id(kind, self._record.article.id, *parts)
        statements: list[StatementDraft] = []
        for role, entity, value in named:
            if money := self._money.get(value):
                statements += self._amount(made, fact, money)
            else:
                name, target = (entity.name, entity.id) if entity else (value, None)
                statements.append(
                    StatementDraft(made, role, name, self._rests(fact), target, fact.status)
                )  # fmt: skip
        statements += self._dated(made, fact, "date")
        statements += self._placed(made, fact)
        name = " — ".join(entity.name if entity else self._plain(value) for _, entity, value in named)
        return EntityDraft(made, "", kind, name, _distinct(statements))

    def _plain(self, value: str) -> str:
        return self._money[value].text if value in self._money else value

    def _amount(self, made: str, fact: Fact, money: Money) -> Iterator[StatementDraft]:
        mention = money.mentions[0]
        said = grounds(mention, self._version("money"), self._passages)
        for field in _MONEY:
            value = getattr(money, field)
            if value not in {None, False}:
                text = "true" if value is True else str(value)
                yield StatementDraft(made, field, text, said, modality=fact.status)

    def _dated(self, made: str, fact: Fact, property_: str) -> Iterator[StatementDraft]:
        if fact.date is None:
            return
        date = self._dates.get(fact.date)
        if date is None:
            yield StatementDraft(made, property_, fact.date, self._rests(fact), modality=fact.status)
        elif date.start or date.stop:
            said = grounds(date.mentions[0], self._version("dates"), self._passages)
            value = date.start if date.start == date.stop else f"{date.start or '..'}/{date.stop or '..'}"
            yield StatementDraft(made, property_, str(value), said, modality=fact.status)

    def _placed(self, made: str, fact: Fact) -> Iterator[StatementDraft]:
        if fact.place is not None and "place" not in fact.roles:
            place = self._entities.get(fact.place)
            name, target = (place.name, place.id) if place else (fact.place, None)
            yield StatementDraft(made, "place", name, self._rests(fact), target, fact.status)

    def _rests(self, fact: Fact) -> Grounds:
        return fact_grounds(fact, self._record)


def _put(official: Official, facts: Iterable[Fact]) -> FactStatus:
    """Tell how an official's status is put: as the facts about it put it, if these do not say that it is so."""
    own = [fact for fact in facts if fact.roles.get("official") == official.id]
    put = {fact.status for fact in own if _rests_on(fact, official)}
    return FactStatus.ACTUAL if not put or put & _TOLD_BY_STATUS else min(put)


def _rests_on(fact: Fact, official: Official) -> bool:
    first = official.mentions[0]
    return fact.evidence.start <= first.start and first.stop <= fact.evidence.stop


def _distinct(statements: Iterable[StatementDraft]) -> tuple[StatementDraft, ...]:
    """Keep the first statement of each claim."""
    return tuple({statement.claim: statement for statement in reversed(list(statements))}.values())[::-1]
