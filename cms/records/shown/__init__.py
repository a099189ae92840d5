"""What the templates of the registers get: plain objects, one module a kind of records."""
