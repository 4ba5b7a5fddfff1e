"""Settings, addresses, server, page cache and command line: the only room that knows all others."""
