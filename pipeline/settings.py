"""What an installation may set, read once in the command line and passed on from there.

Each number may be given in the environment (`ENVIRONMENT` below); what belongs to one run is an option of its command.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.errors import OptionError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the readers take in.

    `page_bytes`: the largest page, after expansion. `expand_ratio`: how many times its packed size something may
    expand to; `expand_free_bytes`: the expanded size below which the ratio is not looked at.
    """

    page_bytes: int = 32 * MIB
    expand_ratio: int = 200
    expand_free_bytes: int = 4 * MIB


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set for a run but not by an option of it. `page_seconds`: how long one page may take."""

    limits: Limits = Limits()
    page_seconds: float = 300.0


ENVIRONMENT = {
    "SVODKA_PAGE_MIB": "the largest page that is read, in MiB (32)",
    "SVODKA_PAGE_SECONDS": "how long the processing of one page may take, in seconds (300)",
}


def settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings from an environment; OptionError when a value is not a positive number.

    >>> settings({"SVODKA_PAGE_MIB": "1"}).limits.page_bytes
    1048576
    """
    made = Settings()
    if mib := environ.get("SVODKA_PAGE_MIB"):
        made = replace(made, limits=replace(made.limits, page_bytes=int(_number("SVODKA_PAGE_MIB", mib) * MIB)))
    if seconds := environ.get("SVODKA_PAGE_SECONDS"):
        made = replace(made, page_seconds=_number("SVODKA_PAGE_SECONDS", seconds))
    return made


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise OptionError(f"{name} is {value!r}; it must be a positive number: {ENVIRONMENT[name]}")
    return number
