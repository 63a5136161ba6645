"""One item of the queue as a person reads it in a terminal: Rich renderables, nothing printed here."""

import unicodedata
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from pipeline.fact import FactStatus
from pipeline.registry.belief.surroundings import Passage, quoted
from pipeline.registry.belief.view import Testimony, Value
from pipeline.registry.keeper.questions import UndecidedPair
from pipeline.registry.keeper.queue import Item, Matter
from pipeline.registry.kinds import Status

_AROUND = 300  # characters of a quote on either side of what it says
_OTHERS = 4
_STANDING_STYLE = ((0.8, "green"), (0.5, "yellow"), (0.0, "red"))


def item_view(item: Item, number: int, shown: int, *, marked: bool) -> RenderableType:
    """Show an item; `shown` picks among its testimony, `marked` brackets the words that a value rests on."""
    said = told(item)
    matter = f"{item.matter} of {item.about}" if item.about else item.matter
    head = Rule(Text(f" {number} · {matter} · {item.kind} "), align="left", style="dim")
    if item.pair:
        return Group(Text(), head, *_pair(item.pair))
    parts = [Text(), head, _name(item), *_values(item, marked=marked)]
    if said and (shown or item.matter is not Matter.CONFLICT):
        parts += [Text(), *_words(said[shown % len(said)], marked=marked)]
    if len(said) > 1:
        parts.append(_indented(Text(f"source {shown % len(said) + 1} of {len(said)}", style="dim")))
    return Group(*parts, *_others(item))


def told(item: Item) -> list[Testimony]:
    """Give the testimony of an item, each article's words once, that of all values in turn."""
    by_words = {
        (one.revision_id, one.quote_start): one for value in reversed(item.values) for one in reversed(value.testimony)
    }
    return list(reversed(by_words.values()))


def passage_view(passage: Passage, *, marked: bool, whole: bool = False) -> RenderableType:
    """Show a piece of an article with the words that count standing out, in brackets where there are no colours."""
    text, start, stop = passage.text, passage.start, passage.stop
    if start is None or stop is None:
        return _indented(Text(plain(text), style="italic"))
    low, high = (0, len(text)) if whole else (max(0, start - _AROUND), min(len(text), stop + _AROUND))
    before, after = ("… " if low else "") + text[low:start], text[stop:high] + (" …" if high < len(text) else "")
    opening, closing = ("[", "]") if marked else ("", "")
    words = (f"{opening}{plain(text[start:stop])}{closing}", "bold reverse")
    return _indented(Text.assemble(plain(before), words, plain(after)))


def plain(text: str) -> str:
    r"""Take out of a stranger's text what would steer a terminal: control characters and turned directions.

    >>> plain("фонд\x1b[2J «Исток»\u202e\r\n")
    'фонд\ufffd[2J «Исток»\ufffd \n'
    """
    return "".join(" " if letter in "\t\r" else "\ufffd" if _steers(letter) else letter for letter in text)


def value_line(value: Value) -> Text:
    """Write a value in one line, with how far it is believed."""
    style = next(style for least, style in _STANDING_STYLE if value.standing >= least)
    line = Text.assemble(f"{value.prop}: ", (plain(value.value), "bold"))
    if value.value_id:
        line.append(f" ({value.value_id})", "dim")
    if value.modality is not FactStatus.ACTUAL:
        line.append(f" ({value.modality})", "magenta")
    line.append(f"  {value.standing:.2f}", style)
    sources = _count(len({one.source for one in value.testimony}), "source")
    times = f" {value.statements} times" if value.statements > 1 else ""
    status = "" if value.status is Status.PROPOSED else f", {value.status}"
    line.append(f" said{times} by {sources}{status}", "dim")
    return line


def _steers(letter: str) -> bool:
    return letter != "\n" and (
        unicodedata.category(letter) == "Cc" or "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069"
    )


def _name(item: Item) -> Text:
    articles = f", {_count(item.articles, 'article')}" if item.articles else ""
    return Text.assemble((plain(item.name), "bold cyan"), (f"  {item.entity_id}{articles}", "dim"))


def _pair(pair: UndecidedPair) -> Iterator[RenderableType]:
    for side in (pair.left, pair.right):
        region = f", {plain(side.region)}" if side.region else ""
        about = f"  {side.id}, {_count(side.articles, 'article')}{region}"
        yield Text.assemble((plain(side.name), "bold cyan"), (about, "dim"))
        if side.quote:
            yield _indented(Text(plain(side.quote), style="italic"))
        yield _indented(Text(plain(side.title or "no title")))
        if side.url:
            yield _indented(Text(plain(side.url), style="blue", overflow="fold"))
    yield Text(f"one and the same? {pair.score:.2f}: {', '.join(pair.reasons) or 'no reasons'}")


def _values(item: Item, *, marked: bool) -> Iterator[RenderableType]:
    """List the values to decide on; those that contradict one another each with words of an article."""
    several = len(item.values) > 1
    for number, value in enumerate(item.values, 1):
        yield _indented(Text(f"{number} " if several else "").append_text(value_line(value)), 1)
        if item.matter is Matter.CONFLICT:
            yield from _words(value.testimony[0], marked=marked)


def _words(one: Testimony, *, marked: bool) -> Iterator[RenderableType]:
    """Show what an article says, and where that is to be read."""
    day = (one.published_at or one.first_seen or "no date")[:10]
    yield passage_view(quoted(one), marked=marked)
    yield _indented(Text(f"{plain(one.title or 'no title')} — {plain(one.site or one.origin)}, {day}"))
    if one.url:
        yield _indented(Text(plain(one.url), style="blue", overflow="fold"))
    yield _indented(Text(f"rule {one.rule} ({one.version}), confidence {one.confidence:.2f}", style="dim"))


def _others(item: Item) -> Iterator[RenderableType]:
    believed = _believed(item)
    if believed is not None and item.matter is not Matter.CONFLICT:
        yield Text.assemble(
            ("believed now: ", "dim"), *([value_line(believed)] if believed not in item.values else ["this"])
        )
    rest = [value for value in item.others if value is not believed]
    if rest:
        yield Text("also said:", style="dim")
        yield from (_indented(value_line(value)) for value in rest[:_OTHERS])
    if len(rest) > _OTHERS:
        yield Text(f"  and {len(rest) - _OTHERS} more", style="dim")


def _believed(item: Item) -> Value | None:
    """Give what is believed most of the one property that the item is about."""
    if len({value.prop for value in item.values}) != 1:
        return None
    live: Sequence[Value] = [value for value in (*item.values, *item.others) if value.status is not Status.REJECTED]
    actual = [value for value in live if value.modality is FactStatus.ACTUAL]
    return max(actual or live, key=lambda value: value.standing, default=None)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _indented(text: Text, by: int = 2) -> RenderableType:
    return Padding(text, (0, 0, 0, by), expand=False)
