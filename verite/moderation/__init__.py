"""The desk: queue, decisions, record and appeals. Empty until discussions exist."""
