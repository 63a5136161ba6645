"""The table of sources: TOML in, validated Sources out. No network: `pipeline.crawl.sources` never fetches."""

from pipeline.crawl.sources.example import example
from pipeline.crawl.sources.source import Limits, Night, Source, Sources
from pipeline.crawl.sources.table import read_sources, sources_from

__all__ = ["Limits", "Night", "Source", "Sources", "example", "read_sources", "sources_from"]
