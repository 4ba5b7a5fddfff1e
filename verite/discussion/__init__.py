"""Comments on films, their threads and votes. Empty until the second issue."""
