"""Finding films: search, related films, browsing."""
