"""Public addresses that are no pages: style sheet, search, feed, site map, robots."""
