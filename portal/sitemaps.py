"""What search engines are told there is: every record of every type, the vocabulary, the lists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from blog.models import BlogSeries
from content import addresses, registry
from content.caching import public_page
from content.sitemaps import Pages, Records, Section, Terms, document, index
from discussions.sitemaps import PublicThreads
from people.sitemaps import PublicProfiles
from portal.home import COUNTED
from taxonomy.models import Country, Goal, Region, Topic
from webinars.models import Series

MORE = (  # lists, too
    *("people:list", "search:topics", "search:countries", "search:glossary"),
    *("blog:news", "blog:all_series", "agenda:livestreams", "webinars:all_series"),
)
SHAPE = "/sitemap-{key}-{number}.xml"


def sections() -> dict[str, Section]:
    types = list(registry.all_types())
    lists = tuple(f"{content_type.namespace}:list" for content_type in types)
    found: list[Section] = [
        Pages("pages", ("home", *lists, *MORE)),
        Terms("topics", Topic.objects.all),
        Terms("blog-series", BlogSeries.objects.shown),
        Terms("countries", Country.objects.all),
        Terms("regions", Region.objects.all),
        Terms("goals", Goal.objects.all),
        *(Records(content_type) for content_type in types),
        Terms("series", Series.objects.public),
        PublicProfiles(),
        PublicThreads(),  # whose pages stand below those of their places
    ]
    return {section.key: section for section in found}


@public_page(*COUNTED)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        index(sections().values(), addresses.base(request), SHAPE), content_type="application/xml; charset=utf-8"
    )


@require_safe
def sitemap(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One file of the map. Megabytes, so that it is not kept; whoever has it already gets 304."""
    section = sections().get(key)
    found = list(section.addresses(number)) if section and number < 10**9 else []
    if not found:
        raise Http404("There is no such file in the sitemap.")
    response = HttpResponse(document(found, addresses.base(request)), content_type="application/xml; charset=utf-8")
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
