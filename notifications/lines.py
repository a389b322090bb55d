"""Notices as lines that a reader sees, on their page or in a summary, in the language of the moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.template import Context, Engine
from django.utils.translation import gettext as _

from content import registry
from content.translations import Words, words
from notifications import following, kinds, matters, summary_times

if TYPE_CHECKING:
    from members.models import User
    from notifications.models import Notice

LONGEST_TITLE = 160  # characters


@dataclass(frozen=True)
class Line:
    notice: Notice
    day: date  # where the reader is
    text: str
    path: str  # without host; empty where there is nothing to open
    title: Words | None  # of the record, where the line is nothing but its title
    reasons: tuple[str, ...]  # "Kenya", "Cash transfers": names of what is followed
    is_gone: bool = False  # its reader may not see the record (any more)
    why: str = ""  # "you are mentioned", where the reasons do not say it
    by: str = ""  # whoever wrote what it tells of
    where: str = ""  # the place that hangs in
    item: str = ""  # what a summary names once: "thread:12"
    heading: str = ""  # over such items in a summary


def lines(notices: Sequence[Notice], user: User) -> list[Line]:
    """One line for each notice: two queries for each type of record and each kind of reason."""
    records = _records(notices, user)
    names = following.names_of((reason for notice in notices for reason in notice.reasons), user)
    return [_line(notice, user, records.get((notice.content_type_id, notice.object_id)), names) for notice in notices]


def _records(notices: Iterable[Notice], user: User) -> dict[tuple[int | None, int | None], Any]:
    """The records that notices are about, as far as their reader may see them now."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for notice in notices:
        if notice.content_type_id and notice.object_id:
            wanted[notice.content_type_id].add(notice.object_id)
    return {
        (type_id, record.pk): record
        for type_id, pks in wanted.items()
        for record in _visible(type_id, user).filter(pk__in=pks)
    }


def _visible(type_id: int, user: User) -> Any:
    if matter := matters.of_type(type_id):
        return matter.rows(user)
    model: Any = ContentType.objects.get_for_id(type_id).model_class()
    return model._default_manager.visible_to(user)


def _line(notice: Notice, user: User, record: Any, names: dict[str, str]) -> Line:
    day = summary_times.local_day(notice.shown_from, user.time_zone)
    if notice.content_type_id and record is None:
        return Line(notice, day, _("A record that is no longer open to you"), "", None, (), is_gone=True)
    said = matter.said(record) if (matter := matters.of(record)) else None
    title = said.title if said else words(record, registry.of(record).title_field) if record is not None else None
    title = title.cut(LONGEST_TITLE) if title else None
    context = notice.context | ({"title": str(title)} if title else {})
    text = render_text(f"letters/{notice.template}_subject.txt", context)
    path = said.path if said else record.get_absolute_url() if record is not None else ""
    return Line(
        notice=notice,
        day=day,
        text=text,
        path=notice.context.get("path") or path,
        title=title if title and text == str(title) else None,
        reasons=tuple(names[reason] for reason in notice.reasons if reason in names),
        why=str(kinds.get(notice.kind).why) if said else "",
        **(_place(said, matter) if said and matter else {}),
    )


def _place(said: matters.Said, matter: matters.Matter) -> dict[str, Any]:
    return {"by": said.by, "where": said.where, "item": said.item, "heading": str(matter.heading)}


def render_text(template: str, context: dict[str, Any]) -> str:
    """Plain text: nothing is escaped, and a subject is one line."""
    rendered = Engine.get_default().get_template(template).render(Context(context, autoescape=False))
    return " ".join(rendered.split())
