"""Who may read a photo: whoever may see the profile and that field of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.models import Profile
from people.visibility import audience_of, shows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from files.models import StoredFile
    from members.models import User


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    profile = Profile.objects.visible_to(user).filter(photo=stored).first()
    return profile is not None and shows(profile.visibility, "photo", audience_of(user, profile.user_id))
