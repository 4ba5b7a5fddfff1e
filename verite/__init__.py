"""Vérité: a self-hosted home for documentary films."""

__version__ = "0.1.0"
