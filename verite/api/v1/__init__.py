"""The API, version 1: what pages show and do, for programs, by the same queries and actions."""
