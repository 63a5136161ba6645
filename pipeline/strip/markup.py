"""The pass over raw markup before the tree is built: drops what holds no text, keeps the structured data.

Scripts, styles, vector graphics, templates and comments are most of a page's bytes; without them the tree is built in
half the time. Each kind is cut in one forward scan, so the cost is linear whatever the markup.
"""

import re
from dataclasses import dataclass

_CUT = re.compile(r"<(?:(!--)|(script|style|svg|template|noscript|iframe|object|canvas|math)(?=[\s>/]))", re.IGNORECASE)
_CLOSERS = {
    name: re.compile(rf"</{name}(?=[\s>/])[^>]{{0,200}}>", re.IGNORECASE)
    for name in ("script", "style", "svg", "template", "noscript", "iframe", "object", "canvas", "math")
}
_JSON_LD = re.compile(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
_VIDEO = re.compile(r"<video\b", re.IGNORECASE)
_FRAME = re.compile(r"<(?:iframe|embed|object)\b", re.IGNORECASE)
_PLAYER = re.compile(r"youtube|rutube|vk\.com/video|vkvideo|vimeo|dailymotion|ok\.ru/video|player", re.IGNORECASE)
_MOST_FRAMES = 200
_FRAME_CHARS = 600
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>|<\?(?:[^>]{0,500}>)?|\x00")
_HUGE_ATTRIBUTE = re.compile(r"""=(?:"[^"<>]{2000,}"|'[^'<>]{2000,}')""")
_RAW = frozenset({"script", "style"})  # an unclosed one swallows the rest, as it does in a browser


@dataclass(frozen=True, slots=True)
class Markup:
    """Markup without dead weight, the bodies of its JSON-LD scripts, and how many players it embeds."""

    html: str
    json_ld: tuple[str, ...]
    videos: int

    @property
    def elements(self) -> int:
        """How many elements the markup opens."""
        return self.html.count("<") - self.html.count("</")


def light(html: str) -> Markup:
    """Cut what holds no text out of a page's markup."""
    kept, structured, position = [], [], 0
    unclosed: set[str] = set()
    while found := _CUT.search(html, position):
        kept.append(html[position : found.start()])
        name = "!--" if found.group(1) else found.group(2).lower()
        inner, stop = _extent(html, found.end(), name, unclosed)
        if name == "script" and _JSON_LD.search(html[found.end() : found.end() + 300].partition(">")[0]):
            structured.append(html[found.end() : inner].partition(">")[2])
        kept.append(" " if name != "!--" else "")
        position = stop
    kept.append(html[position:])
    clean = _HUGE_ATTRIBUTE.sub("=''", _CDATA.sub(" ", "".join(kept)))
    return Markup(clean, tuple(structured), _players(html))


def _players(html: str) -> int:
    """Count the video players that a page embeds."""
    count = len(_VIDEO.findall(html))
    for number, found in enumerate(_FRAME.finditer(html)):
        if number == _MOST_FRAMES:
            break
        count += bool(_PLAYER.search(html[found.end() : found.end() + _FRAME_CHARS].partition(">")[0]))
    return count


def _extent(html: str, start: int, name: str, unclosed: set[str]) -> tuple[int, int]:
    """Find where an element's content stops and where its closing tag does."""
    if name == "!--":
        stop = -1 if name in unclosed else html.find("-->", start)
        if stop >= 0:
            return stop, stop + 3
    elif name not in unclosed and (closer := _CLOSERS[name].search(html, start)):
        return closer.start(), closer.end()
    unclosed.add(name)
    if name in _RAW:
        return len(html), len(html)
    tag = html.find(">", start)
    return start, (tag + 1 if tag >= 0 else len(html))
