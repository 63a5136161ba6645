"""HTTP as the rest of Svodka sees it: bounded in time and size, tried again where that can help; knows nothing of news.

`patience` decides when to try again and for how long (pure); `client` sends, and is the only importer of httpx. What
cannot be had leaves as NetError; an answer of any status that trying again would not change is a value.
"""

from pipeline.net.client import Answer, Client, Manner, Request, World, open_client, place
from pipeline.net.patience import Patience
from pipeline.net.reply import Ask, Bounds, Mishap, Reply, Trouble

__all__ = [
    "Answer",
    "Ask",
    "Bounds",
    "Client",
    "Manner",
    "Mishap",
    "Patience",
    "Reply",
    "Request",
    "Trouble",
    "World",
    "open_client",
    "place",
]
