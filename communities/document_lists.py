"""The list of a community's documents, as its address asks: a folder, words of a title, a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Q

from communities.models import Document, Folder
from content.addresses import key_in
from content.paging import Slice, slice_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from communities.doors import Door
    from communities.querysets import CommunityDocumentQuerySet

LONGEST_QUESTION = 100
A_HANDFUL = 5


@dataclass(frozen=True)
class FolderLink:
    name: str
    url: str
    count: int | None
    is_current: bool
    folder: Folder | None = None


@dataclass(frozen=True)
class DocumentList:
    text: str
    folder: Folder | None
    folders: list[FolderLink]
    found: Slice

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or self.folder)

    @property
    def is_searchable(self) -> bool:
        """A handful is seen at a glance."""
        return bool(self.text) or self.found.count > A_HANDFUL


def read(request: HttpRequest, door: Door) -> DocumentList:
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]
    folders = list(
        Folder.objects.filter(community=door.community).annotate(
            number=Count("documents", filter=Q(documents__removed_at=None))
        )
    )
    key = key_in(request.GET.get("folder", ""))
    current = next((one for one in folders if one.pk == key), None)
    rows = _rows(door, text, current)
    links = _links(request.path, text, folders, current)
    return DocumentList(text, current, links, slice_of(request, rows.with_list_data()))


def _rows(door: Door, text: str, folder: Folder | None) -> CommunityDocumentQuerySet:
    rows = Document.objects.reachable_by(door.user).listed().filter(community=door.community)
    if folder:
        rows = rows.filter(folder=folder)
    for word in text.split():
        rows = rows.filter(title__icontains=word)
    return rows.order_by("-updated_at", "-pk")


def _links(path: str, text: str, folders: Sequence[Folder], current: Folder | None) -> list[FolderLink]:
    if not folders:
        return []

    def url(folder: Folder | None) -> str:
        asked = ({"q": text} if text else {}) | ({"folder": folder.pk} if folder else {})
        return f"{path}?{urlencode(asked)}" if asked else path

    every = FolderLink("", url(None), None, current is None)
    links = [
        FolderLink(one.name, url(one), one.number, one == current, one)  # type: ignore[attr-defined]
        for one in folders
    ]
    return [every, *links]
