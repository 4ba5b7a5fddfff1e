"""Finished pages, kept in memory and proved true at each request (docs/decisions/0003-page-cache.md)."""
