"""holds_position, appointed, dismissed: what the record's officials say."""

from collections.abc import Iterator

from spacy.tokens import Span

from extractors import TenureStatus
from pipeline.fact import FactKind, FactStatus
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Scene
from pipeline.record import Official

_KINDS = {
    TenureStatus.APPOINTED: (FactKind.APPOINTED, FactStatus.ACTUAL),
    TenureStatus.DISMISSED: (FactKind.DISMISSED, FactStatus.ACTUAL),
    TenureStatus.FORMER: (FactKind.HOLDS_POSITION, FactStatus.FORMER),
    TenureStatus.CURRENT: (FactKind.HOLDS_POSITION, FactStatus.ACTUAL),
    TenureStatus.ACTING: (FactKind.HOLDS_POSITION, FactStatus.ACTUAL),
}


def find(scene: Scene) -> Iterator[Draft]:
    """State each official's post once, on the sentence of its first mention."""
    for official in scene.officials:
        mention = official.mentions[0]
        span = scene.doc.char_span(mention.start, mention.stop, alignment_mode="expand")
        if span is None:
            continue
        kind, status = _KINDS[official.status]
        if official.status is TenureStatus.ACTING and _appoints(span):
            kind = FactKind.APPOINTED
        if kind is not FactKind.HOLDS_POSITION:
            told = scene.status(span.sent, mention.start, mention.stop)
            status = told if told is not FactStatus.DENIED else status
        date = None if kind is FactKind.HOLDS_POSITION else scene.date_in(span.sent, mention.start)
        yield Draft(kind, _roles(official), status, span.sent, f"post_{official.status}", date)


def _appoints(span: Span) -> bool:
    """«Исполняющей обязанности назначена …»."""
    return bool(find_cue(span, "appoint"))


def _roles(official: Official) -> dict[str, str]:
    where = official.organization_id or official.place_id or official.organization
    roles = {"person": official.person_id, "position": official.position, "official": official.id}
    return {**roles, "organization": where} if where else roles
