"""The key of a post's name: «министр экономики» and «Министр  экономики» are one position."""

from pipeline.registry.identity.spelling import plain
from pipeline.registry.identity.vocabulary import name_words


def position_key(text: str) -> str:
    """Give the key of a position: lemmas in their order, «врио» and «и. о.» aside, which are a way to hold a post.

    >>> position_key("Врио министра экономики"), position_key("министр экономики")
    ('министр экономика', 'министр экономика')
    """
    words = [word for word in name_words(text) if word not in _ACTING]
    return " ".join(words) or plain(text).strip()


_ACTING = frozenset({"врио", "врип", "ио", "и.о", "временно", "исполнять", "исполняющий", "обязанность"})
