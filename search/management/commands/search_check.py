"""Compares the index with the database and says what differs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import checking, consumer
from search.store import IndexMissing


class Command(BaseCommand):
    help = "Compare the search index with the database and say what differs. Exit code 1 when something does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="Read what differs anew, so that nothing does.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            differences = list(checking.differences())
        except IndexMissing as error:
            self.stderr.write(str(error))
            sys.exit(1)
        for difference in differences:
            self.stdout.write(str(difference))
        if not any(differences):
            return
        if not options["fix"]:
            sys.exit(1)
        for difference in differences:
            consumer.apply_now(difference.kind, difference.keys)
        self.stdout.write("Fixed.")
