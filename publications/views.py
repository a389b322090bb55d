"""The library's pages. Files for other programs are in `exchange_views.py`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from blog.reading import MOST, cards_of
from communities import shelf_services
from content import translations
from content.caching import public_page, tell
from content.models import Case
from content.pages import gone
from publications import around
from publications.exchange_views import data, exchange_context
from publications.lists import PUBLICATIONS
from publications.models import Document, Publication
from publications.related import related_shelf
from search.listing import Listing, answer, answer_values


@public_page("publication", "organisation")
def list_(request: HttpRequest) -> HttpResponse:
    return answer(request, Listing(request, PUBLICATIONS), "publications/list.html")


@public_page("publication", "organisation")
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, PUBLICATIONS, facet, "components/all_values.html")


@public_page("publication", "organisation", "community", "post", shelf_services.KIND)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = Publication.objects.reachable_by(request.user).with_detail_data()
    publication = get_object_or_404(found, slug=slug)
    if publication.status == Publication.Status.WITHDRAWN:
        return gone(request, publication, title="title")
    found_around = around.attach(publication)
    if request.GET.get("format") == "json":
        return data(request, publication)
    context = {
        "record": publication,
        "main": publication.document_for(get_language()),
        "related": related_shelf(publication, found_around.related),
        "posts": cards_of(found_around.posts[:MOST]),
        "shelves": shelf_services.on_shelves(publication, request.user),
        "states": translations.states(publication, "title"),
        "case": Case.objects.about(publication).open().first() if request.user.is_staff else None,
        **exchange_context(request, publication),
    }
    response = render(request, "publications/detail.html", context)
    if publication.is_published:
        tell(response, viewed=("publication", publication.pk))
    return response


@public_page("publication")
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of the documents, page by page, for slow connections and for search's links to a page."""
    publication = get_object_or_404(Publication.objects.reachable_by(request.user), slug=slug)
    if publication.status == Publication.Status.WITHDRAWN:
        return gone(request, publication, title="title")
    documents = Document.objects.filter(publication=publication, replaced_on=None)
    documents = documents.select_related("file").prefetch_related("file__page_texts")
    readable = [document for document in documents if document.file.page_texts.all()]
    if not readable:
        raise Http404("No text could be read from its files.")
    return render(request, "publications/text.html", {"record": publication, "documents": readable})
