"""What the elements that nobody sees say of a page: <title>, <meta>, <link rel=canonical>, microdata in <meta>."""

from dataclasses import dataclass
from functools import cache
from html import unescape

from bs4 import BeautifulSoup

from pipeline.strip._tables import table
from pipeline.strip.decode import uniform

_NAMES = ("property", "name", "itemprop", "http-equiv")
_LONGEST = 2000  # characters of a value that are kept


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that the head gives, and what gave it."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Head:
    """The claims of a page's head by what is wanted (`heads.tsv`), the surest first; <title>; the canonical link."""

    claims: dict[str, tuple[Claim, ...]]
    title: str = ""
    canonical: str = ""

    def values(self, wanted: str) -> list[str]:
        """Give the values for what is wanted, the surest first."""
        return [claim.value for claim in self.claims.get(wanted, ())]


def read_head(soup: BeautifulSoup) -> Head:
    """Read the head of a parsed page; it may stand anywhere in broken markup."""
    metas: dict[str, list[str]] = {}
    canonical = ""
    for tag in soup.find_all(["meta", "link"]):
        attributes = tag.attrs
        if tag.name == "link":
            if "canonical" in str(attributes.get("rel") or "").lower().split():
                canonical = canonical or str(attributes.get("href") or "").strip()
            continue
        value = _line(str(attributes.get("content") or ""))
        name = next((str(attributes[key]) for key in _NAMES if attributes.get(key)), "")
        if value and name:
            metas.setdefault(name.lower().strip(), []).append(value)
    claims = {
        wanted: tuple(Claim(value, source) for name, source in names for value in metas.get(name, ()))
        for wanted, names in _wanted().items()
    }
    title = _line(soup.title.get_text()) if soup.title else ""
    return Head(claims, title, canonical)


def _line(value: str) -> str:
    return " ".join(uniform(unescape(value[:_LONGEST])).split())


@cache
def _wanted() -> dict[str, list[tuple[str, str]]]:
    wanted: dict[str, list[tuple[str, str]]] = {}
    for row in table("heads"):
        wanted.setdefault(row["wanted"], []).append((row["name"], row["source"]))
    return wanted
