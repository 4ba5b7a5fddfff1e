"""Films, parts, sources, people, subjects, reviews and collections."""
