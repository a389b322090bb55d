from django.http import HttpRequest, HttpResponse

from content.caching import public_page
from publications.lists import PUBLICATIONS
from search.listing import Listing, answer, answer_values


@public_page("publication", "organisation")
def list_(request: HttpRequest) -> HttpResponse:
    return answer(request, Listing(request, PUBLICATIONS), "publications/list.html")


@public_page("publication", "organisation")
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, PUBLICATIONS, facet, "components/all_values.html")


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("detail")


def text(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("text")
