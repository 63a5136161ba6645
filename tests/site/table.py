"""The table of sources for a site: one source a host, its documents by their kind."""

from tests.site.plan import FORMS, Document
from tests.site.process import Site

_KEYS = {"feed": "feeds", "sitemap": "sitemaps", "section": "sections"}
_KIND = {form: kind for kind, forms in FORMS.items() for form in forms}
_TRAPS = {"bomb": "feed", "entity": "feed", "sitemap_bomb": "sitemap"}


def table(site: Site, *, delay: float = 0.0, concurrency: int = 1, more: str = "", each: str = "") -> str:
    """Write the table; `more` goes to its top, `each` into every source. Seconds."""
    head = f'contact = "tests@example.org"\nallow_private = ["127.0.0.0/24"]\n{more}\n'
    sources = (
        f"[sources.host{number}]\n{_documents(site, number)}delay = {delay}\nconcurrency = {concurrency}\n{each}\n"
        for number, host in enumerate(site.plan.hosts)
        if host.documents
    )
    return head + "\n".join(sources)


def _documents(site: Site, number: int) -> str:
    lines: dict[str, list[str]] = {}
    for document in site.plan.hosts[number].documents:
        lines.setdefault(_KEYS[_kind(document)], []).append(f'"{site.url(number, document.path)}"')
    return "".join(f"{key} = [{', '.join(addresses)}]\n" for key, addresses in lines.items())


def _kind(document: Document) -> str:
    return _KIND.get(document.form) or _TRAPS[document.form]
