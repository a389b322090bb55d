"""Reads on publications."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from content.models import Case
from content.querysets import EntryQuerySet
from files.models import PageText

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User


KEPT = timedelta(days=30)  # a draft, since it was touched last


class PublicationQuerySet(EntryQuerySet):
    def with_card_data(self) -> Self:
        """What a row in a list shows, in four queries."""
        return self.select_related("type", "series").prefetch_related(*self._who_and_what(), "countries")

    def with_exchange_data(self) -> Self:
        """What citations, export files, metadata and plain data say of it, in ten queries whatever the number."""
        return (
            self.with_card_data()
            .select_related("licence")
            .prefetch_related("authors", "topics", "regions", "goals", "tags")
        )

    def with_detail_data(self) -> Self:
        """What its page shows, but for authors and terms, which `around.attach` brings in one query."""
        texts = PageText.objects.filter(file__documents__publication=OuterRef("pk"), file__documents__replaced_on=None)
        whole = self.select_related("type", "series", "licence", "owner")
        return whole.prefetch_related(*self._who_and_what()).annotate(has_text=Exists(texts))

    def _who_and_what(self) -> tuple[Prefetch, Prefetch]:
        publishers = apps.get_model("publications", "Publisher")._default_manager.select_related("organisation")
        documents = apps.get_model("publications", "Document")._default_manager.select_related("file")
        return Prefetch("publishers", publishers), Prefetch("documents", documents)


class DocumentQuerySet(QuerySet):
    def current(self) -> Self:
        """What a reader may take, but for captions, which belong to their video."""
        return self.filter(replaced_on=None).exclude(file__kind="vtt").select_related("file").order_by("position", "pk")


class DraftQuerySet(QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Its owner's, and nobody else's."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def unsent(self) -> Self:
        return self.filter(sent_at=None)

    def proposed(self) -> Self:
        """Corrections that were sent and are not yet in their publication."""
        return self.filter(sent_at__isnull=False, applied_at=None)

    def undecided(self) -> Self:
        """Corrections that an editor, or the member, has still to look at."""
        cases = Case.objects.open().filter(
            kind="publication", subject=Case.Subject.CORRECTION, object_id=OuterRef("publication_id")
        )
        return self.proposed().filter(Exists(cases))

    def forgotten(self) -> Self:
        """Nobody touched them for as long as we keep them, but for corrections that are still looked at."""
        old = self.filter(updated_at__lt=timezone.now() - KEPT)
        return old.exclude(pk__in=self.undecided().values("pk"))
