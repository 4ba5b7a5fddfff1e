"""Ratings of films from one to ten. Empty until the second issue."""
