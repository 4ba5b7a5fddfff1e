"""Texts about the site itself: about, rules."""
