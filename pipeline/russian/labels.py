"""What the registry's words are called in Russian on the page. A test demands one for every word of the code."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pipeline.fact import FactStatus
from pipeline.registry.belief.conflicts import ConflictKind
from pipeline.registry.keeper.queue import Matter
from pipeline.registry.kinds import PROPERTIES, EntityKind, Origin, Status
from pipeline.russian.format import plural

KINDS: Mapping[str, str] = MappingProxyType(
    {
        EntityKind.ORGANIZATION: "организация",
        EntityKind.CLUSTER: "кластер",
        EntityKind.PERSON: "человек",
        EntityKind.POST: "должность",
        EntityKind.PLACE: "место",
        EntityKind.EVENT: "событие",
        EntityKind.OCCUPANCY: "пребывание в должности",
        EntityKind.MEMBERSHIP: "участие",
        EntityKind.MANAGEMENT: "управление",
        EntityKind.INCLUSION: "включение в реестр",
        EntityKind.LOCATION: "расположение",
        EntityKind.PART: "принадлежность",
        EntityKind.FOUNDING: "создание на базе",
        EntityKind.AGREEMENT: "соглашение",
        EntityKind.HOLDING: "проведение события",
        EntityKind.AMOUNT: "сумма",
        EntityKind.QUANTITY: "количество",
    }
)

# Headings of relations on a card, in their order; of named entities in lists.
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        EntityKind.OCCUPANCY: "Должности",
        EntityKind.MEMBERSHIP: "Участие в кластерах и объединениях",
        EntityKind.MANAGEMENT: "Управление",
        EntityKind.INCLUSION: "Реестры",
        EntityKind.PART: "Состав и принадлежность",
        EntityKind.LOCATION: "Расположение",
        EntityKind.FOUNDING: "Создание",
        EntityKind.AMOUNT: "Суммы",
        EntityKind.QUANTITY: "Количества",
        EntityKind.AGREEMENT: "Соглашения",
        EntityKind.HOLDING: "Проведение событий",
        EntityKind.ORGANIZATION: "Организации",
        EntityKind.CLUSTER: "Кластеры",
        EntityKind.PERSON: "Люди",
        EntityKind.POST: "Должности",
        EntityKind.PLACE: "Места",
        EntityKind.EVENT: "События",
    }
)

# After a count: one, two, five of a kind.
COUNTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        EntityKind.ORGANIZATION: ("организация", "организации", "организаций"),
        EntityKind.CLUSTER: ("кластер", "кластера", "кластеров"),
        EntityKind.PERSON: ("человек", "человека", "человек"),
        EntityKind.POST: ("должность", "должности", "должностей"),
        EntityKind.PLACE: ("место", "места", "мест"),
        EntityKind.EVENT: ("событие", "события", "событий"),
    }
)

# Headings of a card for named entities that are within the one shown.
PARTS: Mapping[str, str] = MappingProxyType(
    {
        EntityKind.POST: "Посты",
        EntityKind.ORGANIZATION: "Организации в составе",
        EntityKind.CLUSTER: "Кластеры в составе",
    }
)

# The parts that ends play in relations, where the names of both do not say so themselves.
ROLES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (EntityKind.MEMBERSHIP, "subject"): "участник",
        (EntityKind.MEMBERSHIP, "object"): "входит в",
        (EntityKind.MANAGEMENT, "subject"): "управляет",
        (EntityKind.MANAGEMENT, "object"): "под управлением",
        (EntityKind.INCLUSION, "subject"): "включено",
        (EntityKind.INCLUSION, "registry"): "реестр",
        (EntityKind.PART, "subject"): "часть",
        (EntityKind.PART, "object"): "часть от",
        (EntityKind.LOCATION, "place"): "где",
        (EntityKind.LOCATION, "subject"): "здесь",
        (EntityKind.FOUNDING, "subject"): "создаётся",
        (EntityKind.FOUNDING, "base"): "на базе",
        (EntityKind.AGREEMENT, "event"): "на",
        (EntityKind.AGREEMENT, "subject"): "сторона",
        (EntityKind.AGREEMENT, "object"): "с",
        (EntityKind.HOLDING, "place"): "где",
        (EntityKind.AMOUNT, "source"): "источник",
        (EntityKind.AMOUNT, "support"): "роль",
    }
)

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        Status.PROPOSED: "не проверено",
        Status.ACCEPTED: "принято",
        Status.REJECTED: "отвергнуто",
        Status.SUPERSEDED: "заменено",
    }
)

# People's words on two entities.
JUDGED: Mapping[str, str] = MappingProxyType(
    {
        "same": "одно и то же",
        "different": "разные",
        "open": "решение снято",
        "apart": "отделено",
        "trusted": "доверие к сайту",
        "proposed again": "возвращено на проверку",
    }
)

MODALITIES: Mapping[str, str] = MappingProxyType(
    {
        FactStatus.ACTUAL: "",
        FactStatus.PLANNED: "планируется",
        FactStatus.FORMER: "в прошлом",
        FactStatus.DENIED: "опровергается",
        FactStatus.HYPOTHETICAL: "предположительно",
    }
)

MATTERS: Mapping[str, str] = MappingProxyType(
    {
        Matter.IDENTITY: "Одно и то же?",
        Matter.CONFLICT: "Противоречия",
        Matter.CLUSTER: "Кластеры",
        Matter.HOLDER: "Должности",
        Matter.VALUE: "Сведения",
    }
)

# Why two may be one, or may not: words of `registry.identity`.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "name": "имя совпадает", "surname": "фамилия совпадает", "surname alone": "есть только фамилия",
        "first name alone": "есть только имя", "patronymic equal": "отчество совпадает",
        "common surname": "фамилия частая", "initial": "инициал",
        "full name in the article": "полное имя в той же статье",
        "same body": "тот же орган", "other bodies": "органы разные", "same post": "та же должность",
        "same territory": "та же территория", "other territory": "территории разные",
        "territory unsaid": "территория не названа", "whose unsaid": "чей — не сказано", "company": "упомянуты вместе",
        "setting": "те же обстоятельства", "kind of body": "вид органа разный", "kind of place": "вид места разный",
        "kind of cluster": "вид кластера разный", "legal form": "правовая форма разная",
        "bare name": "название без вида", "region": "тот же регион", "region unknown": "регион не известен",
        "other region": "регионы разные", "misprint": "похоже на опечатку", "abbreviation": "сокращение",
        "spaces": "пробелы и дефисы", "form of the word": "форма слова", "transliteration": "другой алфавит",
        "head": "главное слово", "year unsaid": "год не назван", "other number": "номер другой",
        "prefix": "начало названия",
    }
)  # fmt: skip

CONFLICTS: Mapping[str, str] = MappingProxyType(
    {
        ConflictKind.HOLDERS: "Двое на одном посту",
        ConflictKind.VALUES: "Разные значения",
        ConflictKind.AMOUNTS: "Разные суммы",
        ConflictKind.IDENTIFIERS: "Один номер у двоих",
        ConflictKind.DENIALS: "Опровержения",
    }
)

ORIGINS: Mapping[str, str] = MappingProxyType(
    {Origin.ARTICLE: "статья", Origin.LIST: "список", Origin.KEEPER: "хранитель реестра"}
)

# Closed lists of values that are words of the code, by property.
VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kind": {
            "government": "орган власти", "company": "компания", "bank": "банк", "fund": "фонд",
            "association": "объединение", "media": "СМИ", "education_science": "образование и наука",
            "court_law_enforcement": "суд, силовое ведомство", "international": "международная организация",
            "industrial": "промышленный", "innovation": "инновационный", "tourist": "туристский",
            "medical": "медицинский", "cultural": "культурный", "corporate": "корпоративный",
            "country": "страна", "region": "регион", "city": "населённый пункт", "district": "район",
            "other": "другое",
        },
        "status": {
            "current": "занимает", "former": "занимал(а)", "acting": "исполняет обязанности",
            "appointed": "назначение", "dismissed": "уход с должности",
            "existing": "действует", "in_registry": "в реестре", "being_created": "создаётся",
            "planned": "планируется",
        },
        "approximate": {"true": "да"},
    }
)  # fmt: skip


def value_name(value: str, property_name: str) -> str:
    """Name a value of a closed list; others are what they are."""
    return VALUES.get(property_name, {}).get(value, value)


def count_name(kind: str, count: int) -> str:
    """Name so many of a kind, without the number.

    >>> count_name("cluster", 1269), count_name("person", 22)
    ('кластеров', 'человека')
    """
    return plural(count, *COUNTS[kind]).split("\N{NO-BREAK SPACE}")[-1]


def _namer(table: Mapping[str, str]) -> Callable[[str], str]:
    return lambda word: table.get(word, word)


FILTERS = MappingProxyType(
    {
        "kind_name": _namer(KINDS),
        "group_name": _namer(GROUPS),
        "part_name": _namer({**GROUPS, **PARTS}),
        "prop_name": _namer({name: known.label for name, known in PROPERTIES.items()}),
        "reason_name": _namer(REASONS),
        "status_name": _namer(STATUSES),
        "judged_name": _namer({**STATUSES, **JUDGED}),
        "modality_name": _namer(MODALITIES),
        "origin_name": _namer(ORIGINS),
        "count_name": count_name,
        "value_name": value_name,
    }
)
