"""When two names can mean one organization: identities that fold what a reader would not call a difference."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors import region_by_adjective
from pipeline.link._tables import table

Words = tuple[str, ...]

_NOT_WORD = re.compile(r"[^\w+&.-]+")
_QUOTED = re.compile(r"[«\"“„](.+)[»\"”“]")
_SMALL = frozenset({"и", "в", "во", "на", "по", "с", "со", "для", "при", "о", "об", "им", "имени", "г", "the", "of"})
_ENDINGS = re.compile(r"[аеёиоуыьэюяй]{1,2}$")
_SHORTEST_STEM = 5
_LEAST_WORDS = 2
_STATE = "россии"
_TOWN_ADJECTIVE = re.compile(r".+[сц]к(?:ий|ое|ая)")
_SUPERIOR = frozenset({"конгресса", "парламента", "сената", "правительства", "администрации", "мэрии"})


@cache
def _folds() -> dict[str, str]:
    """Words that stand for one another in names, or are dropped (empty)."""
    return {row["word"]: row["fold"] for row in table("folds")}


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(word for word in _folds() if " " in word)


@cache
def _synonyms() -> dict[Words, Words]:
    """Give the key of the common name for the key of each synonym."""
    return {key(other): key(row["name"]) for row in table("synonyms") for other in row["synonyms"].split(" | ")}


def key(name: str) -> Words:
    """Give a name's words, folded: lower case, «ё» as «е», no quotes, no legal form, one word for «Россия».

    >>> key("ПАО «Магнит»"), key("Минпромторг РФ")
    (('магнит',), ('минпромторг', 'россии'))
    """
    folded = name.casefold().replace("ё", "е")
    for phrase in _phrases():
        folded = folded.replace(phrase, _folds()[phrase])
    words = [w.strip(".-") for w in _NOT_WORD.split(folded)]
    kept = tuple(fold for word in words if word and (fold := _folds().get(word, word)))
    return kept or tuple(word for word in words if word)


def quoted(name: str) -> Words | None:
    """Give the key of the outermost quoted part of a name, None where nothing is quoted."""
    match = _QUOTED.search(name)
    return key(match.group(1)) if match else None


@lru_cache(maxsize=1 << 12)
def acronyms(words: Words) -> frozenset[str]:
    """Give the abbreviations that a long name's initials make, with and without its last words.

    >>> sorted(acronyms(("фонд", "развития", "промышленности", "края")))
    ['фр', 'фрп', 'фрпк']
    """
    initials = [word[0] for word in words if word not in _SMALL]
    return frozenset("".join(initials[:n]) for n in range(2, len(initials) + 1))


def includes(longer: Words, shorter: Words) -> bool:
    """Tell whether a name begins with another and goes on.

    >>> includes(("фонд", "развития", "промышленности", "кубани"), ("фонд", "развития", "промышленности"))
    True
    """
    return len(shorter) < len(longer) and longer[: len(shorter)] == shorter


@dataclass(frozen=True, slots=True)
class Identity:
    """A name as it is compared: its words without the region, the region, its quoted part, its short forms.

    `words` are those of the commonest synonym, `own` those of the name itself.
    """

    words: Words
    own: Words
    region: str | None
    quoted: Words | None
    aliases: frozenset[Words]

    def can_mean(self, fuller: "Identity") -> bool:
        """Tell whether this name can stand for a fuller one."""
        if self._is_elsewhere(fuller):
            return False
        mine, other = (self.own, fuller.own) if self._is_of_state(fuller) else (self.words, fuller.words)
        if mine == other or includes(other, mine) or _leaves_out(mine, other):
            return True
        return self._is_alias(fuller) or (len(mine) == 1 and _abbreviates(mine[0], other))

    def _is_elsewhere(self, other: "Identity") -> bool:
        if self.region and other.region:
            return self.region != other.region
        of_region, whole = (self, other) if self.region else (other, self)
        return bool(of_region.region) and whole.own[-1] == _STATE and of_region.own[-1] != _STATE

    def _is_of_state(self, other: "Identity") -> bool:
        """Tell whether a bare «Минпромторг» stands against a region's «министерство промышленности и торговли»."""
        whole = [who for who in (self, other) if who.region is None]
        return len(whole) == 1 and len(whole[0].own) == 1

    def _is_alias(self, fuller: "Identity") -> bool:
        if self.words in fuller.aliases or self.words == fuller.quoted:
            return True
        if not self.quoted or self.quoted != fuller.quoted:
            return False
        return _same_head(self.words[0], fuller.words) or _same_head(fuller.words[0], self.words)


def identity(name: str, region: str | None, territory: str, aliases: tuple[str, ...]) -> Identity:
    """Make a name's identity; `territory` are the words at its end that say the region, given apart.

    An adjective of a region («пермский») says it too and is left out of the words.
    """
    words = key(name.removesuffix(territory)) if territory and region else key(name)
    adjectives = {word: said for word in words if (said := region_by_adjective(word))}
    said = region or next(iter(adjectives.values()), None)
    if said and len(words) > 1:
        words = tuple(word for word in words if adjectives.get(word) != said) or words
    return Identity(
        _synonyms().get(words, words), words, said, quoted(name), frozenset(key(alias) for alias in aliases)
    )


def _leaves_out(shorter: Words, longer: Words) -> bool:
    """Tell whether a name only leaves out what a fuller one says besides: a first name, the body above, the town.

    «киностудия имени Горького», «палата представителей (конгресса) США», «(Заречный) районный суд».
    """
    if len(shorter) < _LEAST_WORDS or len(shorter) >= len(longer):
        return False
    if _TOWN_ADJECTIVE.fullmatch(longer[0]) and (longer[1:] == shorter or includes(longer[1:], shorter)):
        return True
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    gap = len(longer) - len(shorter)
    if shorter[start:] != longer[start + gap :]:
        return False
    return "имени" in shorter[:start] or (start > 1 and longer[start] in _SUPERIOR)


def _same_head(head: str, words: Words) -> bool:
    return head == words[0] or head in acronyms(words)


def _abbreviates(word: str, words: Words) -> bool:
    return word in acronyms(words) or _same_stem(word, words)


def _same_stem(word: str, other: Words) -> bool:
    """«Ростех» and «Ростеха»: one word in two forms."""
    if len(other) > 1:
        return False
    stems = {_ENDINGS.sub("", word), _ENDINGS.sub("", other[0])}
    return len(stems) == 1 and len(min(stems)) >= _SHORTEST_STEM
