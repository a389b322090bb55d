"""What documents and shelves tell the rest of the house: their tabs, who reads their files, a panel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from communities import document_files, document_services, numbers, shelf_services, tabs
from content.panels import Panel
from files import readers
from members import erasure
from stakeholders.panels import ON_ORGANISATIONS


def sign_up() -> None:
    tabs.register(
        tabs.Tab(
            key="documents",
            label=_("Documents"),
            position=20,
            url_name="communities:documents",
            count=numbers.documents,
            for_whom=lambda door: door.is_inside,
        )
    )
    tabs.register(
        tabs.Tab(
            key="shelf",
            label=_("Shelf"),
            position=30,
            url_name="communities:shelf",
            count=numbers.shelf,
            for_whom=lambda door: door.is_inside,
        )
    )
    readers.register(readers.Reader(may_read=document_files.may_read))
    ON_ORGANISATIONS.register(Panel(template="communities/_on_shelves.html", read=shelf_services.on_shelves))
    erasure.sweep_with(document_services.delete_files_of_removed)
