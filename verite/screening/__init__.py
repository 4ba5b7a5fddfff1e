"""Judges a text and its author. Empty until the issue that brings the desk."""
