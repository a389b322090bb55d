"""Keeps this node's index up to date: for machines that serve pages and run no worker."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from search import consumer, engines


class Command(BaseCommand):
    help = "Follow the queue of changes for ever, building the index first where there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=2.0, help="Seconds between two looks at the queue.")
        parser.add_argument("--once", action="store_true", help="Look once and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = threading.Event()
        while True:
            if not engines.store().exists() or consumer.is_lost():
                consumer.rebuild()
            passed = consumer.follow()
            if passed and options["verbosity"]:
                self.stdout.write(f"{passed} changes applied.")
            if options["once"]:
                return
            waiting.wait(options["every"])
            close_old_connections()
