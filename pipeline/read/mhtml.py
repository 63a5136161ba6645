"""Pages that a browser saved whole as MHTML: the first HTML part is the page, the rest is its furniture."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast

from pipeline.model import Media, Page, Reason
from pipeline.read._entry import Entry, Trouble, content

SUFFIXES = (".mhtml", ".mht")


def read(entry: Entry) -> Iterator[Page]:
    """Give the page with its address, the charset of its part and the time it was saved."""
    message = cast("EmailMessage", message_from_bytes(content(entry), policy=policy.compat32))
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if part is None or not message["MIME-Version"]:
        raise Trouble(Reason.CORRUPT, "no HTML part in it: not a saved page")
    html = part.get_payload(decode=True)
    if not isinstance(html, bytes) or not html.strip():
        raise Trouble(Reason.EMPTY, "its HTML part is empty")
    url = message["Snapshot-Content-Location"] or part["Content-Location"]
    yield Page(entry.source, Media.HTML, html, url and str(url).strip(), part.get_content_charset(), _saved(message))


def _saved(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None
