"""Following: what somebody wants to hear of by mail, and where they see, change and end it."""
