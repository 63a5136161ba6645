"""Holders of a post that was told just before: «её сменил …», «преемник …», «вместо …», «его обязанности».

Works on holdings already found: each rule gives a name for the post of one of them. Finds no posts of its own.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extractors._model import TenureStatus
from extractors._names_at import names_from
from extractors._posts.heads import case_of, post_words, same_case
from extractors._posts.holders import Holding, case_of_name
from extractors._posts.verbs import is_verb

_FARTHEST = 14
_SENTENCES_BACK = 2
_POSSESSIVES = frozenset({"его", "её", "ее", "их"})
_SEATED_RULE = "leads_body"
_AFTER_NAME = 5
_VERBAL = frozenset({"VERB", "AUX", "ADP", "ADV"})
_NEW = TenureStatus.APPOINTED
_OLD = frozenset({TenureStatus.DISMISSED, TenureStatus.FORMER})


def successions(doc: Doc, told: list[Holding]) -> Iterator[Holding]:
    """Give the holders whose post is told by that of another holder."""
    for token in doc:
        for rule in (_successor, _predecessor, _in_place_of, _of_duties):
            found = rule(doc, token)
            if found is None:
                continue
            person, status = found
            holding = _told(doc, token, person, told, status)
            if holding is not None:
                yield holding
            break


def _told(doc: Doc, token: Token, person: Span, told: list[Holding], status: TenureStatus) -> Holding | None:
    """Give the post of the last fitting holding before the cue, or after «вместо …» within its sentence."""
    first = token.sent.start
    for _ in range(_SENTENCES_BACK):
        first = doc[first - 1].sent.start if first else first
    stop = token.sent.end if token.lower_ == "вместо" else token.i
    others = [h for h in told if first <= h.post.head < stop and h.person.start != person.start]
    fitting = [h for h in others if _fits(h, status, person)]
    best = max(fitting, key=lambda h: _likelihood(h, status), default=None)
    if best is None:
        return None
    post = best.post._replace(start=token.i, stop=token.i + 1, status=status)
    return Holding(post, person, "succession", status)


def _likelihood(holding: Holding, status: TenureStatus) -> tuple[bool, bool, int]:
    """Rank the posts that may be meant: the one just filled for who held it before, a named one, the last told."""
    is_new = holding.status is _NEW
    return status in _OLD and is_new, holding.rule != _SEATED_RULE or is_new, holding.post.head


def _fits(holding: Holding, status: TenureStatus, person: Span) -> bool:
    """Tell that the other may hand the post to, or have it from, this holder; his own other post is none."""
    if holding.person.text == person.text:
        return False
    return holding.status not in _OLD if status in _OLD else holding.status is not _NEW


def _successor(doc: Doc, token: Token) -> tuple[Span, TenureStatus] | None:
    """Read «её сменил Олег Быстров», «преемником стал …», «уступил место Олегу Быстрову», «на его место назначен …»."""
    if is_verb(token, "replaces") and _has_pronoun(doc, token):
        return _found(_after(doc, token, "nomn"), _NEW)
    if token.lemma_ in post_words("successor") and not _is_possessed(doc, token):
        return _found(_after(doc, token, "nomn") or _just_before(doc, token), _NEW)
    if token.lemma_ in post_words("yielding"):
        return _found(_after(doc, token, "datv"), _NEW)
    if token.lemma_ in post_words("place_of_post") and token.i and doc[token.i - 1].lower_ in _POSSESSIVES:
        takes = any(is_verb(near, "seat") for near in doc[max(token.sent.start, token.i - 4) : token.i + 4])
        return _found(_after(doc, token, "nomn"), _NEW) if takes and "Gen" not in token.morph.get("Case", []) else None
    return None


def _predecessor(doc: Doc, token: Token) -> tuple[Span, TenureStatus] | None:
    """Read «его предшественник Олег Быстров», who was put out where a verb after him says so."""
    person = _starting(doc, token.i + 1) if token.lemma_ in post_words("predecessor") else None
    if person is None or not same_case(case_of_name(person), case_of(token)):
        return None
    after = doc[person.end : min(token.sent.end, person.end + _AFTER_NAME)]
    out = any(is_verb(verb, "puts_out") or is_verb(verb, "leaver") for verb in after)
    return person, TenureStatus.DISMISSED if out else TenureStatus.FORMER


def _in_place_of(doc: Doc, token: Token) -> tuple[Span, TenureStatus] | None:
    """Read «вместо Олега Быстрова завод возглавил …»."""
    person = _starting(doc, token.i + 1) if token.lower_ == "вместо" else None
    return None if person is None else (person, TenureStatus.FORMER)


def _of_duties(doc: Doc, token: Token) -> tuple[Span, TenureStatus] | None:
    """Read «его обязанности исполняет …», «исполнение обязанностей возложено на …»: the post is told before."""
    if token.lemma_ not in post_words("duty") or not _stands_alone(doc, token):
        return None
    near = [t for t in token.sent if abs(t.i - token.i) <= _FARTHEST]
    if any(t.lemma_ in post_words("duty_given") for t in near):
        return _found(_given_to(doc, token), TenureStatus.ACTING)
    if any(t.lemma_ in post_words("duty_done") and t.pos_ == "VERB" for t in near):
        return _found(_after(doc, token, "nomn"), TenureStatus.ACTING)
    return None


def _stands_alone(doc: Doc, duty: Token) -> bool:
    """Tell «его обязанности», «исполнение обязанностей возложено» from «обязанности директора»."""
    after = doc[duty.i + 1] if duty.i + 1 < len(doc) else None
    verbal = after is not None and (
        after.pos_ in {"VERB", "AUX", "ADP", "ADV"} or "Part" in after.morph.get("VerbForm", [])
    )
    return verbal and (doc[duty.i - 1].lower_ in _POSSESSIVES or not duty.sent.start < duty.i - 3)


def _given_to(doc: Doc, token: Token) -> Span | None:
    """Give whom duties are laid on: «на Олега Быстрова», over his post."""
    near = [span for span in _names(doc, token) if span.start > token.i]
    fitting = [span for span in near if case_of_name(span) in {"accs", "gent", "datv", None}]
    return min(fitting, key=lambda span: span.start, default=None)


def _has_pronoun(doc: Doc, verb: Token) -> bool:
    near = [doc[i].lower_ for i in (verb.i - 1, verb.i + 1) if verb.sent.start <= i < verb.sent.end]
    return any(word in _POSSESSIVES for word in near)


def _is_possessed(doc: Doc, token: Token) -> bool:
    """Tell «преемник Быстрова», whose name is that of the one before."""
    after = _starting(doc, token.i + 1)
    return after is not None and not same_case(case_of_name(after), case_of(token))


def _found(person: Span | None, status: TenureStatus) -> tuple[Span, TenureStatus] | None:
    return None if person is None else (person, status)


def _after(doc: Doc, token: Token, case: str) -> Span | None:
    """Give the first name after a cue, in its sentence, that is in this case."""
    near = names_from(doc, "persons", token.i + 1, min(token.sent.end, token.i + _FARTHEST + 1))
    return next((span for span in near if case_of_name(span) in {case, None}), None)


def _just_before(doc: Doc, token: Token) -> Span | None:
    """Give the subject before «… стал его преемником»."""
    if "Ins" not in token.morph.get("Case", []):
        return None
    near = [span for span in _names(doc, token) if token.i - _FARTHEST <= span.start < token.i]
    return next((span for span in reversed(near) if case_of_name(span) == "nomn"), None)


def _names(doc: Doc, token: Token) -> list[Span]:
    return names_from(doc, "persons", token.sent.start, token.sent.end)


def _starting(doc: Doc, at: int) -> Span | None:
    """Give the name that starts here or after a comma here."""
    if at < len(doc) and doc[at].text == ",":
        at += 1
    return next(iter(names_from(doc, "persons", at, at + 1)), None)
