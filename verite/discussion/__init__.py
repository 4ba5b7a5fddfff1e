"""Comments on films, their threads and votes."""
