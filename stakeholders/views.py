from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from content import addresses
from content.caching import EVERY_TYPE, public_page, tell
from content.pages import gone
from content.translations import translations_of, words
from search import term_pages
from search.feeds import answer_feed
from search.listing import Listing, answer, answer_values
from search.store import IndexMissing
from stakeholders import feeds
from stakeholders.lists import STAKEHOLDERS
from stakeholders.models import Organisation
from stakeholders.panels import ON_ORGANISATIONS


@public_page("organisation")
def list_(request: HttpRequest) -> HttpResponse:
    return answer(request, Listing(request, STAKEHOLDERS), "stakeholders/list.html")


@public_page("organisation")
def feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, STAKEHOLDERS, feeds.entry)


@public_page("organisation")
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, STAKEHOLDERS, facet, "components/all_values.html")


@public_page(EVERY_TYPE, "community_life", "member", "shelf")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = Organisation.objects.reachable_by(request.user).with_detail_data()
    organisation = get_object_or_404(found, slug=slug)
    if organisation.status == Organisation.Status.WITHDRAWN:
        return gone(request, organisation, title="name")
    shown = words(organisation, "name")
    context = {
        "record": organisation,
        "other_names": [name for name in translations_of(organisation, "name") if name.text != shown.text],
        "shelves": _shelves(organisation),
        "permanent_path": addresses.permanent(organisation),
        "panels": ON_ORGANISATIONS.of(organisation, request.user),
    }
    response = render(request, "stakeholders/detail.html", context)
    if organisation.is_published:
        tell(response, viewed=("organisation", organisation.pk))
    return response


def _shelves(organisation: Organisation) -> list[term_pages.Shelf] | None:
    """What it published; None where there is no index to ask, which is no reason to hide the organisation."""
    try:
        return term_pages.shelves("org", organisation.slug, size=10)
    except IndexMissing:
        return None
