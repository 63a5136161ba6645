"""What an amount belongs to when no body and no measure is known: the noun that grammar ties it to, as plain words."""

from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.link._clauses import clause
from pipeline.link._features import feature, is_finite
from pipeline.link._plain_words import plain_words
from pipeline.link.scene import Hit, Scene
from pipeline.record import PrintedMention

_TIES = frozenset({"на", "за"})
_VAGUE = frozenset({"год", "месяц", "день", "раз", "время", "конец", "начало", "счёт", "треть", "половина", "часть"})


def told_by_grammar(scene: Scene, sentence: Span, mention: PrintedMention) -> dict[str, str]:
    """Give `measure` for «программа на 5 млн», `subject` for «хозяйства получат 5 млн»; else nothing."""
    words = [t for t in clause(sentence, mention.start, mention.stop) if t.idx < mention.start]
    tied = _tied_noun(words)
    if tied is not None:
        return {"measure": _phrase(scene, tied)}
    subject = actor_told(scene, sentence, words)
    return {"subject": subject} if subject else {}


def actor_told(scene: Scene, sentence: Span, words: list[Token]) -> str | None:
    """Who does what the last verb of some words says: a place's id, else the nominative noun as plain words."""
    actor = _actor(words)
    if actor is None:
        return None
    place = next((hit for hit in scene.grounds(sentence) if _covers(hit, actor)), None)
    if place is not None:
        return place.id
    person = actor.pos_ == "PROPN" or any(_covers(hit, actor) for hit in scene.hits("persons", sentence))
    relative = actor.i + 1 < sentence.end and actor.nbor(1).lemma_ == "который"
    return None if person or relative else _phrase(scene, actor)


def _tied_noun(words: list[Token]) -> Token | None:
    """The noun right before «на» or «за»."""
    if len(words) < 2 or words[-1].lower_ not in _TIES or words[-2].pos_ != "NOUN":  # noqa: PLR2004
        return None
    return words[-2] if words[-2].lemma_ not in _VAGUE else None


def _actor(words: list[Token]) -> Token | None:
    """The nominative noun before the finite verb that governs the amount."""
    verbs = [t for t in words if is_finite(t)]
    if not verbs:
        return None
    nouns = [t for t in words if t.i < verbs[-1].i and t.pos_ in {"NOUN", "PROPN"} and feature(t, "Case") == "Nom"]
    agreeing = [t for t in nouns if feature(t, "Number") == feature(verbs[-1], "Number") and t.lemma_ not in _VAGUE]
    return agreeing[-1] if agreeing else None


def _covers(hit: Hit, token: Token) -> bool:
    return hit.start <= token.idx < hit.stop


def _phrase(scene: Scene, noun: Token) -> str:
    """The noun with its adjectives and the genitives behind it, in the nominative."""
    doc = noun.doc
    ahead = [noun, *takewhile(lambda t: t.pos_ == "ADJ", reversed(doc[noun.sent.start : noun.i]))]
    behind = [noun, *takewhile(lambda t: feature(t, "Case") == "Gen", doc[noun.i + 1 : noun.sent.end])]
    last = behind[-1]
    return plain_words(scene, ahead[-1].idx, last.idx + len(last))
