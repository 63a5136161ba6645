"""The folder that results go to: files grow in a hidden folder inside it and appear under their names when complete."""

import hashlib
import json
import os
import shutil
from pathlib import Path

from pipeline.errors import OutputError

MANIFEST = "manifest.json"

_STAGE = ".svodka-part"


class Destination:
    """A results folder; made when it is not there. OSError may leave any method."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stage = folder / _STAGE

    def open(self) -> None:
        """Make the folder; OutputError when it cannot be, or cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (probe := self.folder / f"{_STAGE}-{os.getpid()}").touch()
            probe.unlink()
        except OSError as error:
            raise OutputError(f"{self.folder}: cannot be written: {error.strerror or error}") from error

    def begin(self) -> Path:
        """Give an empty folder for the files to grow in."""
        self.discard()
        self.stage.mkdir()
        return self.stage

    def discard(self) -> None:
        """Drop what is not complete."""
        shutil.rmtree(self.stage, ignore_errors=True)

    def digests(self) -> dict[str, dict[str, int | str]]:
        """Give size and SHA-256 of each file that has grown."""
        return {file.name: {"bytes": file.stat().st_size, "sha256": _sha256(file)} for file in sorted(self._grown())}

    def publish(self, manifest: str) -> None:
        """Let the files appear under their names, the manifest last, each in one step.

        Files of the earlier run that this one did not write are removed if they are still as that run left them.
        """
        (self.stage / MANIFEST).write_text(manifest, encoding="utf-8")
        grown = {file.name for file in self._grown()}
        stale = [file for file in self._earlier() if file.name not in grown]
        for file in sorted(self._grown(), key=lambda file: (file.name == MANIFEST, file.name)):
            with file.open("rb") as data:
                os.fsync(data.fileno())
            file.replace(self.folder / file.name)
        for file in stale:
            file.unlink()
        self.discard()

    def _grown(self) -> list[Path]:
        return [file for file in self.stage.iterdir() if file.is_file()]

    def _earlier(self) -> list[Path]:
        """Find the files that the manifest of the earlier run lists, as it lists them."""
        try:
            outputs = json.loads((self.folder / MANIFEST).read_bytes())["outputs"]
            listed = [(self.folder / Path(name).name, about["sha256"]) for name, about in outputs.items()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return []
        return [file for file, digest in listed if file.is_file() and _sha256(file) == digest]


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
