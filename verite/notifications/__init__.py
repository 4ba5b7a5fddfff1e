"""Delivers messages to whoever asked to be told. Empty until discussions exist."""
