"""A publication's page: what it offers, in whose language, and what it says when it is not there any more."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.utils.translation import override
from lxml import html

from content.models import TranslationState
from files.models import PageText
from tests import factories
from tests.world import stored_file

pytestmark = pytest.mark.django_db


def read(client, publication, language="en", status=200):
    with override(language):
        response = client.get(publication.get_absolute_url())
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def text(tree, selector):
    return [" ".join(found.text_content().split()) for found in tree.cssselect(selector)]


def facts(tree):
    return {
        fact.cssselect("dt")[0].text_content(): " ".join(fact.cssselect("dd")[0].text_content().split())
        for fact in tree.cssselect(".facts > div")
    }


# ---------- What comes first ----------


def test_the_main_button_downloads_the_file_and_says_its_type_and_size(client):
    file = stored_file("pdf")
    page = read(client, factories.publication(files=[file]))
    (button,) = page.cssselect(".btn--main")
    assert button.get("href") == file.get_absolute_url()
    assert button.text_content().strip() == f"Download (PDF, {file.size}\N{NO-BREAK SPACE}byte)"


def test_the_main_button_offers_the_document_in_the_readers_language(client):
    english, french = stored_file("pdf"), stored_file("pdf")
    french.language = "fr"
    french.save()
    page = read(client, factories.publication(files=[english, french]), "fr")
    assert page.cssselect(".btn--main")[0].get("href") == french.get_absolute_url()


def test_a_publication_without_a_file_leads_to_the_original_and_names_its_host(client):
    page = read(client, factories.publication(link="https://www.ilo.org/report"))
    assert page.cssselect(".btn--main")[0].get("href") == "https://www.ilo.org/report"
    assert "The link leads to ilo.org." in page.cssselect(".detail__act")[0].text_content()


def test_a_publication_with_neither_shows_no_empty_place_for_a_button(client):
    assert not read(client, factories.publication()).cssselect(".detail__act")


# ---------- Files ----------


def test_each_file_says_type_size_pages_and_language_before_it_is_taken(client):
    file = stored_file("pdf", pages=188)
    page = read(client, factories.publication(files=[file]), "fr")
    assert text(page, ".file .meta") == [f"PDF{file.size} o188 pagesAnglais"]


def test_the_first_page_is_shown_small_and_only_when_it_comes_into_view(client):
    page = read(client, factories.publication(files=[stored_file("pdf")]))
    (image,) = page.cssselect(".file img")
    assert (image.get("loading"), image.get("width"), image.get("height")) == ("lazy", "240", "340")


def test_a_recording_plays_in_the_page_and_loads_nothing_before(client):
    page = read(client, factories.publication(files=[stored_file("audio", seconds=95)]))
    assert page.cssselect("audio[controls]")[0].get("preload") == "none"


def test_a_film_brings_its_captions_which_are_no_file_of_their_own(client):
    film, captions = stored_file("video"), stored_file("vtt")
    page = read(client, factories.publication(files=[film, captions]))
    (track,) = page.cssselect("video track[kind=captions]")
    assert (track.get("src"), track.get("srclang")) == (captions.get_absolute_url(), "en")
    assert len(page.cssselect(".file")) == 1


def test_a_replaced_file_stands_under_earlier_versions_with_what_changed(client):
    publication = factories.publication(files=[stored_file("pdf"), stored_file("pdf")])
    old, new = publication.documents.all()
    publication.documents.filter(pk=old.pk).update(replaced_on=date(2024, 5, 2), note="Table 3 corrected")
    publication.documents.filter(pk=new.pk).update(version=2, added_on=date(2024, 5, 2))
    page = read(client, publication)
    assert text(page, "details .meta li") == ["Version 1, replaced on 2 May 2024. Table 3 corrected"]
    assert "version 2, 2 May 2024" in text(page, ".file .meta")[0]


# ---------- Languages ----------


def test_a_record_in_one_other_language_says_so_and_marks_its_words(client):
    page = read(client, factories.publication("", title_es="Protección social", original_language="es"), "fr")
    assert text(page, ".notice") == ["Cette fiche n’existe qu’en espagnol."]
    (title,) = page.cssselect("h1")
    assert (title.get("lang"), title.get("dir")) == ("es", "ltr")


def test_a_record_in_two_other_languages_names_them_both(client):
    publication = factories.publication("One", title_es="Uno")
    assert text(read(client, publication, "fr"), ".notice") == [
        "Cette fiche existe en anglais et en espagnol, pas encore en français."
    ]


def test_an_abstract_in_another_language_is_said_and_marked_apart_from_the_title(client):
    page = read(client, factories.publication("One", title_fr="Un", abstract_en="About it."), "fr")
    assert text(page, ".notice") == ["Le résumé n’existe qu’en anglais."]
    assert page.cssselect("h1")[0].get("lang") is None
    assert page.cssselect("#abstract + [lang=en]")


def test_words_in_the_readers_language_carry_no_mark_and_no_notice(client):
    page = read(client, factories.publication("One", abstract_en="About it."))
    assert page.cssselect("h1")[0].get("lang") is None
    assert not page.cssselect(".notice")


def test_the_facts_say_how_far_each_translation_is(client):
    publication = factories.publication("One", title_fr="Un")
    TranslationState.objects.create(
        record=publication,
        language="fr",
        field="title",
        origin="machine",
        updated_at=datetime(2026, 1, 1, tzinfo=UTC),
        outdated_since=datetime(2026, 3, 3, tzinfo=UTC),
    )
    assert facts(read(client, publication))["Languages of this record"] == (
        "English: original French: translated by a machine, outdated since 3 March 2026 Spanish: not yet translated"
    )


def test_the_facts_say_when_the_document_is_not_in_the_readers_language(client):
    known = facts(read(client, factories.publication(languages=["en"]), "fr"))
    assert known["Langues du document"] == "Anglais. Pas encore en français."


# ---------- Facts ----------


def test_the_member_who_shared_it_is_named_only_if_they_agree(client, member):
    silent = factories.publication(owner=member, provenance="member", shows_owner=False)
    named = factories.publication(owner=member, provenance="member", shows_owner=True)
    assert facts(read(client, silent))["Shared by"].startswith("A member, ")
    assert facts(read(client, named))["Shared by"].startswith(f"{member.display_name}, ")


def test_the_licence_leads_to_its_text(client):
    page = read(client, factories.publication())
    assert page.cssselect("a[rel~=license]")[0].get("href") == "https://creativecommons.org/licenses/by/4.0/"


def test_the_permanent_address_and_its_qr_code_are_shown(client):
    publication = factories.publication()
    page = read(client, publication)
    assert page.cssselect(f'a[href="/p/p{publication.pk}"]')
    assert page.cssselect('a[href$="/qr.svg"]')


# ---------- Who may read ----------


@pytest.mark.parametrize("status", ["draft", "in_review", "changes_asked"])
def test_an_unpublished_record_does_not_exist_for_a_stranger(client, member, other_member, status):
    publication = factories.publication(status=status, published_at=None, owner=member)
    client.force_login(other_member)
    read(client, publication, status=404)


def test_its_owner_reads_it_and_is_told_that_others_do_not(client, member):
    publication = factories.publication(status="in_review", published_at=None, owner=member)
    client.force_login(member)
    assert text(read(client, publication), ".notice--warn") == [
        "In review Only its owner and the editors see this page."
    ]


def test_a_withdrawn_record_answers_410_with_reason_and_day(client):
    withdrawn = factories.publication(
        status="withdrawn", withdrawn_at=datetime(2026, 3, 3, tzinfo=UTC), withdrawal_reason="Replaced."
    )
    page = read(client, withdrawn, status=410)
    assert "This record was withdrawn on 3 March 2026." in text(page, ".lead")
    assert "Replaced." in page.text_content()


# ---------- Counting, cost ----------


def test_a_view_is_counted_whether_or_not_the_reader_is_signed_in(client, member):
    publication = factories.publication()
    client.get(publication.get_absolute_url(), headers={"User-Agent": "Mozilla/5.0"})
    client.force_login(member)
    client.get(publication.get_absolute_url(), headers={"User-Agent": "Another Mozilla/5.0"})
    publication.refresh_from_db()
    assert publication.view_count == 2


def _rich(number):
    return factories.publication(
        "Title",
        title_fr="Titre",
        authors=[(f"Author {n}", "A") for n in range(number)],
        organisations=[factories.organisation(f"Organisation {n}") for n in range(number)],
        files=[stored_file("pdf") for _ in range(number)],
    )


@pytest.mark.parametrize("number", [1, 20])
def test_ten_queries_however_much_there_is_to_show(client, django_assert_max_num_queries, settings, number):
    publication = _rich(number)
    ContentType.objects.get_for_model(publication)
    settings.PAGE_CACHE_SECONDS = 0
    read(client, publication)  # this reader's visit is counted
    caches["cards"].clear()
    with django_assert_max_num_queries(10):
        read(client, publication)


# ---------- As plain text ----------


def test_the_text_has_an_anchor_for_each_page_and_says_its_language(client):
    file = stored_file("pdf", text="First page.")
    PageText.objects.create(file=file, number=2, text="Second page.")
    publication = factories.publication(files=[file])
    page = html.fromstring(client.get(f"{publication.get_absolute_url()}text/").content.decode())
    assert text(page, "#page-2 [lang=en]") == ["Second page."]


def test_without_text_there_is_no_such_page_and_no_link_to_it(client):
    publication = factories.publication(files=[stored_file("csv")])
    assert client.get(f"{publication.get_absolute_url()}text/").status_code == 404
    assert not read(client, publication).cssselect('a[href$="/text/"]')


def test_the_text_of_a_withdrawn_record_is_gone_too(client):
    withdrawn = factories.publication(
        status="withdrawn", withdrawn_at=datetime(2026, 3, 3, tzinfo=UTC), withdrawal_reason="Replaced."
    )
    assert client.get(f"{withdrawn.get_absolute_url()}text/").status_code == 410


def test_a_publisher_without_a_public_page_is_named_and_not_linked(client):
    hidden = factories.organisation("Ministry of Labour", status="draft", published_at=None)
    shown = factories.organisation("Fund")
    tree = read(client, factories.publication(organisations=[hidden, shown]))
    assert text(tree, ".detail__head .meta") == ["Ministry of Labour, Fund"]
    assert text(tree, ".detail__head .meta a") == ["Fund"]
