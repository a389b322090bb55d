from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from agenda.models import Event
from blog.models import BlogPost
from communities.numbers import KIND, LIFE
from content import caching
from discussions import services as discussions
from portal.populate import clearing, communities, members, organisations, posts, publications, webinars
from search import services as search
from taxonomy.models import Licence, Topic

PUBLICATIONS, ORGANISATIONS = 3929, 1167  # at the end of 2018
MEMBERS = 4000  # which the report does not say
COMMUNITIES = 42  # that lived
WEBINARS, POSTS = 77, 150
EVENTS = 100  # which the report does not say


class Command(BaseCommand):
    help = (
        "Make volume for measuring: at scale 1 the figures of the three-year report (3,929 publications, 1,167 "
        "organisations, 42 communities, 77 webinars, 150 posts; 4,000 members), at 10 and 100 so many times more. What "
        "is there already counts; running again tops up."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="1, 10, 100.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same records.")
        parser.add_argument(
            "--members", action="store_true", help="Make members too, their communities, webinars, posts and events."
        )
        parser.add_argument("--clear", action="store_true", help="Remove what populate made, and nothing else.")
        parser.add_argument("--index", action="store_true", help="Build the search index anew afterwards.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clear"]:
            self._clear(options)
        else:
            self._populate(options)
        caching.bump("publication", "organisation", "member", KIND, LIFE, discussions.KIND, discussions.NUMBER)
        if options["index"]:
            count = search.rebuild_index()
            self.stdout.write(f"The index holds {count:,} records.")
        else:
            self.stdout.write("Now build the search index: manage.py rebuild_search")

    def _populate(self, options: dict[str, Any]) -> None:
        if not (Topic.objects.exists() and Licence.objects.exists()):
            raise CommandError("The vocabulary is empty. Run manage.py load_vocabulary first.")
        counts = organisations.missing(ORGANISATIONS * options["scale"])
        self._watch("organisations", sum(counts.values()), organisations.make(counts, options["seed"]))
        count, shared = publications.missing(PUBLICATIONS * options["scale"])
        self._watch("publications", count, publications.make(count, shared, options["seed"]))
        if options["members"]:
            people = members.missing(MEMBERS * options["scale"])
            self._watch("members", people, members.make(people, options["seed"]))
            places = communities.missing(COMMUNITIES * options["scale"])
            self._watch("communities", places, communities.make(places, options["seed"]))
            communities.make_long(options["seed"])
            self._meet(options["scale"], options["seed"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # plans for this many rows, not for the empty tables of before
        self.stdout.write(f"Made {count:,} publications and {sum(counts.values()):,} organisations.")

    def _meet(self, scale: int, seed: int) -> None:
        meetings = webinars.missing(WEBINARS * scale)
        self._watch("webinars", meetings, webinars.make(meetings, seed))
        webinars.make_long(seed)
        for model, total in ((BlogPost, POSTS), (Event, EVENTS)):
            count = posts.missing(model, total * scale)
            self._watch(model._meta.model_name, count, posts.make(model, count, seed))

    def _clear(self, options: dict[str, Any]) -> None:
        webinars.clear()
        posts.clear()
        communities.clear()
        with tqdm(unit=" records", leave=False, disable=None if options["verbosity"] else True) as bar:
            gone = clearing.clear(bar.update)
            members.clear()
        self.stdout.write(f"Removed {gone[0]:,} publications and {gone[1]:,} organisations.")

    def _watch(self, name: str, total: int, steps: Any) -> None:
        with tqdm(total=total, unit=f" {name}", leave=False, disable=None) as bar:
            for step in steps:
                bar.update(step)
