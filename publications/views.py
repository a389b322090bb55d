from django.http import HttpRequest, HttpResponse


def list_(request: HttpRequest) -> HttpResponse:
    return HttpResponse("list_")


def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("feed")


def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return HttpResponse("facet")


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("detail")


def text(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("text")


def qr(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("qr")


def cite(request: HttpRequest, slug: str, style: str) -> HttpResponse:
    return HttpResponse("cite")
