"""Which code made a result: a digest of everything between a page and its record."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extractors
import pipeline

LIBRARIES = (
    "beautifulsoup4",
    "lxml",
    "natasha",
    "navec",
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "razdel",
    "slovnet",
    "spacy",
)

_FLOW = ("fact.py", "model.py", "record.py", "run.py", "link", "strip")
_LEFT_OUT = {"__pycache__", ".pyc"}


@cache
def fingerprint() -> str:
    """Digest the code and tables of the flow and the versions of the libraries under it, as 64 hexadecimal digits."""
    extraction = Path(extractors.__file__).parent
    flow = Path(pipeline.__file__).parent
    digest = hashlib.sha256(repr(sorted(libraries().items())).encode("utf-8"))
    for root in (extraction, *(flow / name for name in _FLOW)):
        for file in sorted([root] if root.is_file() else root.rglob("*")):
            if file.is_file() and not _LEFT_OUT & {file.parent.name, file.suffix}:
                digest.update(f"\n{file.relative_to(root.parent).as_posix()}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def libraries() -> dict[str, str]:
    """Give the versions of the libraries that results depend on."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
