"""From whatever a member has to a record that editors see and nobody else."""

import io
import socket
import wave

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from content.models import Case
from files.models import StoredFile
from members import roles
from publications.files import may_read_draft
from publications.models import Draft, Publication
from search import services as search
from stakeholders.models import Organisation, OrganisationName
from tests import factories
from tests.files.test_guesses import report
from tests.publications.uploads import UPLOAD, begin, errors, fill_in, pdf, send, step
from tests.world import stored_file

pytestmark = pytest.mark.django_db

BIBTEX = """@techreport{sabates2015,
  title = {Social Protection in {Kenya}}, author = {Sabates-Wheeler, Rachel and Devereux, Stephen},
  year = {2015}, month = mar, institution = {Institute of Development Studies}, doi = {10.1234/ABC.5},
  keywords = {pensions, Kenya, graduation}}
"""
RIS = "TY  - RPRT\nTI  - Les pensions à Madagascar\nLA  - fr\nPY  - 2019\nUR  - https://www.example.org/r\nER  - \n"


def test_a_publication_is_made_when_the_draft_is_sent_and_not_before(sharer, member):
    draft = begin(sharer, way="file", upload=pdf())
    fill_in(sharer, draft)
    assert sharer.get(step(draft, "check")).status_code == 200
    assert not Publication.objects.exists()
    record = send(sharer, draft).publication
    assert (record.status, record.owner, record.provenance) == ("in_review", member, "member")
    assert (record.title_en, record.year, record.licence.slug) == (draft.title, 2021, "permission")
    assert [(one.family, one.given) for one in record.authors.all()] == [("Rakotonirina", "Hanitra")]
    assert [country.iso2 for country in record.countries.all()] == ["MG"]
    assert [topic.slug for topic in record.topics.all()] == ["pensions"]
    assert record.documents.get().file == draft.file
    assert record.slug == "pensions-for-market-traders-in-antananarivo"


def test_sending_opens_one_case_however_often_the_button_is_pressed(sharer):
    draft = send(sharer, begin(sharer, way="file", upload=pdf()), note="It is our own.")
    again = sharer.post(step(draft, "check"))
    assert again["Location"] == reverse("publications:contribution", args=[draft.publication_id])
    assert Publication.objects.count() == 1
    assert Case.objects.get().steps.get().note == "It is our own."


def test_what_is_in_review_exists_for_its_owner_and_editors_alone(sharer, client, other_member, staff):
    draft = send(sharer, begin(sharer, way="file", upload=pdf("Zanahary")))
    record, stored = draft.publication, draft.file
    page = record.get_absolute_url()
    doors = [page, f"{page}?format=json", f"{page}text/", f"{page}cite.bib", stored.get_absolute_url()]
    doors += [reverse("files:preview", args=[stored.key])]
    assert [sharer.get(door).status_code for door in doors] == [200] * len(doors)
    client.logout()
    assert [client.get(door).status_code for door in doors] == [404] * len(doors)
    client.force_login(other_member)
    assert [client.get(door).status_code for door in doors] == [404] * len(doors)
    client.force_login(staff)
    assert [client.get(door).status_code for door in doors] == [200] * len(doors)


def test_what_is_in_review_is_in_no_list_search_or_feed(sharer, client):
    send(sharer, begin(sharer, way="file", upload=pdf("Zanahary")))
    search.rebuild_index()
    client.logout()
    for address in ("publications:list", "publications:feed", "home", "sitemap_index"):
        assert "Antananarivo" not in client.get(reverse(address)).content.decode()
    assert client.get(f"{reverse('publications:list')}?format=json").json()["count"] == 0
    assert client.get(f"{reverse('publications:list')}?q=Zanahary&format=json").json()["count"] == 0


def test_what_somebody_trusted_sends_is_public_at_once_and_waits_to_be_looked_at(sharer, member):
    roles.give_role(user=member, role=roles.Role.TRUSTED, by=None)
    record = send(sharer, begin(sharer, way="file", upload=pdf())).publication
    assert record.is_published
    assert Case.objects.get().subject == Case.Subject.LOOK


def test_an_ambassador_and_the_team_are_named_as_such(sharer, client, member, staff):
    roles.give_role(user=member, role=roles.Role.AMBASSADOR, by=None)
    assert send(sharer, begin(sharer, way="file", upload=pdf())).publication.provenance == "ambassador"
    client.force_login(staff)
    draft = begin(client, way="file", upload=pdf("Another"))
    assert send(client, draft, title="Another title altogether").publication.provenance == "staff"


def test_fields_that_are_no_part_of_the_form_are_ignored(sharer, member, other_member):
    forged = {
        "status": "published",
        "owner": other_member.pk,
        "provenance": "staff",
        "slug": "mine",
        "published_at": "now",
    }
    record = send(sharer, begin(sharer, way="file", upload=pdf()), **forged).publication
    assert (record.status, record.owner, record.provenance) == ("in_review", member, "member")
    assert record.slug != "mine"
    assert "status" not in Draft.objects.get().data


def test_a_title_that_is_the_name_of_a_page_gets_another_address(sharer):
    record = send(sharer, begin(sharer, way="file", upload=pdf()), title="Upload").publication
    assert record.slug == "upload-2"
    assert sharer.get(record.get_absolute_url()).status_code == 200


def test_guesses_from_the_file_fill_empty_fields_and_say_so(sharer):
    content = report(
        "Cash for Care in Africa", lines=["Amina Diallo"], meta="Cash for Care in Africa", author="Amina Diallo"
    )
    draft = begin(sharer, way="file", upload=SimpleUploadedFile("a.pdf", content))
    assert (draft.first("title"), draft.first("language")) == ("Cash for Care in Africa", "en")
    assert "Filled in for you: check it." in sharer.get(step(draft, "details")).content.decode()
    fill_in(sharer, draft, title="My own title")
    assert "Filled in for you" not in sharer.get(step(draft, "details")).content.decode()


def test_a_pasted_bibtex_entry_fills_the_same_form(sharer):
    factories.organisation("Institute of Development Studies", acronym="IDS")
    draft = begin(sharer, way="reference", reference=BIBTEX)
    data = {name: values[0] for name, values in draft.data.items()}
    assert data["title"] == "Social Protection in Kenya"
    assert data["authors"] == "Sabates-Wheeler, Rachel\nDevereux, Stephen"
    assert (data["year"], data["month"], data["doi"]) == ("2015", "3", "10.1234/abc.5")
    assert (data["organisations"], data["places"]) == ("Institute of Development Studies", "Kenya")
    assert (data["topics"], data["tags"]) == ("pensions", "graduation")
    assert not Publication.objects.exists()


def test_a_pasted_ris_entry_fills_the_same_form_in_its_own_language(sharer):
    draft = begin(sharer, way="reference", reference=RIS)
    assert (draft.first("title"), draft.first("language")) == ("Les pensions à Madagascar", "fr")
    record = send(
        sharer, draft, title=draft.title, language="fr", sharing="link", link="https://www.example.org/r"
    ).publication
    assert (record.original_language, record.title_fr, record.title_en or "") == ("fr", "Les pensions à Madagascar", "")


def test_several_references_are_offered_one_by_one(sharer):
    both = BIBTEX + BIBTEX.replace("Social Protection", "Cash").replace("sabates2015", "b")
    response = sharer.post(UPLOAD, {"way": "reference", "reference": both})
    assert "These are 2 references" in response.content.decode()
    draft = begin(sharer, way="reference", reference=both, which="2")
    assert draft.title == "Cash in Kenya"


def test_a_doi_alone_is_a_reference(sharer):
    assert (
        begin(sharer, way="reference", reference="see https://doi.org/10.1234/xyz.7.").first("doi") == "10.1234/xyz.7"
    )


@pytest.mark.parametrize("text", ["", "Just a sentence.", "<html></html>", "@article{oops", "\x00\x00", "TY  - "])
def test_what_cannot_be_read_as_a_reference_says_so_and_stays(text, sharer):
    response = sharer.post(UPLOAD, {"way": "reference", "reference": text})
    assert response.status_code == 200
    assert response.context["failed"].errors["reference"]


def test_a_link_is_never_fetched(sharer, monkeypatch):
    def refuse(*_anything, **_named):
        raise AssertionError("Somebody asked the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    draft = begin(sharer, way="link", link="http://169.254.169.254/latest/meta-data/")
    send(sharer, draft, sharing="link", link=draft.first("link"))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example/x", "not a link", "file:///etc/passwd"])
def test_a_link_that_is_none_is_refused(link, sharer):
    response = sharer.post(UPLOAD, {"way": "link", "link": link})
    assert "Write the whole address" in str(response.context["failed"].errors["link"])


def test_link_only_keeps_no_copy_and_needs_a_link(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    assert errors(fill_in(sharer, draft, sharing="link")) == {"link": ["Give the link where it can be read"]}
    record = send(sharer, draft, sharing="link", link="https://www.example.org/r").publication
    assert (record.licence.slug, record.documents.count()) == ("link-only", 0)
    assert not StoredFile.objects.exists()


def test_nothing_is_sent_without_saying_whether_it_may_be_shared(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    response = fill_in(sharer, draft, sharing="")
    assert errors(response) == {"sharing": ["Say whether the document may be shared"]}
    assert sharer.post(step(draft, "check"))["Location"].endswith("details/?errors=1")
    assert not Publication.objects.exists()


def test_an_open_licence_is_named(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    assert "licence" in errors(fill_in(sharer, draft, sharing="open"))
    assert send(sharer, draft, sharing="open", licence="cc-by-4.0").publication.licence.slug == "cc-by-4.0"


def test_a_record_leads_its_readers_somewhere(sharer):
    assert "link" in errors(fill_in(sharer, begin(sharer, way="blank")))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "Enter the title as it appears on the document"),
        ("title", "...", "Enter the title as it appears on the document"),
        ("year", "2091", "Year must be 2026 or earlier"),
        ("year", "19", "Write the year with four figures, such as 2019"),
        ("places", "Kenja", "We know no country or region “Kenja”. Did you mean Kenya?"),
        ("topics", [], "Choose at least one topic"),
        ("doi", "abc", "A DOI begins with 10. and has a slash, such as 10.1787/9789264308114-en"),
        ("isbn", "978-92-2-030162-9", "This ISBN has a mistyped figure: check it against the document"),
        ("series", "No such series", "We do not know this series. Leave it empty and tell the editor in your note"),
        ("day", "31", "Choose the month too, or leave the day empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_in_the_summary(field, typed, said, sharer):
    draft = begin(sharer, way="file", upload=pdf())
    with time_machine.travel("2026-11-26"):
        response = fill_in(sharer, draft, **{field: typed})
    assert said in [one for found in errors(response).values() for one in found]
    assert response.content.decode().count(said) == 2
    assert "<title>Error: " in response.content.decode()


def test_an_organisation_is_found_by_any_of_its_names(sharer, cast):
    ilo = factories.organisation("International Labour Organization", acronym_en="ILO", acronym_fr="OIT")
    bank = factories.organisation("World Bank")
    OrganisationName.objects.create(organisation=bank, text="Banque mondiale")
    draft = begin(sharer, way="file", upload=pdf())
    record = send(
        sharer, draft, organisations="OIT\nbanque mondiale\nInternational Labour Organization (ILO)"
    ).publication
    assert [one.organisation for one in record.publishers.all()] == [ilo, bank]


def test_an_organisation_we_do_not_know_is_chosen_added_or_left_out(sharer, member):
    draft = begin(sharer, way="file", upload=pdf())
    response = fill_in(sharer, draft, organisations="Institute of Nowhere")
    (field,) = (name for name in errors(response) if name.startswith("org_"))
    assert errors(response)[field] == ["Say which organisation “Institute of Nowhere” is"]
    record = send(sharer, draft, organisations="Institute of Nowhere", **{field: "new"}).publication
    added = Organisation.objects.get()
    assert (added.name_en, added.status, added.owner) == ("Institute of Nowhere", "in_review", member)
    assert [one.organisation for one in record.publishers.all()] == [added]
    assert set(Case.objects.values_list("kind", flat=True)) == {"publication", "organisation"}


def test_near_names_are_offered_for_an_organisation_we_do_not_know(sharer):
    known = factories.organisation("Institute of Development Studies")
    search.rebuild_index()
    draft = begin(sharer, way="file", upload=pdf())
    response = fill_in(sharer, draft, organisations="Development Studies Institute")
    (field,) = (name for name in errors(response) if name.startswith("org_"))
    assert str(known.pk) in dict(response.context["form"].fields[field].choices)
    draft = send(sharer, draft, organisations="Development Studies Institute", **{field: str(known.pk)})
    assert draft.publication.publishers.get().organisation == known


def test_a_document_in_another_language_says_in_which_its_title_is_written(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    response = fill_in(sharer, draft, language="pt")
    assert errors(response) == {"words_language": ["Say in which language you wrote the title here"]}
    record = send(sharer, draft, language="pt", words_language="es").publication
    assert (record.languages, record.original_language, bool(record.title_es)) == (["pt"], "es", True)


def test_a_recording_suggests_what_it_is(sharer):
    draft = begin(sharer, way="file", upload=SimpleUploadedFile("talk.wav", _silence()))
    assert draft.first("type") == "audio"


def _silence() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, 1, 8000, 8, "NONE", ""))
        sound.writeframes(b"\x80" * 8)
    return written.getvalue()


def test_editors_open_a_file_of_others_once_it_was_sent_to_them(member, staff):
    own = Draft.objects.create(owner=staff, begun_with="file", file=stored_file())
    assert may_read_draft(staff, own.file)
    draft = Draft.objects.create(owner=member, begun_with="file", file=stored_file())
    assert [may_read_draft(one, draft.file) for one in (member, staff)] == [True, False]
    Draft.objects.update(sent_at=timezone.now(), publication=factories.publication())
    assert may_read_draft(staff, draft.file)
