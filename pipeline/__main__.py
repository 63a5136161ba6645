"""`svodka`, and `python -m pipeline`: the command line, loaded so that Ctrl-C is quiet from the first moment on."""

import os
import signal
from importlib import import_module

_INTERRUPTED = 130


def main() -> None:
    """Load the command line, which takes a while, and run it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # a shell lets commands in the background ignore Ctrl-C
        signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    command_line = import_module("pipeline.cli")
    signal.signal(signal.SIGINT, before)
    command_line.main()


if __name__ == "__main__":
    main()
