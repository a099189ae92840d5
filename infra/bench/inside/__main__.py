"""One action in a process of its own; the last line it prints is its answer as JSON."""

from __future__ import annotations

import importlib
import json
import sys

import django

from infra.bench.inside.answers import answer

ACTIONS = {
    "create": "creating", "by_migrations": "creating", "clone": "creating",
    "status": "fleets", "upgrade": "fleets", "migrate_schemas": "fleets",
    "page": "pages", "submit_many": "applying", "touch": "touching",
    "check_duties": "obligations",
    "fill_with_news": "many_news", "lists": "many_news", "searches": "many_news", "publish": "many_news",
    "fill_with_cases": "many_cases", "inbox": "many_cases", "engine": "many_cases",
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    action, given = arguments
    # Before the settings: a variant of them imports `config.settings`, whose package reads settings for Celery.
    importlib.import_module("config")
    django.setup()
    module = importlib.import_module(f"infra.bench.inside.{ACTIONS[action]}")
    answer(getattr(module, action)(**json.loads(given)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
