import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.demo import loading


class Command(BaseCommand):
    help = "Bring the demonstration content of portal/demo/content/ into the database. Safe to run again."

    def handle(self, *args, **options) -> None:
        quiet = options["verbosity"] == 0 or not sys.stderr.isatty()
        with tqdm(total=loading.expected_ticks(), unit=" publications", leave=False, disable=quiet) as bar:
            try:
                report = loading.load_demo(lambda _slug: bar.update())
            except (OSError, ValueError, RuntimeError) as error:
                raise CommandError(str(error)) from error
        news = ", ".join(f"{count} {kind}" for kind, count in report.loaded.items() if count)
        self.stdout.write(f"Demonstration: {news} new or changed." if news else "Demonstration: nothing new.")
        for reference in report.unknown:
            self.stderr.write(f"The content files refer to something unknown: {reference}")
