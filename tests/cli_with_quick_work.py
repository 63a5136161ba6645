"""The command line with work that needs no models, for tests that stop it in the middle."""

import signal
from functools import partial

from pipeline import cli
from tests.pipeline.engine.works import obey

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in the background of a shell
    cli.pages.run_engine = partial(cli.pages.run_engine, work=obey)
    cli.main()
