"""Loading in processes of their own, for tests that stop them or let them meet."""

import multiprocessing
import resource
import signal
import sys
from pathlib import Path

from pipeline.errors import RegistryError
from pipeline.record import to_json
from pipeline.registry.database import open_database
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.record_files import RecordFiles
from tests.pipeline.registry.sightings import record_of

NOW = "2024-04-01T00:00:00Z"
FAILED = 6

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def write_records(path, seen):
    """Write sightings as a file of records."""
    path.write_text("".join(f"{to_json(record_of(sighting))}\n" for sighting in seen), encoding="utf-8")
    return path


def loading(url, path, *, file_bytes=None):
    """Give a process, not started, that loads a file; its exit code is FAILED after a RegistryError."""
    return _CONTEXT.Process(target=load_file, args=(url, str(path), file_bytes))


def load_file(url, path, file_bytes=None):
    """Load a file of records; `file_bytes` bounds how large files may grow, as a full disk does."""
    if file_bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    try:
        feed = Feed(open_database(url), "load", lambda: NOW)
        for line in RecordFiles([path]):
            feed.add_line(line)
        feed.end()
    except RegistryError as error:
        Path(f"{path}.trouble").write_text(str(error), encoding="utf-8")
        sys.exit(FAILED)


def trouble_of(path):
    """Tell why the load of a file FAILED."""
    return Path(f"{path}.trouble").read_text(encoding="utf-8")
