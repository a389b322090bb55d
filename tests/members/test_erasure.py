"""Deleting an account: the registry is complete, and afterwards not a word of the person is left anywhere."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry as AuditEntry
from django.apps import apps
from django.contrib.admin.models import CHANGE
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import override

from content import review, services
from content.models import Case, ReviewStep, Visit
from files.models import StoredFile
from members import consents, erasure, exports
from members.models import Consent, DataExport, User
from notifications.models import Letter
from notifications.privacy import forget_farewells
from notifications.services import post
from publications.models import Document, Publication
from stakeholders.models import Organisation
from tests import factories
from tests.world import stored_file

CANARY = "zqcanary"
PERSONAL = re.compile(
    r"(^|_)(email|address|phone|ip|remote_addr|user_agent|given|family|display_name|username|biography|visitor)$"
)


# ---------- The registry ----------


def holds_a_person(model: type[models.Model]) -> bool:
    if model is User:
        return True
    fields = [field for field in model._meta.get_fields() if getattr(field, "concrete", False)]
    kinds = (models.EmailField, models.GenericIPAddressField)
    return any(
        field.related_model is User
        or isinstance(field, kinds)
        or (isinstance(field, models.CharField | models.TextField) and PERSONAL.search(field.name))
        for field in fields
        if not field.many_to_many
    )


def test_every_model_with_a_person_in_it_has_an_exporter_and_an_eraser():
    """If this fails: name the model in a holding of its app's privacy.py, or say there why it is harmless."""
    missing = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if holds_a_person(model) and model not in erasure.accounted_for()
    ]
    assert missing == []


def test_a_model_nobody_accounts_for_is_noticed(monkeypatch):
    monkeypatch.delitem(erasure._holdings, "letters")
    with pytest.raises(AssertionError, match=r"notifications\.Letter"):
        test_every_model_with_a_person_in_it_has_an_exporter_and_an_eraser()


def test_no_two_holdings_write_the_same_file():
    with pytest.raises(ValueError, match="registered already"):
        erasure.register(erasure.all_holdings()[0])


def test_upper_floors_are_erased_first():
    keys = [holding.key for holding in erasure.all_holdings()]
    assert keys.index("publications") < keys.index("review") < keys.index("account")


# ---------- Nothing is left ----------


def word(part: str) -> str:
    return f"{CANARY}{part}"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def somebody(db, client) -> User:
    """A member whose words stand in every field and file that a person can fill."""
    user = User.objects.create_user(f"{word('mail')}@example.org", word("password"), display_name=word("name"))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=f"{word('second')}@example.org")
    Authenticator.objects.create(user=user, type="webauthn", data={"name": word("key")})
    SocialAccount.objects.create(user=user, provider="orcid", uid=word("uid"), extra_data={"name": word("social")})
    client.force_login(user)
    key = client.session.session_key
    UserSession.objects.get_or_create(
        session_key=key, defaults={"user": user, "ip": "192.0.2.7", "user_agent": word("browser")}
    )
    user.groups.add(Group.objects.create(name="Trusted members"))
    consents.give(user=user, purpose="named", given=True, language="en", source=f"/en/{word('source')}/")
    _share(user)
    _leave_traces(user)
    exports.make(pk=exports.plan(user=user, language="en").pk)
    return user


def _share(user: User) -> None:
    shown = factories.publication("What stays", owner=user, provenance="member", shows_owner=True)
    draft = factories.publication(word("title"), owner=user, status="draft", published_at=None, slug=word("slug"))
    draft.tags.add("what others use too")
    stored = stored_file("pdf", name=f"{word('file')}.pdf", text=word("page"))
    stored.file.delete(save=False)
    stored.file.save(f"{word('stored')}.pdf", ContentFile(f"%PDF {word('inside')}".encode()))
    Document.objects.create(publication=draft, file=stored, title=word("document"))
    services.note_step(record=draft, by=user, note=word("note"))
    case = review.submit(record=draft, by=user, note=word("said"))
    services.note_step(record=shown, by=user, kind=ReviewStep.Kind.SAID, note=word("asked"), case=_decided(shown, user))
    Visit.objects.create(**services.about(draft), kind="view", day="2026-11-26", visitor="x")
    assert case.opened_by == user
    factories.organisation(word("organisation"), owner=user, status="draft", published_at=None, slug=word("org"))


def _decided(record: Publication, user: User) -> Case:
    return Case.objects.create(
        **services.about(record), kind="publication", state="decided", opened_by=user, waiting_since="2026-11-26T00:00Z"
    )


def _leave_traces(user: User) -> None:
    about_user = {"content_type": ContentType.objects.get_for_model(User), "object_repr": word("name")}
    AdminEntry.objects.create(**about_user, object_id=user.pk, user=user, action_flag=CHANGE)
    AuditEntry.objects.create(**about_user, object_pk=user.pk, action=1, changes={"display_name": ["", word("name")]})
    AuditEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Publication),
        object_pk="99",
        object_repr="What stays",
        action=1,
        actor=user,
        actor_email=user.email,
        remote_addr="192.0.2.7",
    )
    said = {"context": {"name": word("name")}, "kind": "account", "template": "welcome"}
    post(occasion="welcome", to=user, **said)
    post(occasion="waiting", to=user, **said)
    post(occasion="by address", to=f"{word('second')}@example.org", **said)
    Letter.objects.filter(occasion__in=["welcome", "by address"]).update(state="sent", reason=word("reason"))


def rows_with(text: str) -> list[str]:
    """Every table and column of the database in which a text stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    f"{table}.{name}"
                    for name, value in zip(columns, row, strict=True)
                    if text
                    in (bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode())
                    .decode(errors="ignore")
                    .casefold()
                ]
    return sorted(set(found))


def files_with(text: str, folder: str = "") -> list[str]:
    folders, names = default_storage.listdir(folder)
    paths = [f"{folder}/{name}".lstrip("/") for name in names]
    found = [path for path in paths if text in path or text.encode() in default_storage.open(path).read()]
    for inner in folders:
        found += files_with(text, f"{folder}/{inner}".lstrip("/"))
    return found


def test_the_canary_sings_before(somebody):
    everywhere = " ".join(rows_with(CANARY))
    for table in ("members_user", "publications_publication", "files_storedfile", "notifications_letter", "auditlog"):
        assert table in everywhere
    assert files_with(CANARY)
    assert rows_with("192.0.2.7")


def test_not_a_word_of_the_person_is_left(somebody, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(user=somebody)
    Letter.objects.filter(template="account_erased").update(state="sent")
    forget_farewells()
    assert rows_with(CANARY) == []
    assert rows_with("192.0.2.7") == []
    assert files_with(CANARY) == []
    assert default_storage.listdir("exports")[1] == []


def test_no_page_or_answer_names_the_person(somebody, client, django_capture_on_commit_callbacks):
    client.logout()
    shown = Publication.objects.get(title_en="What stays")
    addresses = [shown.get_absolute_url(), f"{shown.get_absolute_url()}?format=json", "/en/discover/publications/"]
    assert CANARY in "".join(client.get(address).content.decode() for address in addresses)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(user=somebody)
    assert CANARY not in "".join(client.get(address).content.decode() for address in addresses)
    assert "Former member" in client.get(shown.get_absolute_url()).content.decode()


def test_counts_stay_equal(somebody, django_capture_on_commit_callbacks):
    def counts():
        joined = User.objects.count(), User.objects.values_list("date_joined", flat=True).get(pk=somebody.pk)
        shared = Publication.objects.published().filter(owner__isnull=False, provenance="member").count()
        return joined, shared, Consent.objects.count(), Letter.objects.filter(state="sent").count()

    before = counts()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(user=somebody)
    assert counts() == before


def test_drafts_and_what_is_said_about_them_go_and_nothing_else(somebody, other_member):
    others = factories.publication("Somebody else's", owner=other_member, status="draft", published_at=None)
    erasure.erase(user=somebody)
    assert set(Publication.objects.values_list("pk", flat=True)) == {
        others.pk,
        Publication.objects.get(title_en="What stays").pk,
    }
    assert not Organisation.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Visit.objects.exists()
    assert Case.objects.get().opened_by_id == somebody.pk
    assert ReviewStep.objects.get().note == ""


def test_a_file_that_another_record_shows_stays(somebody):
    shared = StoredFile.objects.get()
    Document.objects.create(publication=factories.publication("Of others"), file=shared)
    erasure.erase(user=somebody)
    assert StoredFile.objects.get() == shared


def test_an_organisation_that_others_name_stays(somebody):
    named = Organisation.objects.get(owner=somebody)
    factories.publication("Of others", organisations=[named])
    erasure.erase(user=somebody)
    assert Organisation.objects.filter(pk=named.pk).exists()


def test_a_former_member_can_do_nothing_and_is_named_in_the_readers_language(somebody, client):
    erasure.erase(user=somebody)
    former = User.objects.get(pk=somebody.pk)
    assert (former.is_active, former.is_staff, former.has_usable_password(), former.groups.count()) == (
        False,
        False,
        False,
        0,
    )
    for language, name in (("en", "Former member"), ("fr", "Ex-membre"), ("es", "Exmiembro")):
        with override(language):
            assert str(former) == former.get_full_name() == name


def test_every_session_ends(somebody, client):
    assert Session.objects.exists()
    erasure.erase(user=somebody)
    assert not Session.objects.exists()
    assert client.get("/en/me/privacy/").status_code == 302


def test_a_last_letter_confirms_it_and_forgets_the_address_once_it_left(somebody):
    address, language = somebody.email, somebody.language
    erasure.erase(user=somebody)
    letter = Letter.objects.get(template="account_erased")
    assert (letter.address, letter.user, letter.language, letter.state) == (address, None, language, "planned")
    forget_farewells()
    assert Letter.objects.get(pk=letter.pk).address == address
    Letter.objects.filter(pk=letter.pk).update(state="sent")
    forget_farewells()
    assert Letter.objects.get(pk=letter.pk).address.endswith(".invalid")


def test_letters_that_wait_are_not_sent_any_more(somebody):
    erasure.erase(user=somebody)
    assert not Letter.objects.filter(occasion="waiting").exists()


def test_an_editor_who_leaves_frees_their_cases(staff, other_member):
    record = factories.publication(owner=other_member, status="draft", published_at=None)
    case = review.submit(record=record, by=other_member)
    Case.objects.filter(pk=case.pk).update(editor=staff, claimed_by=staff, claimed_at="2026-11-26T00:00Z")
    erasure.erase(user=staff)
    case.refresh_from_db()
    assert (case.editor, case.claimed_by, case.claimed_at) == (None, None, None)


def test_twice_is_once(somebody):
    erasure.erase(user=somebody)
    first = User.objects.get(pk=somebody.pk)
    erasure.erase(user=somebody)
    assert User.objects.get(pk=somebody.pk).email == first.email
    assert Letter.objects.filter(template="account_erased").count() == 1


def test_a_crash_at_the_end_leaves_everything_as_it_was(somebody, monkeypatch):
    before = rows_with(CANARY), files_with(CANARY)
    monkeypatch.setattr(erasure, "_leave_former_member", lambda user: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erasure.erase(user=somebody)
    assert (rows_with(CANARY), files_with(CANARY)) == before
    assert DataExport.objects.exists()


def test_a_former_member_has_no_name(somebody):
    erasure.erase(user=somebody)
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=somebody.pk).update(display_name="Back again")


def test_the_export_of_everything_above_can_be_made(somebody):
    assert DataExport.objects.get().state == "ready"
    assert BytesIO(default_storage.open(DataExport.objects.get().path).read()).getbuffer().nbytes > 1000
