"""The registry: facts from many articles as one traceable, correctable truth.

    kinds, schema, database    what there is, how it is stored, how it is reached
    loading                    records into statements, an article at a time
    identity, resolve          which entities of articles are one: the comparing, pure; and its place in the database
    verdicts                   what people said of claims
    belief                     what follows from all of it: values, standing, terms, conflicts, what is new
    keeper                     what is to be decided, who is who by a person's word, the keeper's lists
    handout, upkeep            tables, exports, pushes; backups and checks

A statement is never changed: what is believed follows from statements, judgements and decisions. The only importer of
SQLAlchemy; it knows records, and nothing of pages or extractors.
"""

from pipeline.registry.handout.tables import registry_tables

__all__ = ["registry_tables"]
