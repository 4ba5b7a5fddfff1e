"""The API: a film read by a program, beside its page. `python -m bench.api`."""
