"""The command line with work that needs no models, for tests that stop it in the middle."""

from functools import partial

from pipeline import cli
from tests.pipeline.engine.works import obey

if __name__ == "__main__":
    cli.run_engine = partial(cli.run_engine, work=obey)
    cli.main()
