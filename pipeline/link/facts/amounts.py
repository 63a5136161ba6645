"""amount_of: what an amount of money measures, and of whom."""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span

from extractors import OrganizationKind
from pipeline.fact import FactKind, FactStatus
from pipeline.link._amount_nouns import told_by_grammar
from pipeline.link._clauses import clause
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._features import is_finite
from pipeline.link._grammar import preposition_of
from pipeline.link.scene import Draft, Hit, Scene, before, nearest
from pipeline.record import Money

_NEAR = 4  # words: «по данным регионального управления»


def find(scene: Scene) -> Iterator[Draft]:
    """State each readable amount that has something it measures or somebody it belongs to."""
    last: dict[str, str] = {}
    for amount in scene.money:
        sentence = _sentence(scene, amount)
        if sentence is None or amount.unresolved or _is_headline(scene, amount):
            continue
        roles, rule = _roles(scene, sentence, amount), "amount_in_clause"
        if not roles and _adds(sentence):
            roles, rule = _addition_to(last), "amount_added"
        if not roles:
            roles, rule = told_by_grammar(scene, sentence, amount.mentions[0]), "amount_of_noun"
        if not roles:
            continue
        last = roles
        start = amount.mentions[0].start
        status, date = _status(scene, sentence, amount), scene.date_in(sentence, start)
        yield Draft(FactKind.AMOUNT_OF, {**roles, "money": amount.id}, status, sentence, rule, date)


def _is_headline(scene: Scene, amount: Money) -> bool:
    """A title's amount that the story tells again is stated there, where its owner stands."""
    end = scene.text.find("\n")
    value = (amount.min, amount.max, amount.currency)
    again = any((m.min, m.max, m.currency) == value for m in scene.money if m.mentions[0].start > end)
    return amount.mentions[0].start < end and again


def _status(scene: Scene, sentence: Span, amount: Money) -> FactStatus:
    """«Выросла с 1,1 до 1,6 млрд», «15 тысяч вместо 11»: what it was before is over."""
    mention = amount.mentions[0]
    told = scene.status(sentence, mention.start, mention.stop)
    before = scene.text[sentence.start_char : mention.start].split()
    word = before[-1].casefold() if before else ""
    following = scene.text[mention.stop :].split(maxsplit=1)[:1]
    changed = word in {"с", "со"} and following == ["до"]
    if word == "вместо" or (changed and told is FactStatus.ACTUAL):
        return FactStatus.FORMER
    if told is FactStatus.ACTUAL and find_cue(clause(sentence, mention.start, mention.stop), "agree"):
        return FactStatus.PLANNED  # «договорились о займе на 5 млн»
    return FactStatus.ACTUAL if changed and told is FactStatus.PLANNED else told


def _sentence(scene: Scene, amount: Money) -> Span | None:
    mention = amount.mentions[0]
    span = scene.doc.char_span(mention.start, mention.stop, alignment_mode="expand")
    return span.sent if span is not None else None


def _roles(scene: Scene, sentence: Span, amount: Money) -> dict[str, str]:
    start = amount.mentions[0].start
    owners = _owners(scene, sentence)
    words = clause(sentence, start, amount.mentions[0].stop)
    inside = [hit for hit in owners if words[0].idx <= hit.start <= words[-1].idx]
    subject = nearest(inside, start) or before(owners, start)
    roles = {"subject": subject.id} if subject else {}
    return {**roles, "measure": amount.measures} if amount.measures else roles


def _owners(scene: Scene, sentence: Span) -> list[Hit]:
    """The bodies an amount may belong to: not who tells of it, nor somebody's employer, nor where one speaks."""
    kinds = {o.id: o.kind for o in scene.entities.organizations}
    barred = {OrganizationKind.MEDIA}
    hits = [hit for hit in scene.bodies(sentence) if kinds.get(hit.id) not in barred and not scene.inside_post(hit)]
    return [hit for hit in hits if not _tells(scene, sentence, hit) and not _is_venue(scene, hit, kinds)]


def _tells(scene: Scene, sentence: Span, hit: Hit) -> bool:
    """«По данным Росстата», «сообщили в Минфине», «пресс-служба завода»."""
    before = [t for t in scene.spans_between(sentence.start_char, hit.start) if t.idx < hit.start][-_NEAR:]
    words = clause(sentence, hit.start, hit.stop)
    verbs = [t for t in words if is_finite(t)]
    speaks = bool(verbs) and all(t.lemma_ in cue("telling") for t in verbs)
    return speaks or any(t.lemma_ in cue("source") for t in before)


def _is_venue(scene: Scene, hit: Hit, kinds: dict[str, OrganizationKind]) -> bool:
    """«Согласовал в конгрессе», «попросил у правительства»."""
    preposition = preposition_of(scene, hit)
    if preposition in {"после", "кроме", "помимо", "против"}:
        return True
    return preposition in {"в", "во", "у"} and kinds.get(hit.id) is OrganizationKind.GOVERNMENT


def _adds(sentence: Span) -> bool:
    """«Планируется добавить ещё 1 млрд»: an addition to the amount told before."""
    words = [token.lower_ for token in sentence]
    more = any(a in {"еще", "ещё"} and b[:1].isdigit() for a, b in pairwise(words))
    return more or bool(find_cue(sentence, "adding"))


def _addition_to(last: dict[str, str]) -> dict[str, str]:
    if "subject" not in last:
        return {}
    measure = last.get("measure", "")
    return {"subject": last["subject"], "measure": f"добавление ({measure})" if measure else "добавление"}
