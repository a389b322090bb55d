import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from notifications import bounces


class Command(BaseCommand):
    help = "Read mails that came back, from files or from a pipe (-), as a mail server hands them over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a mail as it arrived; - reads standard input")

    def handle(self, *args, files: list[str], **options) -> None:
        for name in files:
            try:
                raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            except OSError as error:
                raise CommandError(f"{name} cannot be read: {error.strerror}") from error
            told = bounces.read(raw)
            for bounce in told:
                self.stdout.write(f"{name}: {bounce.address} {bounce.kind}{'' if bounce.letter_id else ', not ours'}")
            if not told:
                self.stdout.write(f"{name}: no letter that came back")
