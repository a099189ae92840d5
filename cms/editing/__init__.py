"""Help for those who write: checks of the text, checklists, reports of upkeep."""
