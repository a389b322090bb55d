"""What is promised: each row with its bound, and what has to be measured for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Numbers = dict[tuple[str, int], dict[str, float]]  # by group and scale


class Group:
    """The numbers of one run: `at("pages", 1)["hello"]`. `small` and `large` are its scales."""

    def __init__(self, numbers: Numbers, scales: list[int]) -> None:
        self._numbers = numbers
        self.small, self.large = min(scales), max(scales)

    def at(self, group: str, scale: int | None = None) -> dict[str, float]:
        return self._numbers[group, scale or self.small]


@dataclass(frozen=True)
class Row:
    """One promise. `measured` gives the figure from all numbers; `bound` is the most it may be, or the least."""

    key: str  # for --only: rows measured together share it
    figure: str
    measured: Callable[[Group], float]
    bound: float
    unit: str = ""
    is_least: bool = False
    places: int = 1

    def holds(self, value: float) -> bool:
        return value >= self.bound if self.is_least else value <= self.bound

    def shown(self, value: float) -> str:
        return f"{value:,.{self.places}f}{self.unit}"


def _of_hello(name: str) -> Callable[[Group], float]:
    return lambda run: run.at("pages")[name] / run.at("pages")["hello"]


def _largest(*names: str) -> Callable[[Group], float]:
    return lambda run: max(
        run.at("weight")[f"{page}_{name}"] for page in ("list", "search", "detail") for name in names
    )


def _of_pages(beginning: str, name: str) -> Callable[[Group], float]:
    """Of pages of one kind, the largest."""
    return lambda run: max(
        value for key, value in run.at("weight").items() if key.startswith(beginning) and key.endswith(f"_{name}")
    )


def _grows(group: str, *pages: str) -> Callable[[Group], float]:
    """Pages at the largest scale / at the smallest: of the page and the reader for whom it grows most."""

    def of(run: Group, name: str, scale: int) -> float:
        return run.at(group, scale)[name] / run.at(group, scale)["hello"]

    names = [name for page in pages for name in (page, f"{page}_member")]
    return lambda run: max(of(run, name, run.large) / of(run, name, run.small) for name in names)


def _most_queries(group: str, *readers: str) -> Callable[[Group], float]:
    """At both scales."""
    return lambda run: max(
        run.at(group, scale)[f"{name}_queries"] for scale in (run.small, run.large) for name in readers
    )


def _growth(run: Group) -> float:
    small, large = run.at("pages", run.small), run.at("pages", run.large)
    return (large["warm"] / large["hello"]) / (small["warm"] / small["hello"])


def _p95_growth(group: str) -> Callable[[Group], float]:
    return lambda run: run.at(group, run.large)["p95"] / run.at(group, run.small)["p95"]


ROWS = (
    Row(
        "list", "Processor time of a list page, rows kept, pages not / a view that does nothing", _of_hello("warm"), 25
    ),
    Row("list", "The same with nothing kept", _of_hello("cold"), 60),
    Row("list", "The same for a member who is signed in, rows kept", _of_hello("signed_in"), 40),
    Row("kept", "A kept page / a view that does nothing", _of_hello("kept"), 2, places=2),
    Row(
        "kept",
        "An answer 304 / the page made with nothing kept",
        lambda run: run.at("pages")["unchanged"] / run.at("pages")["cold"],
        1 / 15,
        places=3,
    ),
    Row("scale", "A list page at the largest scale / at the smallest", _growth, 1.3, places=2),
    Row("queries", "Queries of a list page", lambda run: run.at("pages")["list_queries"], 6, places=0),
    Row("queries", "Queries of a detail page", lambda run: run.at("pages")["detail_queries"], 10, places=0),
    Row(
        "queries",
        "Queries more for a list of twenty than for a list of one",
        lambda run: run.at("pages")["list_queries_grow"],
        0,
        places=0,
    ),
    Row(
        "stock",
        "Facet search, 95 of 100: stock Haystack with Whoosh / ours with Tantivy",
        lambda run: run.at("stock")["p95"] / run.at("searching")["p95"],
        20,
        unit=" times faster",
        is_least=True,
    ),
    Row("search", "Facet search, 95 of 100, at the largest scale / at the smallest", _p95_growth("searching"), 25),
    Row(
        "search",
        "Facet search, 95 of 100, at the largest scale",
        lambda run: run.at("searching", run.large)["p95"] * 1000,
        60,
        unit=" ms",
    ),
    Row(
        "directory",
        "Directory of members, 95 of 100, at the largest scale / at the smallest",
        _p95_growth("directory"),
        10,
    ),
    Row(
        "directory",
        "Directory of members, 95 of 100, at the largest scale",
        lambda run: run.at("directory", run.large)["p95"] * 1000,
        150,
        unit=" ms",
    ),
    Row(
        "bytes",
        "HTML of list, search and detail, gzip, the largest",
        lambda run: _largest("html")(run) / 1000,
        10,
        " KB",
    ),
    Row("bytes", "Style sheet, gzip", lambda run: _largest("css")(run) / 1000, 10, " KB"),
    Row("bytes", "All of a first visit without previews", lambda run: _largest("total")(run) / 1000, 20, " KB"),
    Row("bytes", "Requests of a first visit without previews", _largest("requests"), 3, places=0),
    Row(
        "bytes",
        "HTML of twenty posts of a discussion, gzip, the largest",
        lambda run: _of_pages("thread", "html")(run) / 1000,
        12,
        " KB",
    ),
    Row(
        "bytes", "All of a first visit to a discussion", lambda run: _of_pages("thread", "total")(run) / 1000, 22, " KB"
    ),
    Row("bytes", "Requests of a first visit to a discussion", _of_pages("thread", "requests"), 3, places=0),
    Row(
        "bytes",
        "All of a first visit to a webinar, its series or its form, the largest",
        lambda run: _of_pages("event", "total")(run) / 1000,
        20,
        " KB",
    ),
    Row("bytes", "Requests of a first visit to a webinar", _of_pages("event", "requests"), 3, places=0),
    Row(
        "paint",
        "Largest paint of the list on slow 3G",
        lambda run: run.at("paint")["largest_paint"],
        1.2,
        " s",
        places=2,
    ),
    Row(
        "paint",
        "The page of a webinar loaded on slow 3G",
        lambda run: run.at("paint")["webinar_loaded"],
        1.5,
        " s",
        places=2,
    ),
    Row(
        "import",
        "References imported a second with every check / with none",
        lambda run: run.at("importing")["ratio"],
        0.85,
        is_least=True,
        places=2,
    ),
    Row("save", "A save is found by its words after", lambda run: run.at("saving")["delay"], 5, unit=" s"),
    Row(
        "save",
        "A save / a save without search",
        lambda run: run.at("saving")["save"] / run.at("saving")["save_without"],
        1.2,
        places=2,
    ),
    Row(
        "letters",
        "Letters a second that leave the outbox / a loop that renders and sends with no book kept",
        lambda run: run.at("letters")["ratio"],
        0.9,
        is_least=True,
        places=2,
    ),
    Row(
        "telling",
        "5,000 followers told of a post: planned within, processor time",
        lambda run: run.at("telling")["processor"],
        2,
        unit=" s",
        places=2,
    ),
    Row(
        "communities",
        "A community’s page at the largest scale / at the smallest, visitor or member",
        _grows("communities", "community"),
        1.3,
        places=2,
    ),
    Row(
        "communities",
        "A page of a discussion of 10,000 posts at the largest scale / at the smallest, visitor or member",
        _grows("communities", "thread"),
        1.3,
        places=2,
    ),
    Row(
        "communities",
        "Queries of pages of communities, a visitor",
        _most_queries("communities", "visitor"),
        10,
        places=0,
    ),
    Row(
        "communities",
        "Queries of pages of communities, somebody signed in",
        _most_queries("communities", "member", "moderator"),
        12,
        places=0,
    ),
    Row(
        "posting",
        "A post sent from its page / the same request that inserts its row and nothing else",
        lambda run: run.at("posting")["post"] / run.at("posting")["row"],
        1.5,
        places=2,
    ),
    Row(
        "webinars",
        "Pages of webinars at the largest scale / at the smallest, visitor or member, the one that grows most",
        _grows("webinars", "webinar", "series", "registration", "webinars"),
        1.3,
        places=2,
    ),
    Row(
        "webinars",
        "Queries of a webinar that is ahead, its series, its form and the list, a visitor",
        _most_queries("webinars", "visitor"),
        10,
        places=0,
    ),
    Row(
        "webinars",
        "Queries of its series, its form and the list, somebody signed in",
        _most_queries("webinars", "member"),
        12,
        places=0,
    ),
    Row("webinars", "Queries of the webinar, somebody signed in", _most_queries("webinars", "own"), 16, places=0),
    Row(
        "reminding",
        "5,000 who registered reminded of a webinar: planned within, processor time",
        lambda run: run.at("reminding")["processor"],
        2,
        unit=" s",
        places=2,
    ),
    Row(
        "reminding",
        "Reminders with their calendar files a second / a loop that renders and sends with no book kept",
        lambda run: run.at("reminding")["ratio"],
        0.9,
        is_least=True,
        places=2,
    ),
)
# Which modules a row needs, and at which scales: at the smallest, or at both ends.
NEEDS = {
    "list": (("pages", "small"),),
    "kept": (("pages", "small"),),
    "queries": (("pages", "small"),),
    "scale": (("pages", "small"), ("pages", "large")),
    "stock": (("searching", "small"), ("stock", "small")),
    "search": (("searching", "small"), ("searching", "large")),
    "directory": (("directory", "small"), ("directory", "large")),
    "bytes": (("weight", "small"),),
    "paint": (("paint", "small"),),
    "import": (("importing", "small"),),
    "save": (("saving", "small"),),
    "letters": (("letters", "small"),),
    "telling": (("telling", "small"),),
    "communities": (("communities", "small"), ("communities", "large")),
    "posting": (("posting", "small"),),
    "webinars": (("webinars", "small"), ("webinars", "large")),
    "reminding": (("reminding", "small"),),
}
