"""Measurements: every figure beside its goal. `make bench` runs them all; nothing here runs in the suite."""
