"""The portal's addresses and one more: a view that does nothing, behind the same middleware."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls

handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [*urls.urlpatterns, *i18n_patterns(path("hello/", hello))]
