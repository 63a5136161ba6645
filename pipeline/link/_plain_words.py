"""Names of things that are no entity of the record, written as plain words in the nominative."""

from extractors import nominative
from pipeline.link.scene import Scene


def plain_words(scene: Scene, start: int, stop: int) -> str:
    """Give the nominative of a stretch without the capital letter that only begins its sentence."""
    name = nominative(scene.doc, start, stop)
    token = scene.spans_between(start, stop)[0]
    opens = token.is_sent_start or (token.i > 0 and (token.nbor(-1).is_space or token.nbor(-1).is_quote))
    return name[:1].lower() + name[1:] if opens and token.pos_ != "PROPN" and not token.text.isupper() else name
