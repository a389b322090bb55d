from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from content.caching import public_page
from search.feeds import answer_feed
from search.listing import Listing, answer, answer_values
from stakeholders import feeds
from stakeholders.lists import STAKEHOLDERS


@public_page("organisation")
def list_(request: HttpRequest) -> HttpResponse:
    return answer(request, Listing(request, STAKEHOLDERS), "stakeholders/list.html")


@require_safe
@public_page("organisation")
def feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, STAKEHOLDERS, feeds.entry)


@public_page("organisation")
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, STAKEHOLDERS, facet, "components/all_values.html")


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("detail")
