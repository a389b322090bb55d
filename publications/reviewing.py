"""What editors are told of a publication before they look, and how a correction becomes part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import review, wording
from content.review import Check, Summary
from content.translations import words
from people import panels
from publications import correcting, guessing
from publications.duplicates import Similar, similar_to_records
from publications.models import Document, Draft, Publication, Publisher
from publications.summaries import Change, changes_between
from publications.upload_forms import DetailsForm, data_of
from publications.uploading import read_details

if TYPE_CHECKING:
    from content.models import Case
    from members.models import User


def _read(records: Sequence[Publication]) -> None:
    """What all of this asks of a page of records, in a fixed number of queries."""
    publishers = Publisher.objects.select_related("organisation")
    documents = Document.objects.select_related("file")
    drafts = Draft.objects.filter(sent_at__isnull=False).select_related("file").order_by("-sent_at")
    prefetch_related_objects(
        records,
        *("type", "licence", "topics"),
        Prefetch("publishers", publishers),
        Prefetch("documents", documents),
        Prefetch("drafts", drafts, to_attr="sent_drafts"),
    )


def summaries(records: Sequence[Publication]) -> Mapping[int, Summary]:
    _read(records)
    return {
        record.pk: Summary(
            kicker=[str(record.type), record.dated, wording.written_in(record.languages)],
            meta=[*record.publisher_names, *(str(topic) for topic in record.topics.all())],
            text=words(record, "abstract", record.original_language),
        )
        for record in records
    }


def checks(records: Sequence[Publication]) -> Mapping[int, Sequence[Check]]:
    _read(records)
    similar = similar_to_records(records)
    workplaces = panels.workplaces([record.owner_id for record in records if record.owner_id])
    return {
        record.pk: [
            *_of_files(record),
            *_of_licence(record),
            *_of_publishers(record, workplaces.get(record.owner_id or 0, set())),
            *_of_similar(record, similar[record.pk]),
        ]
        for record in records
    }


def _of_files(record: Publication) -> Iterator[Check]:
    stored = [document.file for document in record.current_documents]
    if not stored:
        yield Check("warn", _("No file: readers follow the link"))
    for file in stored:
        told = {"kind": file.get_kind_display(), "size": wording.file_size(file.size)}
        yield Check("good", _("The file opens (%(kind)s, %(size)s)") % told)
        if file.remark:
            yield Check("warn", str(file.remark))
        elif file.kind in ("pdf", "docx", "pptx"):
            yield Check("good", _("Its text can be searched"))
        if file.scan != file.Scan.OFF:
            yield Check("good" if file.scan == file.Scan.CLEAN else "warn", file.get_scan_display())


def _of_licence(record: Publication) -> Iterator[Check]:
    if record.licence.keeps_copy:
        yield Check("good", _("Licence: %(licence)s") % {"licence": record.licence})
    elif record.current_documents:
        yield Check("bad", _("The licence does not let us keep a copy, and there is a file"))
    else:
        yield Check("good", _("Link only, and no copy is kept"))


def _of_publishers(record: Publication, workplaces: set[int]) -> Iterator[Check]:
    if any(publisher.organisation_id in workplaces for publisher in record.publishers.all()):
        yield Check("good", _("The publisher is the member’s organisation"))
    for publisher in record.publishers.all():
        if not publisher.organisation.is_published:
            yield Check("warn", _("New organisation, not yet published: %(name)s") % {"name": publisher.organisation})


def _of_similar(record: Publication, similar: Sequence[Similar]) -> Iterator[Check]:
    others = {pk for draft in record.sent_drafts for pk in draft.others}  # type: ignore[attr-defined]
    for one in similar:
        told = {"reason": one.reason, "title": words(one.publication, "title").cut(120)}
        if one.publication.pk in others:
            text = _("%(reason)s: %(title)s. The member says that it is another one.") % told
        else:
            text = _("%(reason)s: %(title)s") % told
        yield Check("warn", text, similar=one.publication)
    if not similar:
        yield Check("good", _("No other record looks like it"))


def edit_url(record: Publication) -> str:
    return reverse("admin:publications_publication_change", args=[record.pk])


def member_url(record: Publication) -> str:
    return reverse("publications:contribution", args=[record.pk])


def proposal_of(record: Publication) -> Draft | None:
    """The correction that waits."""
    return record.drafts.proposed().select_related("file", "owner", "publication").order_by("-sent_at").first()


def changes_of(record: Publication, draft: Draft) -> list[Change]:
    """What a correction would change, before and after."""
    before = Draft(owner=draft.owner, publication=record, data=guessing.from_publication(record) | {"note": ["–"]})
    return changes_between(_said(before), _said(draft))


def _said(draft: Draft) -> dict:
    """What a draft says, as far as it can be understood."""
    form = DetailsForm(data_of(draft), draft=draft)
    form.is_valid()
    return form.cleaned_data


def apply_correction(*, record: Publication, case: Case, by: User) -> None:
    """Bring the accepted correction into the record. Raises ValidationError where it no longer fits."""
    draft = proposal_of(record)
    if draft is None:
        raise ValidationError(_("The member has taken this correction back."))
    details = read_details(draft)
    correcting.accept(draft=draft, publication=record, details=details, by=by)


def revert_correction(*, record: Publication, case: Case, by: User) -> None:
    """Take the correction that was accepted last out of the record; it waits again."""
    draft = record.drafts.filter(applied_at__isnull=False).select_related("file").latest("applied_at")
    correcting.take_out(draft=draft, publication=record, by=by)


def sign_up() -> None:
    review.register(
        review.Reviewed(
            key="publication",
            label=gettext_lazy("Publications"),
            template="publications/_reviewed.html",
            checks=checks,
            summaries=summaries,
            edit_url=edit_url,
            member_url=member_url,
            apply_correction=apply_correction,
            revert_correction=revert_correction,
        )
    )
