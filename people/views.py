"""Members as others see them: the directory and the profile."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from content.caching import public_page
from content.cards import kept_cards
from content.paging import slice_of
from people import contributions
from people.directory import FACETS, KIND
from people.lists import MEMBERS, MemberListing, facet_of
from people.models import Profile
from people.seen import see
from people.visibility import Audience, audience_of
from search import facets
from search.listing import SHOWN_AT_ONCE, answer

SHOWN = 4  # contributions of each kind on the profile
PREVIEWS = {"visitor": Audience.VISITOR, "member": Audience.MEMBER}
LISTINGS = {
    Audience.VISITOR: (Profile.Listing.EVERYONE,),
    Audience.MEMBER: (Profile.Listing.EVERYONE, Profile.Listing.MEMBERS),
}


@public_page(KIND, "organisation")
def list_(request: HttpRequest) -> HttpResponse:
    return answer(request, MemberListing(request), "people/list.html")


@public_page(KIND)
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    """All values of one filter, for those too many to stand beside the results."""
    if facet not in FACETS:
        raise Http404("This list has no such filter.")
    listing = MemberListing(request, counted=())
    listing.path = request.path.removesuffix(f"values/{facet}/")
    counts = listing.values(facet)
    options = listing._options(facets.FACETS[facet], list(counts), counts)
    wanted = " ".join(request.GET.get("find", "").split())[:80]
    options = tuple(option for option in options if wanted.casefold() in option.label.casefold())
    context = {
        "listing": listing,
        "facet": facet_of(facet),
        "options": options[:SHOWN_AT_ONCE],
        "left_out": max(0, len(options) - SHOWN_AT_ONCE),
        "find": wanted,
        "own_search": True,
    }
    return render(request, "components/all_values.html", context)


@public_page(KIND, "organisation", "publication", "post")
def detail(request: HttpRequest, handle: str) -> HttpResponse:
    """The owner may look at it with the eyes of others: ?as=visitor, ?as=member."""
    profile = _profile(request, handle)
    audience = audience_of(request.user, profile.user_id)
    preview = request.GET.get("as") if audience == Audience.OWNER else None
    audience = PREVIEWS.get(preview or "", audience)
    context = {
        "person": see(profile, audience),
        "is_own": profile.user_id == request.user.pk and preview not in PREVIEWS,
        "preview": preview if preview in PREVIEWS else "",
        "is_hidden": preview in PREVIEWS and profile.listing not in LISTINGS[audience],
        "takes_messages": profile.contact == Profile.Contact.MEMBERS,
        "shelves": _shelves(profile),
        "members": MEMBERS,
        "is_indexed": profile.listing == Profile.Listing.EVERYONE,
    }
    return render(request, "people/detail.html", context)


@public_page(KIND, "publication", "post")
def contributed(request: HttpRequest, handle: str, key: str) -> HttpResponse:
    """All that a member gave of one kind and agreed to be named with."""
    profile = _profile(request, handle)
    try:
        one = contributions.get(key)
    except KeyError as error:
        raise Http404("Nothing of that kind is counted.") from error
    found = slice_of(request, one.records(profile.user).values_list("pk", flat=True))
    cards = kept_cards(one.kind, found.rows)
    context = {
        "person": see(profile, audience_of(request.user, profile.user_id)),
        "contribution": one,
        "found": replace(found, rows=[cards[pk] for pk in found.rows if pk in cards]),
        "is_indexed": False,
    }
    return render(request, "people/contributed.html", context)


def _profile(request: HttpRequest, handle: str) -> Profile:
    return get_object_or_404(Profile.objects.visible_to(request.user).with_shown_data(), handle=handle)


def _shelves(profile: Profile) -> list[dict]:
    """Counts of what a member gave, each with the newest and the way to all."""
    shelves = []
    for one in contributions.every():
        records = one.records(profile.user)
        if count := records.count():
            pks = list(records.values_list("pk", flat=True)[:SHOWN])
            cards = kept_cards(one.kind, pks)
            shelves.append({"contribution": one, "count": count, "cards": [cards[pk] for pk in pks if pk in cards]})
    return shelves
