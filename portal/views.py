"""The pages that belong to no single app."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content import addresses, registry
from content.caching import public_page, tell
from portal import guide, health, theme, wayfinding
from portal import home as first_page

LONG_TEXT = 80  # characters that nobody likes to write again
NOT_TYPED = ("csrfmiddlewaretoken", "credential")  # of the form itself, and of a passkey


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Sends a reader to their language: by cookie, then by what the browser prefers."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@public_page(*first_page.COUNTED)
def home(request: HttpRequest) -> HttpResponse:
    context = first_page.context(is_member=request.user.is_authenticated)
    response = render(request, "home.html", context | {"own_search": True})
    if webinar := context["next_webinar"]:
        tell(response, changes_at=webinar.ends_at)
    return response


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its states; `?page=404` and the like show the pages nobody hopes to see."""
    if request.GET.get("page") in guide.PAGES:
        return render(request, f"{request.GET['page']}.html", guide.PAGES[request.GET["page"]]())
    return render(request, "styleguide.html", guide.context(request))


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """The permanent address of a record: a letter for its type and its number. Keeps working after any renaming.

    302 and not 301: where it leads depends on the reader's language, and a browser keeps a 301 for ever. A withdrawn
    record's page says since when and why.
    """
    for content_type in registry.all_types():
        number = addresses.key_in(code.removeprefix(content_type.short)) if code[:1] == content_type.short else None
        if number is not None:
            records = content_type.model._default_manager
            public = records.published() | records.withdrawn()
            record = public.filter(pk=number).first()
            if record is not None:
                with override(get_language_from_request(request)):
                    return HttpResponseRedirect(record.get_absolute_url(), headers={"Vary": "Accept-Language, Cookie"})
    raise Http404


@public_page()
def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers and programs search here: OpenSearch 1.1."""
    media_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", {"base": addresses.base(request)}, content_type=media_type)


@require_safe
@cache_control(public=True, max_age=3600)  # not for longer: its address stays when the setting changes
def theme_stylesheet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(theme.stylesheet(settings.PORTAL_ACCENT), content_type="text/css")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /*?*", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    problems = health.problems()
    lines = [f"{part}: {problem or 'ok'}" for part, problem in problems.items()]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain", status=503 if any(problems.values()) else 200
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What somebody wrote for longer than a form holds is handed back to them; nothing of it is done or kept."""
    response = render(request, "403.html", {"is_stale": True, "typed": _long_texts(request)}, status=403)
    add_never_cache_headers(response)
    return response


def _long_texts(request: HttpRequest) -> list[str]:
    try:
        return [text for key, text in request.POST.items() if len(text) >= LONG_TEXT and key not in NOT_TYPED]
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = wayfinding.words_of(request.path)
    return render(request, "404.html", {"words": words, "cards": wayfinding.found_for(words)}, status=404)


def too_many(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    """For limits on how often one address may ask. `seconds`: when to come back."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Uses nothing that may be what failed: no database, no session, no context processor."""
    page = render_to_string("500.html", {"portal_contact": settings.PORTAL_CONTACT})
    return HttpResponse(page, status=500)
