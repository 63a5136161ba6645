"""The one HTTP client: time limits, retries, limits of size; the only importer of httpx."""
