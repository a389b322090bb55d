"""A member's own pages: what they say of themselves and who may see it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from members.addresses import is_ours
from people import photos, services
from people.forms import AffiliationForm, PhotoForm, ProfileForm, WelcomeForm, sent
from people.models import Block, Profile
from search import services as search
from search.query import Query
from search.store import IndexMissing
from stakeholders.models import Affiliation, Organisation

ORGANISATIONS = 20  # found at once


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    profile = _own(request)
    form = ProfileForm(sent(request), instance=profile)
    if request.method == "POST" and form.is_valid():
        services.save_profile(profile=profile, by=request.user, **form.chosen())
        messages.success(request, _("Your profile is saved."))
        return redirect("people:edit")
    return _edit_page(request, profile, form, PhotoForm())


def _edit_page(request: HttpRequest, profile: Profile, form: ProfileForm, photo_form: PhotoForm) -> HttpResponse:
    context = {
        "form": form,
        "photo_form": photo_form,
        "profile": profile,
        "affiliations": profile.user.affiliations.select_related("organisation"),
        "blocks": Block.objects.filter(blocker=request.user).select_related("blocked"),
    }
    return render(request, "people/edit.html", context)


@never_cache
@login_required
@require_POST
def photo(request: HttpRequest) -> HttpResponse:
    """Another photo, or none."""
    profile = _own(request)
    if "remove" in request.POST:
        services.remove_photo(profile=profile)
        return redirect(f"{reverse('people:edit')}#photo")
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.set_photo(profile=profile, square=photos.squared(form.cleaned_data["photo"]))
        except ValidationError as error:
            form.add_error("photo", error)
        else:
            return redirect(f"{reverse('people:edit')}#photo")
    return _edit_page(request, profile, ProfileForm(instance=profile), form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def affiliate(request: HttpRequest, slug: str = "") -> HttpResponse:
    """First find the organisation, then say what one does there."""
    if not slug:
        text = " ".join(request.GET.get("q", "").split())[:100]
        context = {"text": text, "organisations": _organisations(text) if text else []}
        return render(request, "people/find_organisation.html", context)
    organisation = get_object_or_404(Organisation.objects.published(), slug=slug)
    form = AffiliationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        services.add_affiliation(profile=_own(request), organisation=organisation, **form.cleaned_data)
        return redirect(f"{reverse('people:edit')}#organisations")
    return render(request, "people/affiliate.html", {"form": form, "organisation": organisation})


def _organisations(text: str) -> list[Organisation] | None:
    """None where search is not available."""
    try:
        hits = search.search(Query(text=text, kind="organisation", size=ORGANISATIONS)).hits
    except IndexMissing:
        return None
    found = Organisation.objects.published().select_related("country").in_bulk([hit.pk for hit in hits])
    return [found[hit.pk] for hit in hits if hit.pk in found]


@never_cache
@login_required
@require_POST
def leave_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    affiliation = get_object_or_404(Affiliation, pk=pk, user=request.user)
    services.remove_affiliation(affiliation=affiliation)
    return redirect(f"{reverse('people:edit')}#organisations")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Asked once, after an address was confirmed, and easily skipped: then on to where the member came from."""
    onward = _onward(request)
    profile = _own(request)
    form = WelcomeForm(sent(request), initial={"time_zone": request.user.time_zone})
    if request.method == "POST" and form.is_valid():
        services.welcome(profile=profile, by=request.user, **form.chosen())
        return redirect(onward)
    return render(request, "people/welcome.html", {"form": form, "onward": onward})


def _onward(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_ours(request, asked) else reverse("home")


def _own(request: HttpRequest) -> Profile:
    """Reading makes nothing: who has no profile yet gets one with the first thing they send."""
    if request.method == "POST":
        services.profile_of(request.user)
    known = Profile.objects.with_shown_data().filter(user=request.user).first()
    return known or Profile(user=request.user)
