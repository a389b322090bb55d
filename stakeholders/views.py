from django.http import HttpRequest, HttpResponse


def list_(request: HttpRequest) -> HttpResponse:
    return HttpResponse("list_")


def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("feed")


def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return HttpResponse("facet")


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("detail")
