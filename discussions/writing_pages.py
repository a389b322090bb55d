"""Pages on which members write: a new discussion, an answer, a change, a translation.

Whatever a form brings is kept first (`discussions.unsent`) and then sent, looked at or refused: nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.addresses import key_in
from discussions import attaching, mentions, permissions, places, services, unsent
from discussions.forms import EditForm, PostForm, ThreadForm
from discussions.markup import quoted, to_html, with_people
from discussions.models import Post, PostTranslation, Thread, Unsent
from discussions.pages import context_of, of_thread, post_at, thread_at
from discussions.refusals import NotSent, why_closed, why_not_here

if TYPE_CHECKING:
    from discussions.hall import Hall

STAY = {"preview", "attach", "drop", "choose"}  # buttons that keep, and do not send
MOST_RECORDS = 5


@dataclass
class Desk:
    """Where somebody writes: in a place, in answer to a thread or not, with what was kept of it."""

    request: HttpRequest
    hall: Hall
    thread: Thread | None

    @cached_property
    def refused(self) -> str:
        closed = why_closed(self.thread) if self.thread else ""
        return closed or why_not_here(self.hall.user, self.hall.place)

    @property
    def where(self) -> dict[str, Any]:
        return {"by": self.hall.user, "place": self.hall.place, "thread": self.thread}

    def kept(self) -> Unsent | None:
        return unsent.kept(**self.where)

    def opened(self, row: Unsent | None) -> PostForm:
        """A form with what was typed before, here or on the way to the door, and with what is quoted."""
        typed = {**(row.data if row else {}), **unsent.typed_before(self.request)}
        asked = self.request.GET
        if "to" in asked:
            typed["to"] = asked["to"]
        if post := self.named(asked.get("quote", "")):
            typed |= {"to": str(post.pk), "text": f"{typed.get('text', '')}{quoted(post.text)}"}
        return self._form(initial=typed)

    def _form(self, *args: Any, **kwargs: Any) -> PostForm:
        return PostForm(*args, **kwargs) if self.thread else ThreadForm(*args, **kwargs)

    def sent(self) -> PostForm:
        data = self.request.POST.copy()
        if chosen := data.get("choose"):
            data["record"] = f"/p/{chosen}"
        return self._form(data)

    def named(self, key: str) -> Post | None:
        """A post of the thread that everybody sees: to be answered or quoted."""
        pk = key_in(key)
        return self.thread.posts.shown().filter(pk=pk).first() if self.thread and pk is not None else None

    def keep(self, form: PostForm) -> Unsent:
        """Keep what was typed and what came with it; the form says which file or record could not be."""
        before = self.kept()
        form.is_valid()
        names = [name for name in (before.data.get("records", []) if before else []) if name not in self.dropped]
        if not self.refused and (name := form.find_record()):
            names = list(dict.fromkeys([*names, name]))[:MOST_RECORDS]
            form.data["record"] = ""  # type: ignore[index]
        row = unsent.keep(**self.where, data={**form.typed(), "records": names})
        unsent.leave_out(unsent=row, keys=self.dropped)
        for upload in [] if self.refused else self.request.FILES.getlist("upload"):
            try:
                unsent.add_file(unsent=row, content=upload)
            except ValidationError as error:
                form.add_error("upload", error)
        return row

    @property
    def dropped(self) -> list[str]:
        return self.request.POST.getlist("drop")

    def send(self, form: PostForm, row: Unsent) -> Post | Thread | None:
        """What was written, or none: then the form says why."""
        data = form.cleaned_data
        typed = services.Typed(
            data["text"],
            data["language"],
            files=tuple(row.files.all()),
            records=attaching.named(row.data.get("records", [])),
            key=data["key"],
            unsent=row,
        )
        by = self.hall.user
        try:
            if self.thread:
                reply_to = self.named(data["to"])
                return services.write_post(by=by, thread=self.thread, typed=typed, reply_to=reply_to)
            what = {"kind": data["kind"], "title": data["title"]}
            return services.start_thread(by=by, place=self.hall.place, typed=typed, **what)
        except NotSent as refusal:
            form.add_error(None, str(refusal))
        return None


# ---------- New posts ----------


def start(request: HttpRequest, hall: Hall) -> HttpResponse:
    return _write(Desk(request, hall, None))


def reply(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    thread = thread_at(hall, address)
    if places.stands_at(thread, hall.place):
        return _write(Desk(request, hall, thread))
    if request.method == "POST":  # moved while it was written
        unsent.keep(by=hall.user, place=thread.record, thread=thread, data=PostForm(request.POST).typed())
        unsent.was_read(request)
    return redirect(f"{thread.get_absolute_url()}reply/")


def _write(desk: Desk) -> HttpResponse:
    request = desk.request
    if request.method != "POST":
        row = desk.kept()
        return _page(desk, desk.opened(row), row)
    if "discard" in request.POST:
        return _discard(desk)
    form = desk.sent()
    row = desk.keep(form)
    unsent.was_read(request)
    if not STAY & request.POST.keys() and form.is_valid() and (made := desk.send(form, row)):
        if made.state == Post.State.WAITING:
            messages.success(request, _("Thank you. A moderator looks at your first posts before everybody sees them."))
        return redirect(made)
    return _page(desk, form, row)


def _discard(desk: Desk) -> HttpResponse:
    unsent.was_read(desk.request)
    if row := desk.kept():
        unsent.discard(unsent=row)
    return redirect(desk.thread or desk.hall.place)


def _page(desk: Desk, form: PostForm, row: Unsent | None) -> HttpResponse:
    is_preview = form.is_bound and "text" in form.data and not form.errors.get("text")
    context = {
        "form": form,
        "unsent": row,
        "files": list(row.files.all()) if row else [],
        "records": [attaching.as_named(one) for one in attaching.named(row.data.get("records", []))] if row else [],
        "offered": [attaching.as_named(one) for one in form.offered],
        "refused": desk.refused,
        "preview": _preview(desk, form) if is_preview else None,
        "answers": desk.named(str(form["to"].value() or "")),
        "is_kept": row is not None and not form.is_bound,
    }
    is_barred = desk.refused and not (row or form.is_bound)
    template = "discussions/write.html"
    around = of_thread(desk.hall, desk.thread, **context) if desk.thread else context_of(desk.hall, **context)
    return render(desk.request, template, around, status=403 if is_barred else 200)


def _preview(desk: Desk, form: PostForm) -> Any:
    """The text as it would stand there."""
    text = form.data["text"]
    called = mentions.find(desk.hall.place, text)
    pages = places.of(desk.hall.place).pages_of(places.People(handles=called.keys()), desk.hall.user)
    return with_people(to_html(text[:20_000], called), pages.handles)


# ---------- What is there already ----------


def edit(request: HttpRequest, hall: Hall, address: str, pk: int) -> HttpResponse:
    post = post_at(hall, address, pk)
    if not permissions.can_edit(hall.user, post):
        raise PermissionDenied
    first = {"text": post.text, "language": post.language, **unsent.typed_before(request)}
    form = EditForm(request.POST if request.method == "POST" else None, initial=first)
    unsent.was_read(request)
    if form.is_bound and "preview" not in request.POST and form.is_valid():
        try:
            services.edit_post(by=hall.user, post=post, **form.cleaned_data)
        except NotSent as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(post)
    return _changing(request, hall, post, form, "discussions/edit.html")


def translate(request: HttpRequest, hall: Hall, address: str, pk: int) -> HttpResponse:
    """Into the language of the reader, unless that is the post's own; what is there already is there to be changed."""
    post = post_at(hall, address, pk)
    if not permissions.can_translate(hall.user, post):
        raise PermissionDenied
    wanted = request.GET.get("language") or (get_language() if get_language() != post.language else "")
    known = PostTranslation.objects.filter(post=post, language=wanted).first()
    first = {"language": wanted, "text": known.text if known else "", **unsent.typed_before(request)}
    form = EditForm(request.POST if request.method == "POST" else None, initial=first, without=[post.language])
    unsent.was_read(request)
    if form.is_bound and "preview" not in request.POST and form.is_valid():
        try:
            services.translate_post(by=hall.user, post=post, **form.cleaned_data)
        except NotSent as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(post)
    return _changing(request, hall, post, form, "discussions/translate.html", known=known)


def _changing(request: HttpRequest, hall: Hall, post: Post, form: EditForm, template: str, **more: Any) -> HttpResponse:
    desk = Desk(request, hall, post.thread)
    preview = _preview(desk, form) if form.is_bound and form.data.get("text") else None  # type: ignore[arg-type]
    context = {"form": form, "post": post, "preview": preview, **more}
    return render(request, template, of_thread(hall, post.thread, **context))


def remove_translation(request: HttpRequest, hall: Hall, address: str, pk: int) -> HttpResponse:
    post = post_at(hall, address, pk)
    translation = get_object_or_404(PostTranslation, post=post, language=request.POST.get("language", ""))
    translation.post = post
    try:
        services.remove_translation(by=hall.user, translation=translation, reason=request.POST.get("reason", ""))
    except PermissionError:
        raise PermissionDenied from None
    except NotSent as refusal:
        first = {"language": translation.language, "text": translation.text}
        form = EditForm(None, initial=first, without=[post.language])
        more = {"known": translation, "refusal": str(refusal)}
        return _changing(request, hall, post, form, "discussions/translate.html", **more)
    return redirect(post)
