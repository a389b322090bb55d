"""The blog's pages for reading."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from blog import feeds, reading, serialise
from blog.authors import bylines
from blog.lists import BLOG, KEY, NEWS
from blog.models import BlogPost, BlogSeries
from content import addresses, translations
from content.caching import EVERY_TYPE, public_page, tell
from content.pages import gone
from content.paging import slice_of
from search.feeds import answer_feed
from search.listing import Listing, answer, answer_values


@public_page(KEY, "member")
def list_(request: HttpRequest) -> HttpResponse:
    listing = Listing(request, BLOG)
    beside = {"read_most": reading.read_most(), "series": BlogSeries.objects.shown()[: reading.SERIES]}
    return answer(request, listing, "blog/list.html", **beside)


@public_page(KEY, "member")
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, BLOG, facet, "components/all_values.html")


@public_page(KEY, "member")
def feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, BLOG, feeds.entry)


@public_page(KEY, "member")
def news(request: HttpRequest) -> HttpResponse:
    return answer(request, Listing(request, NEWS), "blog/news.html")


@public_page(KEY, "member")
def news_feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, NEWS, feeds.entry)


@public_page(KEY)
def all_series(request: HttpRequest) -> HttpResponse:
    found = slice_of(request, BlogSeries.objects.shown())
    return render(request, "blog/all_series.html", {"found": found})


@public_page(KEY, "member")
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Its posts in their order."""
    found = get_object_or_404(BlogSeries.objects.shown(), slug=slug)
    posts = BlogPost.objects.published().filter(series=found).order_by("series_number")
    page = slice_of(request, posts)
    return render(
        request,
        "blog/series.html",
        {"series": found, "page": page, "cards": reading.cards_of([post.pk for post in page.rows])},
    )


@public_page(EVERY_TYPE, "member")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    post = get_object_or_404(BlogPost.objects.reachable_by(request.user).with_detail_data(), slug=slug)
    if post.status == BlogPost.Status.WITHDRAWN:
        return gone(request, post, title="title")
    if request.GET.get("format") == "json":
        data = serialise.as_data(post, base=addresses.base(request))
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    context = {
        "record": post,
        "article": reading.article(post),
        "authors": bylines(post, request.user),
        "around": reading.around(post),
        "comments": reading.comments(post, request.user),
        "related": reading.related(post),
        "states": translations.states(post, "body"),
        "permanent_url": addresses.base(request) + addresses.permanent(post),
    }
    response = render(request, "blog/detail.html", context)
    if post.is_published:
        tell(response, viewed=(KEY, post.pk))
    return response
