"""One machine with nothing installed: PostgreSQL, worker, dispatcher and web, started by `make up`.

Everything here is standard library only where it has to run before Django (and before the lock is installed).
"""
