"""Judges what is written and who wrote it. It has a place for rules; those that learn come with moderation."""
