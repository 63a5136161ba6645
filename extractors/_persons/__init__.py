"""Names of persons in the nominative: their parts, how a part declines, and how the parts agree."""
