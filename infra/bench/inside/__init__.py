"""What the bench does inside a database, with Django loaded: `python -m infra.bench.inside ACTION JSON`."""
