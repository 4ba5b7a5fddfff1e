"""Pages that lead to films: home, browse, subjects, people, years, collections, search; and errors."""
