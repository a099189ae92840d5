"""How Hamaynk is run: one machine (`infra.local`), containers (Dockerfile, compose.yaml, caddy/)."""
