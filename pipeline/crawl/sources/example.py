"""The example of a table of sources, which comes with Svodka."""

from importlib.resources import files


def example() -> str:
    """Give the text of the example."""
    return files("pipeline.crawl.sources").joinpath("sources.example.toml").read_text(encoding="utf-8")
