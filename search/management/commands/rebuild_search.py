"""Builds the search index anew while the old one answers, then puts it in its place."""

from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from search import consumer, engines
from search.indexes import all_indexes


class Command(BaseCommand):
    help = "Build the search index anew while the old one answers, then put it in its place."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-missing", action="store_true", help="Only where there is none that can be read.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_missing"] and engines.store().exists():
            return
        started = time.monotonic()
        total = sum(index.index_queryset().count() for index in all_indexes().values())
        quiet = options["verbosity"] == 0 or not sys.stderr.isatty()
        with tqdm(total=total, unit=" records", disable=quiet) as bar:
            number = consumer.rebuild(each=bar.update)
        if options["verbosity"]:
            self.stdout.write(f"{number} records indexed in {time.monotonic() - started:.1f} seconds.")
