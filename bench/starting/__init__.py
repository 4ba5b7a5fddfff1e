"""How soon a site answers, how much memory it takes, and how many bytes a first view is (goals 11 and 12)."""
