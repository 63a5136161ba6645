"""amount_of: what an amount of money measures, and of whom."""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span

from extractors import OrganizationKind
from pipeline.fact import FactKind, FactStatus
from pipeline.link._amount_nouns import told_by_grammar
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Hit, Scene, nearest
from pipeline.record import Money


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
    end = scene.doc.text.find("\n")
    value = (amount.min, amount.max, amount.currency)
    again = any((m.min, m.max, m.currency) == value for m in scene.money if m.mentions[0].start > end)
    return amount.mentions[0].start < end and again


def _status(scene: Scene, sentence: Span, amount: Money) -> FactStatus:
    """«Выросла с 1,1 до 1,6 млрд», «15 тысяч вместо 11»: what it was before is over."""
    mention = amount.mentions[0]
    told = scene.status(sentence, mention.start, mention.stop)
    before = scene.doc.text[sentence.start_char : mention.start].split()
    word = before[-1].casefold() if before else ""
    following = scene.doc.text[mention.stop :].split(maxsplit=1)[:1]
    changed = word in {"с", "со"} and following == ["до"]
    if word == "вместо" or (changed and told is FactStatus.ACTUAL):
        return FactStatus.FORMER
    return FactStatus.ACTUAL if changed and told is FactStatus.PLANNED else told


def _sentence(scene: Scene, amount: Money) -> Span | None:
    mention = amount.mentions[0]
    span = scene.doc.char_span(mention.start, mention.stop, alignment_mode="expand")
    return span.sent if span is not None else None


def _roles(scene: Scene, sentence: Span, amount: Money) -> dict[str, str]:
    subject = nearest(_owners(scene, sentence), amount.mentions[0].start)
    roles = {"subject": subject.id} if subject else {}
    return {**roles, "measure": amount.measures} if amount.measures else roles


def _owners(scene: Scene, sentence: Span) -> list[Hit]:
    """The bodies an amount may belong to: not the newspaper that tells of it."""
    media = {o.id for o in scene.entities.organizations if o.kind is OrganizationKind.MEDIA}
    return [hit for hit in scene.bodies(sentence) if hit.id not in media]


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
