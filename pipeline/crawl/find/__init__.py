"""Documents that point to articles: feeds, sitemaps and section pages in, addresses out. Pure; no network."""
