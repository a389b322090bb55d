"""What members do with their profile. The directory follows by itself, as every index does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from content import caching
from files import services as files
from people import directory
from people.models import Profile
from people.visibility import FIELDS, Visibility
from stakeholders.models import Affiliation, Organisation
from taxonomy.models import Country, Topic

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress

    from members.models import User

LONGEST_HANDLE = 60


def profile_of(user: User) -> Profile:
    """A member's profile, made when it is first needed."""
    known = Profile.objects.filter(user=user).first()
    return known or _make(user)


def on_confirmed(email_address: EmailAddress, **_: object) -> None:
    """A new member has shown that the address is theirs: from now on other members find them."""
    profile_of(email_address.user)


@transaction.atomic
def _make(user: User) -> Profile:
    for handle in _handles(user.display_name):
        if Profile.objects.filter(handle=handle).exists():
            continue
        try:
            with transaction.atomic():
                made = Profile.objects.create(user=user, handle=handle)
        except IntegrityError:  # another request made it, or took the handle, at the same moment
            if known := Profile.objects.filter(user=user).first():
                return known
            continue
        caching.bump(directory.KIND)
        return made
    raise AssertionError("Handles do not end.")


def _handles(name: str) -> Iterable[str]:
    """The name, the name with a number, and then anything: a handle never says more than the name does."""
    stem = slugify(name)[:LONGEST_HANDLE].strip("-") or "member"
    if stem != "member":
        yield stem
        yield from (f"{stem}-{number}" for number in range(2, 10))
    while True:
        yield f"{stem}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"


@transaction.atomic
def save_profile(
    *,
    profile: Profile,
    by: User,
    name: str,
    visibility: Mapping[str, str],
    topics: Iterable[Topic],
    experience: Iterable[Country],
) -> None:
    """Save what a member wrote of themselves, with who may see each field.

    Raises PermissionError for anybody else and ValueError for a field or a choice that does not exist.
    """
    if by.pk != profile.user_id:
        raise PermissionError("A profile is its member's own.")
    if set(visibility) - set(FIELDS) or set(visibility.values()) - set(Visibility.values):
        raise ValueError("There is no such field, or no such choice.")
    profile.visibility = {**profile.visibility, **visibility}
    profile.user.display_name = name
    profile.user.save(update_fields=["display_name"])
    profile.save()
    profile.topics.set(topics)
    profile.experience.set(experience)
    caching.bump(directory.KIND)


@transaction.atomic
def welcome(
    *, profile: Profile, by: User, time_zone: str, topics: Iterable[Topic], experience: Iterable[Country]
) -> None:
    """The first choices of a new member. Raises PermissionError for anybody else."""
    if by.pk != profile.user_id:
        raise PermissionError("A profile is its member's own.")
    by.time_zone = time_zone
    by.save(update_fields=["time_zone"])
    profile.topics.set(topics)
    profile.experience.set(experience)
    caching.bump(directory.KIND)


def set_photo(*, profile: Profile, square: bytes) -> None:
    """Show another photo, which `photos.squared` has made; the one before is removed."""
    stored = files.store_file(content=ContentFile(square), name="photo.webp")
    with transaction.atomic():
        before = Profile.objects.select_for_update().get(pk=profile.pk).photo
        Profile.objects.filter(pk=profile.pk).update(photo=stored, updated_at=timezone.now())
        if before:
            files.remove_file(stored=before)
        caching.bump(directory.KIND)
    profile.photo = stored


@transaction.atomic
def remove_photo(*, profile: Profile) -> None:
    before = Profile.objects.select_for_update().get(pk=profile.pk).photo
    if before:
        Profile.objects.filter(pk=profile.pk).update(photo=None, updated_at=timezone.now())
        files.remove_file(stored=before)
        caching.bump(directory.KIND)
    profile.photo = None


@transaction.atomic
def add_affiliation(
    *, profile: Profile, organisation: Organisation, role: str, from_year: int | None, to_year: int | None
) -> Affiliation:
    """The same organisation and role again changes the years."""
    made, _ = Affiliation.objects.update_or_create(
        user_id=profile.user_id,
        organisation=organisation,
        role=role,
        defaults={"from_year": from_year, "to_year": to_year},
        create_defaults={
            "from_year": from_year,
            "to_year": to_year,
            "position": Affiliation.objects.filter(user_id=profile.user_id).count(),
        },
    )
    caching.bump(directory.KIND)
    return made


@transaction.atomic
def remove_affiliation(*, affiliation: Affiliation) -> None:
    affiliation.delete()
    caching.bump(directory.KIND)
