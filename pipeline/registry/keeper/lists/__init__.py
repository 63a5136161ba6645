"""The keeper's own lists: a table of organizations and clusters into the registry, each row an article of its own.

    file ──► sheet ──► rows ──► contributions ──► importing

`sheet` reads the file and names its columns, `rows` says what each row holds or why it is refused, `contributions`
drafts it, `importing` writes it, accepted, and finds the rows that a newer file of the list has no longer.
"""
