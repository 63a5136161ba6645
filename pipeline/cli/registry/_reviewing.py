"""A person goes through the queue: one item, one key, one decision, committed at once."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.cli.registry._item_view import item_view, passage_view, plain, told
from pipeline.cli.registry._keeper import signature
from pipeline.cli.registry._keys import END, RESIZED, Keys
from pipeline.errors import RegistryError
from pipeline.registry.asked import claims_of
from pipeline.registry.conflicts import ConflictKind
from pipeline.registry.corrections import correct
from pipeline.registry.database import Database, reading, write
from pipeline.registry.decisions import Signature, Undone, Verdict, decide, decide_each, undo, undo_act
from pipeline.registry.kinds import Status
from pipeline.registry.queue import Item, Matter, queue, still_asked
from pipeline.registry.surroundings import paragraph
from pipeline.registry.view import Value

HELP = """\
a  accept: it is so                       n  the next source
r  reject: it is not so                   w  the whole paragraph
c  correct: type the right value          o  the link of the article
s  skip for now                           y  say why, for the next decision
u  undo the last decision                 q  quit
1-9  of a conflict: this one is so, the others are not; of anything else: decide on this value alone
b  of a conflict: all of them are so
What you decide is kept at once. A Russian keyboard works too: each key by its place."""

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
        self._done: list[tuple[str, Item, str]] = []  # acts with their items, and the words for them
        self._number, self._shown, self._why = 0, 0, ""
        self._actions: dict[str, Callable[[Item], _Then]] = {
            "a": lambda item: self._decide(item, Status.ACCEPTED),
            "r": lambda item: self._decide(item, Status.REJECTED),
            "c": self._correct,
            "b": self._all_so,
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
        first = "is so, [b] all are, [r] none is" if item.matter is Matter.CONFLICT else "[a]ccept [r]eject [c]orrect"
        self._say(f"{numbers}{first} [s]kip [u]ndo [w]ider [o]pen [n]ext [q]uit [?]", "dim")

    def _decide(self, item: Item, status: Status) -> _Then:
        if item.matter is Matter.CONFLICT and status is Status.ACCEPTED:
            self._say("press the number of the one that is so, r if none is, b if all of them are")
            return _Then.WAIT
        return self._give(item, status)

    def _all_so(self, item: Item) -> _Then:
        return self._give(item, Status.ACCEPTED) if item.matter is Matter.CONFLICT else self._unknown(item)

    def _give(self, item: Item, status: Status) -> _Then:
        def work(by: Signature) -> str:
            return write(self._database, lambda c: decide(c, claims_of(c, item.values), status, by))

        return self._carry_out(item, status, work)

    def _choose(self, item: Item, number: int) -> _Then:
        if not 1 <= number <= len(item.values):
            return self._unknown(item)
        right = item.values[number - 1]
        if item.matter is not Matter.CONFLICT:
            return self._alone(item, right)
        wrong = [value for value in item.values if value is not right]

        def work(by: Signature) -> str:
            return write(self._database, lambda c: decide_each(c, [
                *(Verdict(claim, Status.REJECTED) for claim in claims_of(c, wrong)),
                *(Verdict(claim, Status.ACCEPTED) for claim in claims_of(c, [right])),
            ], by))  # fmt: skip

        return self._carry_out(item, "chosen", work)

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
        if len(item.values) > 1 and item.about != ConflictKind.VALUES:
            self._say("one value is corrected at a time: press its number first")
            return _Then.WAIT
        first = item.values[0]
        value = self._keys.line(f"right {first.prop}, or the id of an entity (empty: leave it): ", first.value)
        if not value or not value.strip():
            self._say("left as it was")
            return _Then.WAIT

        def work(by: Signature) -> str:
            return write(self._database, lambda c: correct(c, claims_of(c, item.values), value, by).act)

        return self._carry_out(item, "corrected", work)

    def _carry_out(self, item: Item, word: str, work: Callable[[Signature], str]) -> _Then:
        try:
            act = work(signature(self._wanted.who, self._why))
        except RegistryError as error:
            self._say(str(error), "red")
            return _Then.WAIT
        self._done.append((act, item, word))
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
        act, undone, word = self._done.pop()
        by = signature(self._wanted.who)
        self._tell_undone(write(self._database, lambda connection: undo_act(connection, act, by)))
        self.outcome.decided[word] -= 1
        self._waiting.appendleft(undone)
        self._number -= 1

    def _undo_earlier(self, by: Signature) -> _Then:
        """Take back a decision of an earlier session."""
        undone = write(self._database, lambda connection: undo(connection, by))
        if undone is None:
            self._say(f"{by.who} has decided nothing that could be taken back")
            return _Then.WAIT
        self._tell_undone(undone)
        return _Then.SHOW

    def _tell_undone(self, undone: Undone) -> None:
        self._say("taken back", "bold yellow")
        if undone.left:
            self._say(f"{len(undone.left)} claims that somebody has decided on anew since stay as they are")

    def _next_source(self, _: Item) -> _Then:
        self._shown += 1
        return _Then.SHOW

    def _wider(self, item: Item) -> _Then:
        said = told(item)
        with reading(self._database) as connection:
            passage = paragraph(connection, said[self._shown % len(said)])
        self._print(passage_view(passage, marked=self._console.color_system is None, whole=True))
        return _Then.WAIT

    def _link(self, item: Item) -> _Then:
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
