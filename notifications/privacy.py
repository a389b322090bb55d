"""What is held about a person here: every letter to them, what they were told, what they follow and chose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from members import erasure
from members.erasure import Holding, Row, told
from notifications.models import Bounce, Follow, Letter, Notice, Preference, Suppression

if TYPE_CHECKING:
    from members.models import User

FAREWELL = "account_erased"
DONE = (Letter.State.SENT, Letter.State.SKIPPED, Letter.State.FAILED, Letter.State.UNKNOWN, Letter.State.BOUNCED)


def _letters_to(user: User) -> QuerySet[Letter]:
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    return Letter.objects.filter(Q(user=user) | Q(address__in=addresses))


def _erase(user: User) -> None:
    letters = _letters_to(user)
    letters.filter(state=Letter.State.PLANNED).delete()
    letters.filter(state__in=[Letter.State.FAILED, Letter.State.UNKNOWN]).update(state=Letter.State.SKIPPED)
    _empty(letters)


def _empty(letters: QuerySet[Letter]) -> None:
    """That a letter went out stays; to whom and what it said does not. An occasion keeps one row for each address."""
    nobody = Concat(Value("letter-"), Cast(F("pk"), CharField()), Value(erasure.NOWHERE))
    letters.update(address=nobody, context={}, reason="")


def _came_back(model: type[Bounce | Suppression], user: User) -> QuerySet:
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    return model.objects.filter(address__in={address.lower() for address in addresses})


def forget_farewells() -> None:
    """The letter that confirms a deletion keeps its address until it was handed over, and no longer."""
    letters = Letter.objects.filter(template=FAREWELL, state__in=DONE)
    _empty(letters.exclude(address__endswith=erasure.NOWHERE))


def _told_of_notices(user: User) -> Iterator[Row]:
    for model in (Preference, Follow, Notice):
        for row in told(model._default_manager.filter(user=user), "id", "summary"):
            yield {"what": model._meta.model_name} | dict(row)


def _erase_notices(user: User) -> None:
    for model in (Notice, Follow, Preference):
        model._default_manager.filter(user=user).delete()


def _erase_returned(user: User) -> None:
    for model in (Bounce, Suppression):
        _came_back(model, user).delete()


def sign_up() -> None:
    erasure.register(
        Holding(
            "letters",
            _("Letters we sent you"),
            (Letter,),
            lambda user: told(_letters_to(user), "id", "due_at", "claimed_by"),
            _erase,
            keeps=_("How many letters were sent on an occasion; not to whom, nor what they said."),
        )
    )
    erasure.register(
        Holding(
            "notices",
            _("What we told you, what you follow and how often you hear from us"),
            (Notice, Follow, Preference),
            _told_of_notices,
            _erase_notices,
        )
    )
    erasure.register(
        Holding(
            "returned_letters",
            _("Letters to you that came back"),
            (Bounce, Suppression),
            lambda user: [
                *told(_came_back(Bounce, user), "id", "key", "letter"),
                *told(_came_back(Suppression, user), "id", "by", "lifted_by"),
            ],
            _erase_returned,
        )
    )
    erasure.sweep_with(forget_farewells)
