from django.core.management.base import BaseCommand, CommandError

from taxonomy.loading import load_vocabulary


class Command(BaseCommand):
    help = "Bring the vocabulary of taxonomy/vocabulary/ into the database. Safe to run again."

    def handle(self, *args, **options) -> None:
        try:
            report = load_vocabulary()
        except (OSError, ValueError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        news = [f"{count} {kind}" for kind, count in report.loaded.items() if count]
        self.stdout.write(f"Vocabulary: {', '.join(news)} new or changed." if news else "Vocabulary: nothing new.")
        for term in report.vanished:
            self.stderr.write(f"No longer in the files, kept in the database: {term}")
        for term in report.merged:
            self.stderr.write(f"In the files, but merged by staff: {term}")
