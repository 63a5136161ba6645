"""The kinds of values in a table of sources: what each may be, said so that a reader of the message can mend it."""

import re
from ipaddress import ip_network
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import soupsieve
from pydantic import AfterValidator, BeforeValidator, Field

from pipeline.crawl.addresses import canonical, canonical_host, pattern

_MAIL = re.compile(r"[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>().]+")
_PRODUCT = re.compile(r"[A-Za-z][A-Za-z_-]*(/[\w.+-]+)?", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+.^`|~\w-]+", re.ASCII)
_PLACE = re.compile(r"(?P<host>.+):(?P<port>\d{1,5})")
# The crawler writes these itself: conditional requests, the message's frame, who asks.
_OURS = frozenset(
    {
        "accept-encoding", "connection", "content-length", "host", "if-modified-since", "if-none-match",
        "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    }
)  # fmt: skip


def _address(text: str) -> str:
    url = canonical(text)
    if url is None:
        raise ValueError("should be an http or https address, such as https://example.ru/rss.xml")
    return url


def _host(text: str) -> str:
    host = canonical_host(text)
    if host is None or "/" in text:
        raise ValueError("should be a host's name alone, such as example.ru")
    return host


def _pattern(text: str) -> str:
    try:
        pattern(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return text


def _selector(text: str) -> str:
    try:
        soupsieve.compile(text)
    except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
        raise ValueError(f"is no CSS selector: {str(error).splitlines()[0]}") from None
    return text


def _header(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise ValueError("is no name of a header")
    if name.lower() in _OURS:
        raise ValueError("is written by the crawler itself; the User-Agent comes of user_agent and contact")
    return name


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError("should be a time zone's name, such as Europe/Moscow or Asia/Novosibirsk") from None


def _contact(text: str) -> str:
    address = text.strip().removeprefix("mailto:")
    if _MAIL.fullmatch(address):
        return address
    url = canonical(address)
    if url is None:
        raise ValueError("should be an e-mail address or the http(s) address of a page that says who crawls")
    return url


def _product(text: str) -> str:
    if not _PRODUCT.fullmatch(text):
        raise ValueError("should be NAME/VERSION, the name of letters, - and _, such as SvodkaBot/0.1")
    return text


def _network(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        place = _PLACE.fullmatch(text)
    if place and canonical(f"http://{text}/"):
        return text
    raise ValueError("should be a network or HOST:PORT, such as 10.1.0.0/16 or news.intranet:8080")


def _age(value: Any) -> Any:
    return None if value == "any" else value


Days = Annotated[int, Field(ge=0, le=36_500)]
Age = Annotated[Days | None, BeforeValidator(_age)]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_host)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
Header = Annotated[str, AfterValidator(_header)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Contact = Annotated[str, AfterValidator(_contact)]
Product = Annotated[str, AfterValidator(_product)]
Network = Annotated[str, AfterValidator(_network)]
