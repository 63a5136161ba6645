"""The registry: facts from many articles as one traceable, correctable truth.

    records ──► contribution ──► load ──► resolve ──► views, search, review, export, push

`kinds` says what there is, `schema` how it is stored, `database` how it is reached. A statement is never changed: what
is believed follows from statements, judgements and decisions. The only importer of SQLAlchemy; it knows records, and
nothing of pages or extractors.
"""

from pipeline.registry.tables import registry_tables

__all__ = ["registry_tables"]
