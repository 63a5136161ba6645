"""HTTP as the rest of Svodka sees it: bounded in time and size, and only with whom it may speak; knows nothing of news.

    Ask ──► wire (guard, connections, cookies, proxies) ──► Reply | Trouble        one exchange; for the crawler
    Request ──► client (patience: second tries) ──► Answer, or NetError            for those who want one answer

`wire` is the only importer of httpx; `guard` and `patience` are pure.
"""

from pipeline.net.client import Answer, Client, Manner, open_client, place
from pipeline.net.guard import EVERYWHERE, Guard, guard_allowing
from pipeline.net.patience import Patience
from pipeline.net.reply import Ask, Bounds, Mishap, Reply, Trouble
from pipeline.net.wire import Wire, World, open_wire

__all__ = [
    "EVERYWHERE",
    "Answer",
    "Ask",
    "Bounds",
    "Client",
    "Guard",
    "Manner",
    "Mishap",
    "Patience",
    "Reply",
    "Trouble",
    "Wire",
    "World",
    "guard_allowing",
    "open_client",
    "open_wire",
    "place",
]
