"""The command line. Its modules are the only place that prints.

Results go to stdout, progress and errors to stderr. An error of the tree in `pipeline.errors` is one line and its exit
code; nothing a user does ends in a traceback.
"""

from pipeline.cli import crawl, nightly, pages, registry, sources
from pipeline.cli._application import app, main

__all__ = ["app", "crawl", "main", "nightly", "pages", "registry", "sources"]
