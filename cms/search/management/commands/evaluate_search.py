"""`manage.py evaluate_search docs.json queries.json [--out ranks.json]`: how well the search finds a labelled set."""

from __future__ import annotations

import json
import signal
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from cms.search import evaluation
from tenants.provisioning import AlreadyRunning, ProvisioningFailed


class Command(BaseCommand):
    help = (
        "Publishes the documents in a scratch community, asks the site's own search the queries, prints recall@5 and "
        "MRR@10 per kind, and removes the community. A query that expects nothing must find nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("docs", type=Path, help="[{id, type, lang, title, body}]")
        parser.add_argument("queries", type=Path, help="[{id, query, lang, expected: [ids], kind}]")
        parser.add_argument("--out", type=Path, help="write {query id: [ids of the documents, the best first]}")
        parser.add_argument("--misses", action="store_true", help="show the queries that missed something")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()

        def say(line: str) -> None:
            self.stderr.write(f"{time.monotonic() - began:6.1f} s  {line}")

        try:
            docs = evaluation.read_docs(_read(options["docs"]))
            queries = evaluation.read_queries(_read(options["queries"]), docs)
        except evaluation.BadSet as error:
            raise CommandError(str(error)) from error
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            with evaluation.scratch_community(say):
                placed = evaluation.publish(docs, lambda done: say(f"{done} of {len(docs)} documents published"))
                asked = time.monotonic()
                ranks = evaluation.ask(queries, placed)
                took = (time.monotonic() - asked) * 1000 / (len(queries) or 1)
                say(f"{len(queries)} queries asked, {took:.1f} ms each")
            say("the scratch community is removed")
        except (ProvisioningFailed, AlreadyRunning) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database does not answer (is the product running?): {error}") from error
        except KeyboardInterrupt:
            raise CommandError("interrupted; the scratch community is removed") from None
        finally:
            signal.signal(signal.SIGTERM, before)
        self._show(queries, ranks, misses=options["misses"])
        if options["out"]:
            text = json.dumps(ranks, ensure_ascii=False, indent=1)
            options["out"].write_text(text + "\n", encoding="utf-8")
            self.stdout.write(f"\n{options['out']}")

    def _show(self, queries: list[evaluation.Query], ranks: dict[str, list[str]], *, misses: bool) -> None:
        table = evaluation.scores(queries, ranks)
        width = max(len(score.kind) for score in table)
        self.stdout.write(f"{'kind':<{width}}  queries  recall@5  MRR@10")
        for score in table:
            if score is table[-1]:
                self.stdout.write("")
            self.stdout.write(
                f"{score.kind:<{width}}  {score.questions:>7}  {score.recall:>8.3f}  {score.reciprocal_rank:>6.3f}"
            )
        if misses:
            for query in queries:
                ranked = ranks[query.id]
                if evaluation.recall_of(query, ranked) < 1:
                    self.stdout.write(f"{query.id} [{query.kind}] {query.words}: {query.expected} / {ranked[:5]}")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(f"{path}: not JSON: {error}") from error


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
