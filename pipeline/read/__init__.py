"""Saved pages in: files, folders, archives and standard input become Page or Rejected, one at a time.

Each public module beside this one is a reader: `SUFFIXES`, the ends of the names it takes (the longest that fits
decides), `read(entry)`, which yields Page, Rejected or, from an archive, the Entry of a member, and `ARCHIVE = True`
if it opens an archive. Adding a module adds a reader. Readers know nothing of one another; this module finds the files,
picks the readers, and turns what goes wrong into a Rejected. No page is decoded here, none is held longer than it takes
to hand it on.
"""

from pipeline.read._dispatch import suffixes
from pipeline.read._paths import Meter, check_paths, measure, read

__all__ = ["Meter", "check_paths", "measure", "read", "suffixes"]
