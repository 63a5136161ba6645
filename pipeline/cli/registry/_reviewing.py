"""A person goes through the queue: one item, one key, one decision, committed at once."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from types import MappingProxyType

from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.cli.registry._item_view import item_view, passage_view, plain, told
from pipeline.cli.registry._keeper import signature
from pipeline.cli.registry._keys import END, RESIZED, Keys
from pipeline.errors import RegistryError
from pipeline.registry.belief.conflicts import ConflictKind
from pipeline.registry.belief.surroundings import paragraph
from pipeline.registry.belief.view import Value
from pipeline.registry.database import Database, reading, write
from pipeline.registry.keeper.acts import Act, Undo, amend, choose, give, merge, part
from pipeline.registry.keeper.queue import Item, Matter, queue, still_asked
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.decisions import Signature, undo

HELP = """\
a  accept: it is so                       n  the next source
r  reject: it is not so                   w  the whole paragraph
c  correct: type the right value          o  the link of the article
s  skip for now                           y  say why, for the next decision
u  undo the last decision                 q  quit
1-9  of a conflict: this one is so, the others are not; of anything else: decide on this value alone
b  of a conflict: all of them are so
m  of two entities: they are one              d  they are different
f  they are one all the same, though other judgements or their numbers say no
What you decide is kept at once. A Russian keyboard works too: each key by its place."""

_USUALLY_OFFERED = "[a]ccept [r]eject [c]orrect"
_OFFERED = MappingProxyType(
    {Matter.CONFLICT: "is so, [b] all are, [r] none is", Matter.IDENTITY: "[m]erge [d]ifferent"}
)
_AT_ONCE = 50  # items fetched together


class _Then(Enum):
    NEXT = auto()  # the item is done with
    SHOW = auto()  # show it anew
    WAIT = auto()  # nothing of it has changed
    QUIT = auto()


@dataclass(slots=True)
class Wanted:
    """What to go through: items of one matter or of all, so many at most, by whom."""

    who: str
    matter: Matter | None = None
    limit: int | None = None


@dataclass(slots=True)
class Outcome:
    """What came of it: items asked, decisions by the word for them, items put off."""

    asked: int = 0

    decided: Counter[str] = field(default_factory=Counter)
    put_off: int = 0


class Review:
    """A session. `opener` is called with a link that the person wants to see."""

    def __init__(self, database: Database, keys: Keys, console: Console, wanted: Wanted) -> None:
        self.outcome = Outcome()
        self._database, self._keys, self._console, self._wanted = database, keys, console, wanted
        self._waiting: deque[Item] = deque()
        self._put_off: set[str] = set()
        self._done: list[tuple[Undo, Item, str]] = []  # how each decision is undone, its item, the word for it
        self._number, self._shown, self._why = 0, 0, ""
        self._actions: dict[str, Callable[[Item], _Then]] = {
            "a": lambda item: self._decide(item, Status.ACCEPTED),
            "r": lambda item: self._decide(item, Status.REJECTED),
            "c": self._correct,
            "b": self._all_so,
            "m": self._merge,
            "d": self._part,
            "f": lambda item: self._merge(item, force=True),
            "s": self._skip,
            "u": self._undo,
            "n": self._next_source,
            "w": self._wider,
            "o": self._link,
            "y": self._say_why,
            "q": lambda _: _Then.QUIT,
            "?": self._help,
            END: lambda _: _Then.QUIT,
            RESIZED: lambda _: _Then.SHOW,
        }

    def run(self) -> None:
        """Go through the queue till it is empty, the limit is reached or the person quits."""
        while (item := self._next()) is not None or self._goes_back():
            if item is None:
                continue
            self._number += 1
            self.outcome.asked += 1
            self._shown = 0
            if self._ask(item) is _Then.QUIT:
                return

    def _goes_back(self) -> bool:
        """Ask at the end whether the last decision shall be taken back after all."""
        if not self._done:
            return False
        self._say("that was the last: [u]ndo, any other key ends", "dim")
        if self._keys.key() != "u":
            return False
        self._take_back()
        return True

    def _next(self) -> Item | None:
        if self._wanted.limit is not None and self._number >= self._wanted.limit:
            return None
        with reading(self._database) as connection:
            while True:
                if not self._waiting:
                    self._waiting.extend(
                        queue(connection, matter=self._wanted.matter, limit=_AT_ONCE, without=self._put_off)
                    )
                if not self._waiting:
                    return None
                if item := still_asked(connection, self._waiting.popleft()):
                    return item

    def _ask(self, item: Item) -> _Then:
        then = _Then.SHOW
        while then not in {_Then.NEXT, _Then.QUIT}:
            if then is _Then.SHOW:
                self._show(item)
            key = self._keys.key()
            then = self._choose(item, int(key)) if key.isdecimal() else self._actions.get(key, self._unknown)(item)
        return then

    def _show(self, item: Item) -> None:
        self._print(item_view(item, self._number, self._shown, marked=self._console.color_system is None))
        numbers = f"1-{len(item.values)} " if len(item.values) > 1 else ""
        self._say(
            f"{numbers}{_OFFERED.get(item.matter, _USUALLY_OFFERED)} [s]kip [u]ndo [w]ider [o]pen [n]ext [q]uit [?]",
            "dim",
        )

    def _decide(self, item: Item, status: Status) -> _Then:
        if item.pair:
            return self._unknown(item)
        if item.matter is Matter.CONFLICT and status is Status.ACCEPTED:
            self._say("press the number of the one that is so, r if none is, b if all of them are")
            return _Then.WAIT
        return self._give(item, status)

    def _all_so(self, item: Item) -> _Then:
        return self._give(item, Status.ACCEPTED) if item.matter is Matter.CONFLICT else self._unknown(item)

    def _give(self, item: Item, status: Status) -> _Then:
        return self._carry_out(item, status, give(item.values, status))

    def _merge(self, item: Item, *, force: bool = False) -> _Then:
        return self._carry_out(item, "merged", merge(item.pair, force=force)) if item.pair else self._unknown(item)

    def _part(self, item: Item) -> _Then:
        return self._carry_out(item, "kept apart", part(item.pair)) if item.pair else self._unknown(item)

    def _choose(self, item: Item, number: int) -> _Then:
        if not 1 <= number <= len(item.values):
            return self._unknown(item)
        right = item.values[number - 1]
        if item.matter is not Matter.CONFLICT:
            return self._alone(item, right)
        return self._carry_out(item, "chosen", choose(item.values, right))

    def _alone(self, item: Item, value: Value) -> _Then:
        """Ask about one value first, then about the rest."""
        rest = tuple(other for other in item.values if other is not value)
        if rest:
            self._waiting.appendleft(replace(item, values=rest))
            self._waiting.appendleft(replace(item, values=(value,)))
            self._number -= 1
            return _Then.NEXT
        return _Then.WAIT

    def _correct(self, item: Item) -> _Then:
        if item.pair:
            return self._unknown(item)
        if len(item.values) > 1 and item.about != ConflictKind.VALUES:
            self._say("one value is corrected at a time: press its number first")
            return _Then.WAIT
        first = item.values[0]
        value = self._keys.line(f"right {first.prop}, or the id of an entity (empty: leave it): ", first.value)
        if not value or not value.strip():
            self._say("left as it was")
            return _Then.WAIT
        return self._carry_out(item, "corrected", amend(item.values, value))

    def _carry_out(self, item: Item, word: str, act: Act) -> _Then:
        by = signature(self._wanted.who, self._why)
        try:
            undo_it = write(self._database, lambda connection: act(connection, by))
        except RegistryError as error:
            self._say(str(error), "red")
            return _Then.WAIT
        self._done.append((undo_it, item, word))
        self.outcome.decided[word] += 1
        self._why = ""
        self._say(word, "bold green")
        return _Then.NEXT

    def _skip(self, item: Item) -> _Then:
        self._put_off |= item.keys
        self.outcome.put_off += 1
        return _Then.NEXT

    def _undo(self, item: Item) -> _Then:
        if not self._done:
            return self._undo_earlier(signature(self._wanted.who))
        self._waiting.appendleft(item)
        self._number -= 1
        self._take_back()
        return _Then.NEXT

    def _take_back(self) -> None:
        """Take back the last decision of this session, and ask again."""
        undo_it, undone, word = self._done.pop()
        by = signature(self._wanted.who)
        try:
            left = write(self._database, lambda connection: undo_it(connection, by))
        except RegistryError as error:
            self._say(str(error), "red")
            return
        self._tell_undone(left)
        self.outcome.decided[word] -= 1
        self._waiting.appendleft(undone)
        self._number -= 1

    def _undo_earlier(self, by: Signature) -> _Then:
        """Take back a decision of an earlier session."""
        undone = write(self._database, lambda connection: undo(connection, by))
        if undone is None:
            self._say(f"{by.who} has decided nothing that could be taken back")
            return _Then.WAIT
        self._tell_undone(len(undone.left))
        return _Then.SHOW

    def _tell_undone(self, left: int) -> None:
        self._say("taken back", "bold yellow")
        if left:
            self._say(f"{left} claims that somebody has decided on anew since stay as they are")

    def _next_source(self, _: Item) -> _Then:
        self._shown += 1
        return _Then.SHOW

    def _wider(self, item: Item) -> _Then:
        if not (said := told(item)):
            return self._unknown(item)
        with reading(self._database) as connection:
            passage = paragraph(connection, said[self._shown % len(said)])
        self._print(passage_view(passage, marked=self._console.color_system is None, whole=True))
        return _Then.WAIT

    def _link(self, item: Item) -> _Then:
        if item.pair:
            self._say("\n".join(side.url or "no link" for side in (item.pair.left, item.pair.right)))
            return _Then.WAIT
        said = told(item)
        one = said[self._shown % len(said)]
        self._say(one.url or f"no link; article {one.article_id}")
        return _Then.WAIT

    def _say_why(self, _: Item) -> _Then:
        self._why = self._keys.line("why: ") or ""
        return _Then.WAIT

    def _help(self, _: Item) -> _Then:
        self._say(HELP)
        return _Then.WAIT

    def _unknown(self, _: Item) -> _Then:
        self._say("no such key; ? lists them")
        return _Then.WAIT

    def _say(self, text: str, style: str = "") -> None:
        self._print(Text(plain(text), style=style))

    def _print(self, what: RenderableType) -> None:
        self._console.print(what, highlight=False)
