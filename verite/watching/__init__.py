"""Progress, watchlists and diaries. Empty until members exist."""
