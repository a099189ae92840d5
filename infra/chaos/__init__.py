"""`python -m infra.chaos`: processes are killed during submissions, and every confirmed one must be there once."""
