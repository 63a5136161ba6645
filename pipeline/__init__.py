"""Svodka: Russian news pages in, structured records out.

`process(page)` is the whole flow for one page; `pipeline.tables.tables(records)` gives DataFrames. The libraries behind
it take seconds to load, so they are loaded when `process` is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.run import process

__all__ = ["process"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module("pipeline.run").process
