"""When two names can mean one organization: identities that fold what a reader would not call a difference."""

import re
from dataclasses import dataclass

from extractors import is_common_word, lemma, region_by_adjective
from pipeline.naming import Words, acronyms, common_name, includes, is_common_name, key, quoted

_ENDINGS = re.compile(r"[аеёиоуыьэюяй]{1,2}$")
_SHORTEST_STEM = 5
_LEAST_WORDS = 2
_STATE = "россии"
_TOWN_ADJECTIVE = re.compile(r".+[сц]к(?:ий|ое|ая)")
_SUPERIOR = frozenset({"конгресса", "парламента", "сената", "правительства", "администрации", "мэрии"})


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
        if mine == other or _goes_on(other, mine) or _leaves_out(mine, other):
            return True
        short = len(mine) == 1 and not is_common_name(self.words)
        return self._is_alias(fuller) or (short and _abbreviates(mine[0], other))

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
    return Identity(common_name(words), words, said, quoted(name), frozenset(key(alias) for alias in aliases))


def _goes_on(longer: Words, shorter: Words) -> bool:
    """Tell whether a name begins with another; «Газпром» is no short form of «Газпром нефть»."""
    if not includes(longer, shorter):
        return False
    following = longer[len(shorter)]
    return len(shorter) > 1 or not (is_common_word(following) and lemma(following) == following)


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
