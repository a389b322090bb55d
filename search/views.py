from django.http import HttpRequest, HttpResponse


def everything(request: HttpRequest) -> HttpResponse:
    return HttpResponse("everything")


def countries(request: HttpRequest) -> HttpResponse:
    return HttpResponse("countries")


def country(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("country")


def region(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("region")


def topics(request: HttpRequest) -> HttpResponse:
    return HttpResponse("topics")


def glossary(request: HttpRequest) -> HttpResponse:
    return HttpResponse("glossary")


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("topic")


def goal(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("goal")
