"""Keeps XML that does more than state things away from the parsers: entities of its own, at home or abroad."""

import io
import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parse

_PROLOG = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_STEP = re.compile(r"<!--|<!\s*DOCTYPE|<(?![?!])", re.IGNORECASE)
_NAMED_ONLY = re.compile(rb"<!DOCTYPE[^\[<>]{0,1000}>", re.IGNORECASE)  # of RSS 0.91: names a DTD that no one loads
_TAG = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_SCANNED = 1024 * 1024  # characters in which a prolog ends; a longer one is none


class _RootReached(Exception):  # noqa: N818 - no error: what follows the root's tag declares nothing
    pass


class _Prolog(ContentHandler):
    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - the library's name
        raise _RootReached(name, attrs)


def root_name(content: bytes) -> str:
    """Name the root element in small letters, without its prefix; empty when there is none.

    >>> root_name(b"<?xml version='1.0'?><!-- <a> --><rdf:RDF>")
    'rdf'
    """
    text = content[:_SCANNED].replace(b"\x00", b"").decode("latin-1")
    found = _TAG.match(text, _root(text))
    return found[1].lower() if found else ""


def refusal(content: bytes) -> str | None:
    """Say why XML is refused, or None when it is harmless or no XML at all.

    >>> refusal(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>')
    'it declares entities of its own, which is how XML bombs and thefts of files are made'
    >>> refusal(b"<rss><channel/></rss>") is None
    True
    """
    text = content[:_SCANNED].replace(b"\x00", b"").decode("latin-1")
    root = _root(text)
    if _PROLOG.search(text, 0, root):
        return "it declares entities of its own, which is how XML bombs and thefts of files are made"
    try:
        parse(io.BytesIO(_NAMED_ONLY.sub(b"", content[:_SCANNED], count=1)), _Prolog(), forbid_dtd=False)
    except DefusedXmlException as error:
        return f"it declares what XML of a feed has no need of: {type(error).__name__}"
    except (_RootReached, SAXException, ValueError, LookupError, UnicodeError):
        pass  # broken XML is read by parsers that forgive, after the scan above
    return None


def _root(text: str) -> int:
    """Tell where the root's tag is: what stands in comments and declarations before it is none."""
    at = 0
    while found := _STEP.search(text, at):
        if found[0] == "<":
            return found.start()
        end = "-->" if found[0] == "<!--" else "]" if _subset(text, found.end()) else ">"
        stop = text.find(end, found.end())
        if stop < 0:
            break
        at = stop + len(end)
    return len(text)


def _subset(text: str, at: int) -> bool:
    """Tell whether a DOCTYPE has declarations within it."""
    bracket, close = text.find("[", at), text.find(">", at)
    return 0 <= bracket < close
