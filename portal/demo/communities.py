"""Communities of the demonstration: who is in them, what they keep, who waits at the door. Discussions come after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from communities import conduct
from communities.models import Community, Document, DocumentVersion, Folder, Invitation, Membership, ShelfItem
from content.addresses import plain
from content.models import Case, OldAddress, ReviewStep
from content.services import about
from files.services import store_file
from members.models import User
from portal.demo import chance, discussions, pdfs
from portal.demo.shelf import FOLDER, Shelf, entries, translated
from publications.models import Publication

TRANSLATED = ("name", "purpose", "about", "audience", "question")
NEWEST = 12  # days ago that the last of the listed members came, unless the entry says so

Role, State = Membership.Role, Membership.State


def load(shelf: Shelf, folder: Path = FOLDER) -> int:
    """How many communities and discussions are new. Those that are here are left alone, whatever was done in them."""
    listed = entries("communities.yaml", folder)
    known = set(Community.objects.filter(slug__in=[entry["slug"] for entry in listed]).values_list("slug", flat=True))
    news = [entry for entry in listed if entry["slug"] not in known]
    first_words = discussions.first_words(entries("discussions.yaml", folder))
    for entry in news:
        with transaction.atomic():
            _load_one(shelf, entry, first_words)
    with transaction.atomic():
        addresses = _load_addresses(listed)
        return len(news) + addresses + discussions.load(shelf, folder)


def people_named(folder: Path = FOLDER) -> dict[str, str]:
    """Who appears in a community and nowhere else, and the language they read."""
    newcomers = [one for entry in entries("communities.yaml", folder) for one in entry.get("newcomers", [])]
    return {one["name"]: one["language"] for one in newcomers if "language" in one}


def _load_one(shelf: Shelf, entry: dict[str, Any], first_words: Mapping[tuple[str, str], datetime]) -> None:
    community = _community(shelf, entry)
    for name in ("topics", "countries", "regions", "organisations"):
        getattr(community, name).set(shelf.all(name, entry.get(name)))
    if "request" in entry:
        _ask_editors(shelf, community, entry["request"])
        return
    _note_published(shelf, community)
    members = list(_members(shelf, community, entry, first_words))
    Membership.objects.bulk_create([*members, *_waiting(shelf, community, entry)])
    _invite(shelf, community, entry)
    documents = _keep_documents(shelf, community, entry)
    _recommend(shelf, community, entry)
    newest = [row.joined_at for row in members] + [document.updated_at for document in documents]
    Community.objects.filter(pk=community.pk).update(last_activity_at=max(newest))


def _community(shelf: Shelf, entry: dict[str, Any]) -> Community:
    columns: dict[str, Any] = {
        "slug": entry["slug"],
        "original_language": entry["language"],
        "languages": entry["languages"],
        "access": entry["access"],
        "plan": entry.get("plan", "").strip(),
    }
    for name in TRANSLATED:
        columns |= translated(name, entry.get(name))
    return Community.objects.create(**columns, **_life(shelf, entry))


def _life(shelf: Shelf, entry: dict[str, Any]) -> dict[str, Any]:
    if "request" in entry:
        asked_at = chance.ago(entry["request"])
        owner = shelf.accounts[entry["request"]["by"]]
        return {"status": Community.Status.IN_REVIEW, "owner": owner, "submitted_at": asked_at}
    life: dict[str, Any] = {
        "status": Community.Status.PUBLISHED,
        "owner": shelf.accounts[entry["admins"][0]],
        "published_at": _opened_at(entry),
        "view_count": chance.readers(entry["slug"], is_showcase=True)[0],
    }
    if archived := entry.get("archived"):
        life |= {
            "archived_at": chance.ago(archived),
            "archived_by": shelf.accounts[archived["by"]],
            "archived_reason": archived["reason"],
        }
    return life


def _opened_at(entry: dict[str, Any]) -> datetime:
    """Some day of the month in which the platform's report, or the entry, has it begin."""
    year, month = map(int, entry["since"].split("-"))
    return chance.moment_after(date(year, month, 1), within=27, words=(entry["slug"],))


def _note_published(shelf: Shelf, community: Community) -> None:
    """The step that an editor's decision would have written down. `at` of a new row is always now: set afterwards."""
    step = ReviewStep.objects.create(**about(community), kind="published", status=community.status, by=shelf.staff)
    ReviewStep.objects.filter(pk=step.pk).update(at=community.published_at)


def _ask_editors(shelf: Shelf, community: Community, request: dict[str, Any]) -> None:
    """As `content.review.submit` does it, some hours ago; whoever asks will run it."""
    by, at = shelf.accounts[request["by"]], chance.ago(request)
    _member(community, by, Role.ADMIN, at).save()
    case = Case.objects.create(
        **about(community),
        kind="community",
        language=community.original_language,
        opened_by=by,
        waiting_since=at,
    )
    step = ReviewStep.objects.create(
        **about(community), case=case, kind="sent", status=community.status, by=by, note=request["note"]
    )
    Case.objects.filter(pk=case.pk).update(opened_at=at)
    ReviewStep.objects.filter(pk=step.pk).update(at=at)


def _accepted(at: datetime) -> dict[str, Any]:
    return {"conduct_version": conduct.version(), "conduct_at": at}


def _members(
    shelf: Shelf, community: Community, entry: dict[str, Any], first_words: Mapping[tuple[str, str], datetime]
) -> Iterator[Membership]:
    """Administrators since the beginning, the others whenever chance has it, and nobody after their first words."""
    begun, newest = community.published_at, timezone.now() - timedelta(days=entry.get("newest", NEWEST))
    roles = {"admins": Role.ADMIN, "facilitators": Role.FACILITATOR, "members": Role.MEMBER}
    for group, role in roles.items():
        for name in entry.get(group, []):
            share = 0 if role == Role.ADMIN else chance.share(entry["slug"], name) ** 2
            at = min(begun + share * (newest - begun), first_words.get((entry["slug"], name), newest))
            yield _member(community, shelf.accounts[name], role, at)
    for one in entry.get("newcomers", []):
        yield _member(community, shelf.accounts[one["name"]], Role.MEMBER, chance.ago(one))


def _member(community: Community, user: User, role: str, at: datetime) -> Membership:
    return Membership(community=community, user=user, role=role, state=State.IN, joined_at=at, **_accepted(at))


def _waiting(shelf: Shelf, community: Community, entry: dict[str, Any]) -> Iterator[Membership]:
    for one in entry.get("waiting", []):
        at, user = chance.ago(one), shelf.accounts[one["name"]]
        yield Membership(
            community=community, user=user, state=State.ASKED, asked_at=at, answer=one["answer"], **_accepted(at)
        )


def _invite(shelf: Shelf, community: Community, entry: dict[str, Any]) -> None:
    """On its way: the letter itself went out in the past."""
    for one in entry.get("invitations", []):
        at = chance.ago(one)
        Invitation.objects.create(
            community=community,
            by=shelf.accounts[one["by"]],
            at=at,
            expires_at=at + Invitation.HOLDS,
            **{name: one[name] for name in ("address", "language", "note")},
        )


def _keep_documents(shelf: Shelf, community: Community, entry: dict[str, Any]) -> list[Document]:
    documents = []
    for position, folder in enumerate(entry.get("folders", [])):
        kept_in = Folder.objects.create(community=community, name=folder["name"], position=position)
        documents += [_document(shelf, kept_in, document) for document in folder["documents"]]
    return documents


def _document(shelf: Shelf, folder: Folder, entry: dict[str, Any]) -> Document:
    by, language, title = shelf.accounts[entry["by"]], entry["language"], entry["title"]
    moments = [chance.ago(version) for version in entry["versions"]]
    document = Document.objects.create(
        community=folder.community,
        folder=folder,
        title=title,
        language=language,
        by=by,
        created_at=moments[0],
        updated_at=moments[-1],
    )
    for number, (version, at) in enumerate(zip(entry["versions"], moments, strict=True), 1):
        content = pdfs.make_pdf(title, entry["by"], language, version["pages"])
        stored = store_file(content=content, name=f"{slugify(title)[:60]}.pdf", language=language)
        DocumentVersion.objects.create(
            document=document, number=number, file=stored, note=version.get("note", ""), by=by, at=at
        )
    return document


def _recommend(shelf: Shelf, community: Community, entry: dict[str, Any]) -> None:
    kind = ContentType.objects.get_for_model(Publication)
    ShelfItem.objects.bulk_create(
        ShelfItem(
            community=community,
            content_type=kind,
            object_id=pk,
            note=one["note"],
            by=shelf.accounts[one["by"]],
            at=chance.ago(one),
        )
        for one in entry.get("shelf", [])
        if (pk := shelf.one("publications", one["slug"]))
    )


def _load_addresses(listed: list[dict[str, Any]]) -> int:
    """Where the former platform had them."""
    rows = {
        plain(path): f"/connect/communities/{entry['slug']}/" for entry in listed for path in entry.get("old_paths", [])
    }
    known = set(OldAddress.objects.filter(path__in=rows).values_list("path", flat=True))
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, target=target) for path, target in rows.items() if path not in known]
    )
    return len(rows) - len(known)
