"""What every room stands on: text, clock, ids, paging, mail, limits, fetch, freshness, database."""
