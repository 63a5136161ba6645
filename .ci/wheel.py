"""Build the wheel and check what is in it: the two packages with their tables, and nothing else."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("extractors", "pipeline")


def expected() -> set[str]:
    """Give the files that git tracks in the packages."""
    tracked = subprocess.run(
        ["git", "ls-files", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(tracked.stdout.split())


def packed(folder: Path) -> set[str]:
    """Build the wheel, by way of the sdist so that no stale build folder gets in, and give its files."""
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def main() -> int:
    """Compare the two; say what is missing and what is too much."""
    with tempfile.TemporaryDirectory() as folder:
        inside, wanted = packed(Path(folder)), expected()
    for name in sorted(wanted - inside):
        print("not in the wheel:", name)
    for name in sorted(inside - wanted):
        print("in the wheel, not in the repository:", name)
    print(f"wheel: {len(inside)} files")
    return int(inside != wanted)


if __name__ == "__main__":
    sys.exit(main())
