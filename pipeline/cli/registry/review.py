"""`svodka registry review`: what deserves a look, one item after the other."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli._application import INTERRUPTED, complain
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry._keeper import Who, signature
from pipeline.cli.registry._keys import keys
from pipeline.cli.registry._reviewing import HELP, Outcome, Review, Wanted
from pipeline.errors import OptionError
from pipeline.registry.keeper.queue import Matter
from pipeline.registry.resolve import resolve

_KEYS = "\n".join(f"  {line}" for line in HELP.splitlines())

_HELP = f"""Go through what deserves a look: accept, reject or correct it, with its words in view.

First come entities that may be one, then values that contradict one another, new clusters, holders of posts, then the
rest: of entities that most articles speak of, the least believed value first. What is decided, here or elsewhere, is
not asked again, nor is the same value when later articles repeat it.

\b
Keys:
{_KEYS}

Where standard input is no terminal, the first letter of each line is the key, and what follows it is the answer:
`c Тверская область`.

{registry_exit_codes({INTERRUPTED: "interrupted by Ctrl-C; what was decided is kept"})}
"""


@group.command(help=_HELP, short_help="Go through what deserves a look.")
def review(
    *,
    registry: RegistryUrl = REGISTRY_URL,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", show_default="all", help=f"One of {', '.join(Matter)}.")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, show_default="no limit", help="Stop after N items.")
    ] = 0,
    who: Who = "",
) -> None:
    """Carry out `svodka registry review`."""
    wanted = Wanted(signature(who).who, _matter(kind), limit or None)
    console = Console(highlight=False)
    with opened(registry) as database, keys(sys.stdin) as pressed:
        session = Review(database, pressed, console, wanted)
        try:
            session.run()
        except KeyboardInterrupt:
            complain("interrupted; what was decided is kept")
            raise typer.Exit(INTERRUPTED) from None
        finally:
            console.print(_summary(session.outcome), style="dim")
            if session.outcome.decided:  # on names, perhaps, which cards and search go by
                resolve(database)


def _matter(text: str) -> Matter | None:
    if text and text not in set(Matter):
        raise OptionError(f"--kind {text}: there are {', '.join(Matter)}")
    return Matter(text) if text else None


def _summary(outcome: Outcome) -> str:
    told = [f"{count} {word}" for word, count in sorted(outcome.decided.items()) if count]
    if not outcome.asked:
        return "nothing to decide on; `svodka registry resolve` works out what is to be asked of what was loaded"
    return f"{', '.join(told) or 'nothing decided'}{f', {outcome.put_off} put off' if outcome.put_off else ''}"
