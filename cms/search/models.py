"""Search that finds: one index of pages, records, documents and services."""
