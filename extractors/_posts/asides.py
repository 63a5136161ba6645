"""Words of time between a name and a post that explains it: «Быстров, в прошлом директор», «…, а до 2019 года — мэр».

They say when the post was held. Which name it is, `extractors._posts.holders` knows.
"""

from spacy.tokens import Doc

from extractors._model import TenureStatus
from extractors._posts.heads import post_words
from extractors._posts.phrases import Post

_DASHES = frozenset("—–-")
_LONGEST = 6
_PHRASES = (("до", "того"), ("до", "этого"), ("до", "недавнего", "времени"), ("в", "прошлом"))


def before_aside(doc: Doc, post: Post) -> tuple[int, TenureStatus | None]:
    """Give the comma, dash or bracket before a post, and the tenure that words after that sign tell, if any."""
    sign, status = post.start - 1, None
    if sign > 0 and doc[sign].text in _DASHES and _former(doc, sign) is not None:
        sign -= 1  # «а до 2019 года — проректор»
    former = _former(doc, sign + 1)
    if former is not None:
        sign, status = former - 1, TenureStatus.FORMER
    while sign > 0 and doc[sign].lower_ in post_words("aside_now") | post_words("aside_former"):
        status = TenureStatus.FORMER if doc[sign].lower_ in post_words("aside_former") else status
        sign -= 1
    if sign > 0 and doc[sign].lower_ in {"а", "и"} and sign != post.start - 1:
        sign -= 1
    return sign, status


def _former(doc: Doc, stop: int) -> int | None:
    """Give the first token of words that end here and say that the post is no longer held."""
    words = [token.lower_ for token in doc[max(0, stop - _LONGEST) : stop]]
    for phrase in _PHRASES:
        if tuple(words[-len(phrase) :]) == phrase:
            return stop - len(phrase)
    if words[-1:] == ["года"] and words[-2:-1] and words[-2].isdigit() and "до" in words[-4:-2]:
        return stop - words[::-1].index("до") - 1
    return None
