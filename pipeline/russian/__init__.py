"""How the registry's words, dates and amounts are put in Russian: for the keeper's page and a night's report."""
