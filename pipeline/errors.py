"""The tree of exceptions for broken machinery. Trouble with one page is a value, `pipeline.model.Rejected`.

SvodkaError
├── InputError      a path that is not there, nothing to read          exit code 2
├── OptionError     an unknown format, a contradictory option          exit code 2
├── SourcesError    a table of sources in which something is wrong     exit code 2
├── OutputError     a destination that cannot be written               exit code 3
├── EngineError     a worker that died, a journal that does not fit    exit code 4
├── RegistryError   a registry that is not there or cannot be used     exit code 6
├── NetError        a server that cannot be reached or says no         exit code 7
└── CheckError      a registry that contradicts itself                 exit code 8
"""

from collections.abc import Sequence


class SvodkaError(Exception):
    """Anything that stops a command; the text says what, where and what to do."""

    exit_code = 1


class InputError(SvodkaError):
    """A path that is not there, or nothing in it to read."""

    exit_code = 2


class OptionError(SvodkaError):
    """An option that cannot be followed."""

    exit_code = 2


class SourcesError(SvodkaError):
    """A table of sources in which something is wrong; `problems` are all that is, a line each."""

    exit_code = 2

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        super().__init__("; ".join(f"{file}: {problem}" for problem in problems))
        self.file = file
        self.problems = tuple(problems)


class OutputError(SvodkaError):
    """A destination that cannot be written."""

    exit_code = 3


class EngineError(SvodkaError):
    """A worker that died, or a journal of another run."""

    exit_code = 4


class RegistryError(SvodkaError):
    """A registry that is not there, cannot be reached or used, or refuses what it is told."""

    exit_code = 6


class NetError(SvodkaError):
    """A server that cannot be reached, does not answer in time, or refuses what it is sent."""

    exit_code = 7


class CheckError(SvodkaError):
    """A registry in which something is wrong; what it is was listed."""

    exit_code = 8
