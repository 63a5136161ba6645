"""Write anew what the README shows and CI checks: the quality on the corpus, the example record, the JSON Schema.

python benchmarks/readme.py
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = "corpus/pages/voronezh-fond-klastery/page.txt"


def svodka(*arguments: str) -> str:
    """Run the command line and give what it prints."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> None:
    (ROOT / "output" / "example.jsonl").write_text(svodka("show", EXAMPLE, "--json"), encoding="utf-8")
    (ROOT / "output" / "record.schema.json").write_text(svodka("schema"), encoding="utf-8")
    quality = "\n".join(line.rstrip() for line in svodka("evaluate", "corpus/pages").splitlines())
    readme = ROOT / "README.md"
    pattern = r"(?<=^\$ svodka evaluate corpus/pages\n).*?(?=\n```)"
    text = re.sub(pattern, quality, readme.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE | re.DOTALL)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
