"""A member who fills in the form, for tests."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publications.models import Draft
from taxonomy.models import Country, Topic
from tests import factories
from tests.files import making

UPLOAD = reverse("publications:upload")
TYPED = {
    "title": "Pensions for market traders in Antananarivo",
    "language": "en",
    "type": "report",
    "year": "2021",
    "organisations": "",
    "authors": "Rakotonirina, Hanitra",
    "topics": ["pensions"],
    "places": "Madagascar",
    "abstract": "What they earn and what they put by.",
    "sharing": "own",
    "licence": "",
    "link": "",
}


def vocabulary() -> None:
    factories.publication_type("report")
    factories.publication_type("audio", medium="audio")
    factories.licence("permission", label_en="Shared with permission", url="")
    factories.licence("link-only", label_en="Link only", url="", keeps_copy=False)
    factories.licence("cc-by-4.0")
    Topic.objects.add_root(instance=Topic(slug="pensions", label_en="Pensions"))
    Country.objects.create(
        iso2="MG", iso3="MDG", m49="450", slug="madagascar", name_en="Madagascar", name_fr="Madagascar"
    )
    Country.objects.create(iso2="KE", iso3="KEN", m49="404", slug="kenya", name_en="Kenya", name_es="Kenia")


def pdf(text: str = "What traders earn", name: str = "traders.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, making.pdf(text), "application/pdf")


def begin(client: Any, **sent: Any) -> Draft:
    """The draft that a way of beginning leads to."""
    response = client.post(UPLOAD, sent)
    assert response.status_code == 302, response.context["failed"].errors
    return Draft.objects.latest("pk")


def step(draft: Draft, name: str) -> str:
    return reverse(f"publications:draft_{name}", args=[draft.key])


def fill_in(client: Any, draft: Draft, **typed: Any) -> Any:
    return client.post(step(draft, "details"), TYPED | typed)


def send(client: Any, draft: Draft, **typed: Any) -> Draft:
    """Fill in and send. Answers the draft as it is then."""
    response = fill_in(client, draft, **typed)
    assert response.status_code == 302, response.context["form"].errors
    assert client.post(step(draft, "check")).status_code == 302
    draft.refresh_from_db()
    return draft


def errors(response: Any) -> dict[str, list[str]]:
    return {name: [str(one) for one in found] for name, found in response.context["form"].errors.items()}
