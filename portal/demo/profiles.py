"""Profiles of the demonstration: its accounts, and members who let others find them to different degrees."""

from __future__ import annotations

from typing import Any

from people import services
from people.models import Profile
from portal.demo.shelf import Loaded, Shelf, translated
from stakeholders.models import Affiliation


def load(shelf: Shelf, entries: list[dict[str, Any]]) -> int:
    """How many profiles were new or changed. What a person signed in with a demonstration account wrote since stays,
    until the file says otherwise."""
    entries = [entry | {"slug": entry["name"]} for entry in entries]
    loaded = Loaded("member")
    news = loaded.news(entries, Profile.objects.values_list("user__display_name", flat=True))
    for entry in news:
        _load_one(shelf, entry)
    loaded.note(news)
    return len(news)


def _load_one(shelf: Shelf, entry: dict[str, Any]) -> None:
    user = shelf.accounts[entry["name"]]
    profile = services.profile_of(user)
    values = translated("biography", entry.get("biography")) | {
        "listing": entry.get("listing", Profile.Listing.EVERYONE),
        "contact": entry.get("contact", Profile.Contact.MEMBERS),
        "position": next(iter((entry.get("position") or {"": ""}).values())),
        "country_id": shelf.one("countries", entry.get("country")),
        "languages": entry.get("languages", []),
        "orcid": entry.get("orcid", ""),
        "links": entry.get("links", []),
        "visibility": entry.get("visibility", {}),
    }
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    profile.topics.set(shelf.all("topics", entry.get("topics")))
    profile.experience.set(shelf.all("countries", entry.get("experience")))
    user.affiliations.all().delete()
    works = [(shelf.one("organisations", one["at"]), one) for one in entry.get("works", [])]
    Affiliation.objects.bulk_create(
        Affiliation(
            user=user,
            organisation_id=organisation,
            role=one.get("role", ""),
            from_year=one.get("from"),
            to_year=one.get("to"),
            position=position,
        )
        for position, (organisation, one) in enumerate(works)
        if organisation
    )
