"""Registers an article names: «реестр промышленных кластеров Минпромторга России»."""

from spacy.tokens import Token

from pipeline.link._cues import find
from pipeline.link._features import feature
from pipeline.link._plain_words import plain_words
from pipeline.link.scene import Scene


def register_name(scene: Scene, head: Token) -> str:
    """Give the nominative name of the register a noun begins."""
    return plain_words(scene, *register_phrase(scene, head))


def register_phrase(scene: Scene, head: Token) -> tuple[int, int]:
    """Give the offsets of «реестр промышленных кластеров Минпромторга России»: the noun and its genitives."""
    sentence = head.sent
    bodies = scene.hits("organizations", sentence)
    stop = head.idx + len(head)
    for token in sentence.doc[head.i + 1 : sentence.end]:
        body = next((hit for hit in bodies if hit.start <= token.idx < hit.stop), None)
        if body is None and feature(token, "Case") != "Gen":
            break
        stop = max(stop, body.stop if body else token.idx + len(token))
    return head.idx, stop


def known_register(scene: Scene, position: int) -> str | None:
    """Give the register that an article means at an offset: the fullest name it has, those before the offset first."""
    registers = scene.once("registers", lambda: _registers(scene))
    earlier = [name for start, name in registers if start <= position] or [name for _, name in registers]
    return max(filter(None, earlier), key=len, default=None)


def _registers(scene: Scene) -> list[tuple[int, str | None]]:
    """The register that each word for one names, by offset; none where it is one of claims."""
    heads = find(scene.doc, "registry")
    return [(head.idx, None if _is_of_claims(scene, head) else register_name(scene, head)) for head in heads]


def _is_of_claims(scene: Scene, head: Token) -> bool:
    """A register of claims or land is another thing: «включённых в реестр требований»."""
    start, stop = register_phrase(scene, head)
    return any(word in scene.text[start:stop].casefold() for word in ("требован", "недвижим", "юридич", "акционер"))
