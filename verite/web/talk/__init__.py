"""A film's discussion: reading it and taking part."""
