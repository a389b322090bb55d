"""The address of every public page of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from tests.world import World

LISTED = ("publications", "stakeholders", "communities", "discussions", "blog", "agenda", "webinars")
DOORS = ("account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_inactive")

QUERIES = (
    "",
    "?q=cash+transfers",
    "?q=nothingofthesort",
    "?country=KE&country=UG&from=2010&sort=newest",
    "?q=transferts+mon%C3%A9taires",
    "?page=2",
    "?from=later",
)


def addresses(world: World) -> list[str]:
    """Every public page, without its language: one of each kind, with and without what can be asked of it."""
    lists = [f"{reverse(f'{app}:list')}{query}" for app in LISTED for query in QUERIES]
    values = [reverse("publications:facet", args=[facet]) for facet in ("country", "topic", "org", "tag", "series")]
    lists += [f"{reverse('people:list')}{query}" for query in QUERIES]
    values += [reverse("people:facet", args=["country"])]
    records = [
        world.profiles["everyone"],
        *world.media.values(),
        world.publications["published"],
        world.publications["withdrawn"],
    ]
    records += [world.organisations["published"], world.organisations["withdrawn"]]
    records += [world.communities[state] for state in ("open", "request", "archived", "withdrawn")]
    records += [world.webinars[state] for state in ("published", "past", "cancelled", "withdrawn")]
    records += [world.webinars["published"].series]
    terms = [*world.topics, world.countries[0], *world.regions, *world.goals]
    pages = ["home", "styleguide", "search:search", "search:topics", "search:glossary", "search:countries"]
    pages += ["time_zone", "webinars:all_series"]
    found = [*map(reverse, pages), *lists, *values, reverse("stakeholders:facet", args=["country"])]
    found += [record.get_absolute_url() for record in [*records, *terms]]
    found += [f"{reverse('search:search')}{query}" for query in QUERIES if query]
    found += [reverse("discussions:list"), f"{reverse('discussions:list')}?kind=unanswered"]
    found += [world.spoken.threads["open"].get_absolute_url()]
    found += [reverse("blog:news"), reverse("blog:all_series"), world.written.series.get_absolute_url()]
    found += [world.written.posts[state].get_absolute_url() for state in ("published", "withdrawn")]
    found += [world.written.posts["published"].thread.get_absolute_url()]
    found += [reverse("agenda:livestreams"), f"{reverse('agenda:list')}?past=1"]
    found += [world.events[state].get_absolute_url() for state in ("published", "withdrawn")]
    found += [f"{world.events['published'].get_absolute_url()}?stream=en"]
    found += [reverse("publications:text", args=[world.publications["published"].slug])]
    found += [f"{reverse('styleguide')}?page={page}" for page in ("403", "404", "410", "429", "500")]
    found += ["/en/no/such/page/", *map(reverse, DOORS)]
    return [address.removeprefix("/en") for address in found]
