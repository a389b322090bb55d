"""What a password must be, in our words: long, rather than strange."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LEAST = 12  # characters


class LongEnough(MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=LEAST)

    def get_error_message(self) -> str:
        return ngettext(
            "Use at least %(min_length)d character",
            "Use at least %(min_length)d characters",
            self.min_length,
        ) % {"min_length": self.min_length}


class UnlikeThePerson(UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "display_name"))

    def get_error_message(self) -> str:
        return _("This password is too close to your name or email address. Choose another.")


class Uncommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is soon guessed. Choose another.")
