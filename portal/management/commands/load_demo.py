from django.core.management.base import BaseCommand, CommandError

from content.progress import Progress
from portal.demo import loading


class Command(BaseCommand):
    help = "Bring the demonstration content of portal/demo/content/ into the database. Safe to run again."

    def handle(self, *args, **options) -> None:
        with Progress(self.stderr, "Publications", loading.expected_ticks()) as progress:
            try:
                report = loading.load_demo(progress.tick)
            except (OSError, ValueError, RuntimeError) as error:
                raise CommandError(str(error)) from error
        news = [f"{count} {kind}" for kind, count in report.loaded.items() if count]
        self.stdout.write(
            f"Demonstration: {', '.join(news)} new or changed." if news else "Demonstration: nothing new."
        )
        for reference in report.unknown:
            self.stderr.write(f"The content files refer to something unknown: {reference}")
