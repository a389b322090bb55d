"""Documents of communities, for tests: stored rows that nobody opened, and files as a browser sends them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import document_services as services
from communities.models import Community, Document, DocumentVersion, Membership
from tests import factories
from tests.files import making
from tests.world import stored_file

TYPED = {"title": "Minutes of the May call", "language": "en", "folder": "", "new_folder": "", "note": "Who said what."}


def of(community: Community, title: str = "Minutes", *, by: Any = None, **fields: Any) -> Document:
    """A document with one version, added by somebody who is in the community."""
    by = by or Membership.objects.current().filter(community=community).first().user
    document = Document.objects.create(community=community, title=title, by=by, **({"language": "en"} | fields))
    with_version(document, by=by)
    return document


def with_version(document: Document, **fields: Any) -> DocumentVersion:
    number = document.versions.count() + 1
    stored = fields.pop("file", None) or stored_file("pdf", name=f"minutes-{number}.pdf")
    return DocumentVersion.objects.create(document=document, number=number, file=stored, **fields)


def removed(community: Community, title: str = "Taken away", **fields: Any) -> Document:
    defaults = {"removed_at": timezone.now(), "removed_reason": "It names a beneficiary."}
    return of(community, title, **(defaults | fields))


def pdf(name: str = "minutes.pdf", text: str = "We met and agreed.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, making.pdf(text), "application/pdf")


def url(name: str, community: Community, *more: Any, **query: str) -> str:
    return reverse(f"communities:{name}", args=[community.slug, *more], query=query or None)


def member_of(community: Community, client: Client | None = None, **fields: Any) -> Any:
    """Somebody who is in it, signed in where a client is given."""
    user = factories.membership(community, **fields).user
    if client:
        client.force_login(user)
    return user


def file_urls(document: Document) -> list[str]:
    found = []
    for version in document.versions.all():
        found += [version.file.get_absolute_url(), reverse("files:preview", args=[version.file.key])]
    return found


def errors(response: Any) -> dict[str, list[str]]:
    return {name: [str(one) for one in found] for name, found in response.context["form"].errors.items()}


def add(community: Community, by: Any, *, title: str = "Minutes", **fields: Any) -> Document:
    """Through the service, with a file that is stored as any other."""
    defaults = {"stored": stored_file("pdf"), "language": "en", "folder": None, "note": ""}
    return services.add_document(community=community, title=title, by=by, **(defaults | fields))
