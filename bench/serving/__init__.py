"""Serving: against nginx, with and without validation, among slow clients. `python -m bench.serving`."""
