from django.http import Http404, HttpRequest, HttpResponse


def download(request: HttpRequest, key: str, name: str) -> HttpResponse:
    raise Http404


def preview(request: HttpRequest, key: str) -> HttpResponse:
    raise Http404
