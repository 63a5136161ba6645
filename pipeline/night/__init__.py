"""The nightly job: crawl, extract what is new, feed the registry, report. Composes; owns no step itself."""
