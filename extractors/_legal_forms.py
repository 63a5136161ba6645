"""Legal forms by their abbreviations and in full."""

from functools import cache

from extractors._lexicon import table


def legal_form_of(text: str) -> str | None:
    """Give the abbreviation of a legal form written either way; None for what is none.

    >>> legal_form_of("Общество с ограниченной ответственностью"), legal_form_of("оао"), legal_form_of("завод")
    ('ООО', 'ОАО', None)
    """
    return _by_written().get(" ".join(text.casefold().split()))


@cache
def _by_written() -> dict[str, str]:
    rows = table("legal_forms")
    in_full = {row["written"].casefold(): row["form"] for row in reversed(rows)}
    return in_full | {row["form"].casefold(): row["form"] for row in rows}
