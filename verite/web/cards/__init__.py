"""Drawn title cards: a picture for every film, made from its name and subjects alone."""
