"""A row of a list as an article: its text is the row made readable, so that every value stands somewhere in it."""

import hashlib
import json

from pipeline.registry.identity import Profile
from pipeline.registry.ids import digest, entity_id
from pipeline.registry.keeper.lists.rows import ListRow
from pipeline.registry.kinds import PROPERTIES, Origin
from pipeline.registry.loading.contribution import Contribution
from pipeline.registry.loading.draft import EntityDraft, Grounds, StatementDraft

_RULE, _VERSION = "list", "list-1"


def row_contribution(row: ListRow, list_name: str, file: str, now: str) -> Contribution:
    """Draft a row, read now; the same row read later is the same content."""
    article_id = digest("list", list_name, row.row_id)
    made = entity_id(row.kind, article_id)
    statements, lines, start = [], [], 0
    for value in row.values:
        line = f"{PROPERTIES[value.prop].label}: {value.printed}"
        stop = start + len(line)
        grounds = Grounds(_RULE, _VERSION, 1.0, value.printed, stop - len(value.printed), stop, start, stop)
        statements.append(StatementDraft(made, value.prop, value.value, grounds))
        lines.append(line)
        start = stop + 1
    distinct = {statement.claim: statement for statement in reversed(statements)}
    draft = EntityDraft(made, "", row.kind, row.name, tuple(reversed(distinct.values())), _profile(row))
    return _contribution((article_id, list_name, row.row_id), lines, (draft,), file, now)


def _profile(row: ListRow) -> Profile:
    told = {value.prop: value.value for value in row.values}
    aliases = {value.value for value in row.values if value.prop == "alias"} - {row.name}
    return Profile(
        row.kind,
        (row.name, *sorted(aliases)),
        legal_form=told.get("legal_form"),
        region=told.get("region"),
        inn=told.get("inn"),
        ogrn=told.get("ogrn"),
    )


def gone_contribution(row_id: str, list_name: str, file: str, now: str) -> Contribution:
    """Draft the absence of a row from a newer file of its list: it says nothing any more."""
    article_id = digest("list", list_name, row_id)
    return _contribution((article_id, list_name, row_id), ["В списке больше нет этой строки."], (), file, now)


def _contribution(
    which: tuple[str, str, str], lines: list[str], drafts: tuple[EntityDraft, ...], file: str, now: str
) -> Contribution:
    article_id, list_name, row_id = which
    text = "\n".join(lines)
    said = sorted(statement.claim for draft in drafts for statement in draft.statements)
    bounds, start = [], 0
    for line in lines:
        bounds.append([start, start + len(line)])
        start += len(line) + 1
    about = {
        "title": row_id,
        "url": None,
        "site": list_name,
        "site_name": None,
        "published_at": None,
        "modified_at": None,
        "fetched_at": now,
        "first_seen": now,
        "last_seen": now,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "paragraphs": json.dumps(bounds),
        "file": file,
    }
    return Contribution(article_id, digest(article_id, text, *said), now, Origin.LIST, about, drafts)
