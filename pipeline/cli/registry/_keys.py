"""Keys as a person presses them: one at a time on a terminal, one a line anywhere else.

A terminal is put back as it was when the reading ends, however it ends. Keys are taken by their place on a keyboard,
so that «ф» under a Russian layout is `a`.
"""

import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from types import FrameType
from typing import IO, Protocol

END, RESIZED = "end", "resized"

_LATIN = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
_LOOK_AGAIN = 0.3  # seconds between looks at the size of the terminal
_ESCAPE, _END_OF_FILE = "\x1b", "\x04"
_TERMINATED = 128 + signal.SIGTERM


class Keys(Protocol):
    """Where keys come from."""

    def key(self) -> str:
        """Give the next key; END when there is none, RESIZED when what was printed has to be printed anew."""

    def line(self, prompt: str, given: str = "") -> str | None:
        """Ask for a line, with a text to change; None when there is none."""


class Lines:
    """Keys from a file or pipe: the first letter of each line; what follows it answers the question that it raises."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._rest = ""

    def key(self) -> str:
        """Read a line."""
        self._rest = ""
        for line in self._file:
            if line.strip():
                first, self._rest = line.strip()[0], line.strip()[1:].strip()
                return first.lower().translate(_LATIN)
        return END

    def line(self, prompt: str, given: str = "") -> str | None:  # noqa: ARG002 - nobody is there to see them
        """Give what the line of the key had besides, or else the next line."""
        if self._rest:
            return self._rest
        line = self._file.readline()
        return line.strip() if line else None


class Terminal:
    """Keys of a terminal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._usual = termios.tcgetattr(descriptor)
        self._size = get_terminal_size()

    @contextmanager
    def taken(self) -> Iterator["Terminal"]:
        """Read single keys within; afterwards the terminal is as before."""
        signals = {signal.SIGTERM: _leave, signal.SIGHUP: _leave, signal.SIGCONT: self._take_again}
        earlier = {number: signal.signal(number, handler) for number, handler in signals.items()}
        tty.setcbreak(self._descriptor)
        try:
            yield self
        finally:
            self._give_back()
            for number, handler in earlier.items():
                signal.signal(number, handler)

    def key(self) -> str:
        """Wait for a key."""
        while not select.select([self._descriptor], [], [], _LOOK_AGAIN)[0]:
            if (size := get_terminal_size()) != self._size:
                self._size = size
                return RESIZED
        pressed = self._character()
        if pressed == _ESCAPE:  # an arrow or another key of several bytes
            while select.select([self._descriptor], [], [], 0.02)[0]:
                os.read(self._descriptor, 1)
        return END if pressed in {"", _END_OF_FILE} else pressed.lower().translate(_LATIN)

    def line(self, prompt: str, given: str = "") -> str | None:
        """Let a line be edited as terminals do."""
        self._give_back()
        try:
            with _prefilled(given):
                return input(prompt)
        except EOFError:
            return None
        finally:
            tty.setcbreak(self._descriptor)

    def _character(self) -> str:
        """Read one character, whole."""
        read = os.read(self._descriptor, 1)
        if read:
            read += b"".join(os.read(self._descriptor, 1) for _ in range(_more_bytes(read[0])))
        return read.decode("utf-8", errors="replace")

    def _give_back(self) -> None:
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._usual)

    def _take_again(self, _number: int, _frame: FrameType | None) -> None:
        tty.setcbreak(self._descriptor)  # after Ctrl-Z and `fg`


@contextmanager
def keys(file: IO[str]) -> Iterator[Keys]:
    """Give the keys of standard input, whatever it is."""
    if not file.isatty():
        yield Lines(file)
        return
    with Terminal(file.fileno()).taken() as terminal:
        yield terminal


def _more_bytes(first: int) -> int:
    """Tell how many bytes of UTF-8 follow a first one.

    >>> [_more_bytes("aф№🙂"[i].encode()[0]) for i in range(4)]
    [0, 1, 2, 3]
    """
    return (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)  # noqa: PLR2004 - the lead bytes of UTF-8


@contextmanager
def _prefilled(given: str) -> Iterator[None]:
    try:
        import readline  # noqa: PLC0415 - not in every Python, and it changes how input() reads
    except ImportError:
        yield
        return
    readline.set_startup_hook(lambda: readline.insert_text(given))
    try:
        yield
    finally:
        readline.set_startup_hook(None)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(_TERMINATED)
