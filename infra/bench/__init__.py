"""`make bench`: the figures to reach, each measured in one run on the same machine and database as its baseline."""
