"""Pages that not everybody may enter."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from members.permissions import Anybody

View = Callable[..., HttpResponse]


def only(may_enter: Callable[[Anybody], bool]) -> Callable[[View], View]:
    """Answer 403 to whoever may not enter. It stands below `login_required` and the methods that a view takes."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not may_enter(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
