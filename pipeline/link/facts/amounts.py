"""amount_of: what an amount of money measures, and of whom."""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span

from extractors import OrganizationKind
from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Hit, Scene, nearest
from pipeline.record import Money


def find(scene: Scene) -> Iterator[Draft]:
    """State each readable amount that has something it measures or somebody it belongs to."""
    last: dict[str, str] = {}
    for amount in scene.money:
        sentence = _sentence(scene, amount)
        if sentence is None or amount.unresolved:
            continue
        roles = _roles(scene, sentence, amount)
        if not roles and _adds(sentence):
            roles = _addition_to(last)
        if not roles:
            continue
        last = roles
        mention = amount.mentions[0]
        status = scene.status(sentence, mention.start, mention.stop)
        date = scene.date_in(sentence, mention.start)
        yield Draft(FactKind.AMOUNT_OF, {**roles, "money": amount.id}, status, sentence, "amount_in_clause", date)


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
