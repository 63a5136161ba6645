"""The text of a Doc, joined once: `Doc.text` joins all its tokens anew each time it is asked."""

from spacy.tokens import Doc

_KEY = "text"


def text_of(doc: Doc) -> str:
    """Give `doc.text`, kept in `doc.user_data` from the first asking on."""
    text = doc.user_data.get(_KEY)
    if not isinstance(text, str):
        text = doc.user_data[_KEY] = doc.text
    return text
