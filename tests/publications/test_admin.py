import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.models import ReviewStep, TranslationState
from publications.models import Publication
from publications.services import add_document
from tests import factories
from tests.files.making import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast):
    """The pages of an editor: staff, and no more than that."""
    staff = cast.person("staff")
    staff.is_superuser = False
    staff.save()
    client.force_login(staff)
    return client


@pytest.fixture
def publication():
    return factories.publication("Cash in Kenya", title_fr="Des transferts au Kenya", original_language="en")


def inlines(documents=(), stored=0):
    data = {}
    for prefix in ("authors", "publishers", "documents"):
        total, initial = (len(documents), stored) if prefix == "documents" else (0, 0)
        data |= {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}
    for number, document in enumerate(documents):
        data |= {f"documents-{number}-{name}": value for name, value in document.items()}
    return data


def filled(publication=None, **changes):
    """The form as an editor's browser sends it."""
    data = {
        "type": factories.publication_type().pk,
        "licence": factories.licence().pk,
        "original_language": "en",
        "languages": ["en"],
        "title_en": "Cash in Kenya",
        "title_fr": "Des transferts au Kenya",
        "provenance": "staff",
        "status": publication.status if publication else "published",
    }
    return data | inlines() | changes


def save(client, publication=None, **changes):
    if publication is None:
        return client.post(reverse("admin:publications_publication_add"), filled(**changes))
    address = reverse("admin:publications_publication_change", args=[publication.pk])
    return client.post(address, filled(publication, **changes))


def errors(response):
    form = response.context["adminform"].form
    found = dict(form.errors)
    for formset in response.context["inline_admin_formsets"]:
        for inline in formset.formset.forms:
            found |= inline.errors
    return found


def states(publication):
    about = TranslationState.objects.filter(
        content_type=ContentType.objects.get_for_model(publication), object_id=publication.pk
    )
    return {(state.field, state.language): state for state in about}


def test_every_page_opens_for_an_editor(desk, publication):
    add_document(publication=publication, content=pdf("One"), name="one.pdf", language="en")
    for name in ("publications_publication", "publications_series", "stakeholders_organisation"):
        assert desk.get(reverse(f"admin:{name}_changelist")).status_code == 200
        assert desk.get(reverse(f"admin:{name}_add")).status_code == 200
    assert desk.get(reverse("admin:publications_publication_change", args=[publication.pk])).status_code == 200


def test_there_is_a_tab_for_each_language_and_its_fields_carry_it(desk, publication):
    html = desk.get(reverse("admin:publications_publication_change", args=[publication.pk])).content.decode()
    for code in ("en", "fr", "es"):
        assert f"language-tab language-{code}" in html
        assert f'name="title_{code}"' in html
    assert 'lang="fr"' in html


def test_a_new_record_is_published_with_an_address_made_from_its_title(desk, staff):
    assert save(desk).status_code == 302
    publication = Publication.objects.get()
    assert (publication.slug, publication.status, publication.owner) == ("cash-in-kenya", "published", staff)
    assert publication.published_at is not None
    assert "cash in kenya" in publication.title_keys.values_list("key", flat=True)


def test_two_records_of_one_title_get_two_addresses(desk):
    save(desk)
    save(desk)
    assert set(Publication.objects.values_list("slug", flat=True)) == {"cash-in-kenya", "cash-in-kenya-2"}


def test_the_title_is_asked_for_in_the_original_language_alone(desk):
    assert "title_es" in errors(save(desk, original_language="es"))
    assert save(desk, title_fr="").status_code == 302


def test_an_edited_original_outdates_its_translation(desk, publication):
    save(desk, publication, title_en="Cash transfers in Kenya")
    assert states(publication)["title", "fr"].outdated_since is not None


def test_an_edited_translation_is_up_to_date(desk, publication):
    save(desk, publication, title_fr="Transferts au Kenya")
    state = states(publication)["title", "fr"]
    assert (state.origin, state.outdated_since) == ("human", None)


def test_edited_titles_change_the_keys_by_which_duplicates_are_found(desk, publication):
    save(desk, publication, title_en="Education!", title_fr="L’éducation")
    assert set(publication.title_keys.values_list("key", flat=True)) == {"education", "l education"}


def test_withdrawing_asks_for_a_reason(desk, publication):
    assert "withdrawal_reason" in errors(save(desk, publication, status="withdrawn"))


def test_withdrawing_is_written_down_with_its_reason(desk, publication, staff):
    save(desk, publication, status="withdrawn", withdrawal_reason="It was a draft.")
    publication.refresh_from_db()
    assert (publication.status, publication.withdrawal_reason) == ("withdrawn", "It was a draft.")
    step = ReviewStep.objects.get(status="withdrawn")
    assert (step.by, step.note) == (staff, "It was a draft.")


def test_an_address_never_changes(desk, publication):
    save(desk, publication, slug="another")
    publication.refresh_from_db()
    assert publication.slug != "another"


def test_a_file_is_stored_through_the_service(desk, publication):
    upload = SimpleUploadedFile("report.pdf", pdf("Words of the report"))
    save(desk, publication, **inlines([{"upload": upload, "language": "en", "title": "", "position": 0}]))
    (document,) = publication.documents.all()
    assert (document.file.kind, document.file.pages, document.file.language) == ("pdf", 1, "en")


def test_a_refused_file_says_why_beside_its_field(desk, publication):
    upload = SimpleUploadedFile("report.pdf", b"not a PDF at all")
    response = save(desk, publication, **inlines([{"upload": upload, "language": "en", "position": 0}]))
    assert "upload" in errors(response)
    assert not publication.documents.exists()


def test_a_new_file_for_a_document_is_its_next_version(desk, publication):
    document = add_document(publication=publication, content=pdf("One"), name="one.pdf", language="en")
    upload = SimpleUploadedFile("two.pdf", pdf("Two"))
    row = {"id": document.pk, "upload": upload, "language": "en", "position": 0, "note": "Figures corrected"}
    save(desk, publication, **inlines([row], stored=1))
    assert list(publication.documents.values_list("version", "note")) == [(2, "Figures corrected"), (1, "")]


def test_the_language_of_a_file_can_be_corrected(desk, publication):
    document = add_document(publication=publication, content=pdf("Un"), name="un.pdf", language="en")
    save(desk, publication, **inlines([{"id": document.pk, "language": "fr", "position": 0}], stored=1))
    document.file.refresh_from_db()
    assert document.file.language == "fr"


def test_a_file_taken_away_is_gone(desk, publication):
    document = add_document(publication=publication, content=pdf("One"), name="one.pdf", language="en")
    row = {"id": document.pk, "language": "en", "position": 0, "DELETE": "on"}
    save(desk, publication, **inlines([row], stored=1))
    assert not publication.documents.exists()


def test_an_editor_may_not_delete_what_has_an_address(desk, publication):
    assert desk.post(reverse("admin:publications_publication_delete", args=[publication.pk])).status_code == 403


def test_records_are_found_by_their_title_in_any_language(desk, publication):
    page = desk.get(reverse("admin:publications_publication_changelist"), {"q": "transferts"})
    assert page.context["cl"].result_count == 1


def test_the_list_asks_as_much_for_twenty_as_for_one(desk, django_assert_max_num_queries):
    for number in range(20):
        factories.publication(f"Title {number}")
    with django_assert_max_num_queries(12):
        desk.get(reverse("admin:publications_publication_changelist"))


def test_a_member_is_sent_to_sign_in(client, cast):
    cast.enter(client, "member")
    assert client.get(reverse("admin:publications_publication_changelist")).status_code == 302


def test_the_ends_of_lines_that_a_browser_sends_change_no_text(desk, publication):
    """Else each save would mark every translation as looked at."""
    edits = ReviewStep.objects.filter(object_id=publication.pk, kind="edited")
    save(desk, publication, abstract_fr="Une ligne.\r\nUne autre.")
    publication.refresh_from_db()
    assert publication.abstract_fr == "Une ligne.\nUne autre."
    before = edits.count()
    save(desk, publication, abstract_fr="Une ligne.\r\nUne autre.")
    assert edits.count() == before
    save(desk, publication, abstract_fr="Une ligne.\r\nUne troisième.")
    assert edits.count() == before + 1
