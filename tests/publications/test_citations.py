import re

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publications.citations import citations, csl_item, styled
from tests import factories

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script> & \\LaTeX {$x_1$} 100% #1 ~ ^ \"q\" 'q' 🌍\nnew\tline \u202eabc"
TYPES = (
    *("report", "document", "article-journal", "book", "chapter", "paper-conference", "thesis", "speech", "periodical"),
    *("graphic", "song", "motion_picture", "dataset", "webpage", "article", "post-weblog", "interview"),
)
BASE = "https://portal.example"


def item(**fields):
    return csl_item(factories.publication(**fields), base=BASE)


def text(style, language="en", **fields):
    return citations(item(**fields), language)[style].text


def test_an_item_names_people_in_order_and_keeps_particles_with_the_family_name():
    found = item(authors=[("de la Cruz", "María José"), ("Öğüt", "Ç."), ("Plato", "")])
    assert found["author"] == [
        {"family": "de la Cruz", "given": "María José"},
        {"family": "Öğüt", "given": "Ç."},
        {"family": "Plato"},
    ]


def test_organisations_stand_as_authors_where_nobody_is_named():
    organisations = [factories.organisation("IPC-IG"), factories.organisation("UNICEF")]
    found = item(organisations=organisations)
    assert found["author"] == [{"literal": "IPC-IG"}, {"literal": "UNICEF"}]
    assert found["publisher"] == "IPC-IG; UNICEF"


def test_an_item_says_as_much_of_the_date_as_is_known():
    assert item(year=2019, month=2, day=3)["issued"] == {"date-parts": [[2019, 2, 3]]}
    assert item(year=2019, month=2)["issued"] == {"date-parts": [[2019, 2]]}
    assert item(year=2019)["issued"] == {"date-parts": [[2019]]}
    assert "issued" not in item(year=None)


def test_an_item_carries_the_permanent_address():
    publication = factories.publication()
    assert csl_item(publication, base=BASE)["URL"] == f"{BASE}/p/p{publication.pk}"


def test_an_item_takes_the_title_in_the_language_of_the_document():
    found = item(title="Cash transfers", title_es="Transferencias monetarias", original_language="es")
    assert (found["title"], found["language"]) == ("Transferencias monetarias", "es")


def test_the_address_of_a_doi_is_taken_for_the_doi():
    assert item(doi="https://doi.org/10.1234/abc")["DOI"] == "10.1234/abc"


def test_apa_of_a_report_with_organisations_names_them_once():
    organisations = [factories.organisation("IPC-IG"), factories.organisation("UNICEF")]
    cited = text("apa", title="Inventory of programmes", organisations=organisations)
    assert re.fullmatch(
        r"IPC-IG, & UNICEF\. \(2019\)\. Inventory of programmes\. https://portal\.example/p/p\d+", cited
    )


def test_apa_gives_initials_and_chicago_whole_given_names():
    fields = {"title": "Cash transfers in Kenya", "authors": [("van der Berg", "Sara Maria"), ("Smith", "John")]}
    assert text("apa", **fields).startswith("van der Berg, S. M., & Smith, J. (2019). Cash transfers in Kenya.")
    assert text("chicago", **fields).startswith(
        "van der Berg, Sara Maria, and John Smith. 2019. Cash Transfers in Kenya."
    )


def test_linking_words_are_in_the_language_of_the_reader():
    people = [("Ba", "Awa"), ("Diop", "Fatou")]
    assert text("apa", "fr", authors=people, year=None).startswith("Ba, A. et Diop, F. (s.\u00a0d.).")
    assert text("chicago", "es", authors=people).startswith("Ba, Awa y Fatou Diop. 2019.")
    assert text("plain", "fr", authors=people).startswith("Awa Ba et Fatou Diop. 2019.")


def test_a_publication_without_authors_is_cited_by_its_title_once():
    for style in ("apa", "chicago", "plain"):
        assert text(style, title="Nobody wrote this").count("Nobody") == 1


def test_a_video_is_called_what_it_is_in_its_own_language():
    kind = factories.publication_type("video", csl_type="motion_picture", label_en="Video", label_es="Vídeo")
    cited = text("apa", title="", title_es="Una cocina", original_language="es", type=kind, authors=[("Ba", "Awa")])
    assert cited.startswith("Ba, A. (2019). Una cocina [Vídeo]. ")
    assert text("apa", title="A kitchen", type=kind).startswith("A kitchen [Video]. (2019). ")


def test_what_it_is_is_said_once_where_nobody_is_named():
    kind = factories.publication_type("audio", csl_type="song", label_en="Audio")
    assert text("apa", "fr", title="A minute", type=kind).startswith("A minute [Audio]. (2019). http")


def test_the_month_is_told_of_an_issue_only():
    kind = factories.publication_type("journal-article", csl_type="article-journal")
    assert "February" in text("chicago", type=kind, journal="Review", month=2, authors=[("Ba", "Awa")])
    law = factories.publication_type("law", csl_type="document")
    for style in ("apa", "chicago", "plain"):
        assert "February" not in text(style, type=law, month=2, authors=[("Ba", "Awa")])


def test_a_publication_without_a_year_says_so():
    authors = [("Ba", "Awa")]
    assert "(n.d.)" in text("apa", year=None, authors=authors)
    assert "n.d." in text("chicago", year=None, authors=authors)
    assert "Retrieved" not in text("apa", year=None, authors=authors)


def test_an_article_names_its_journal_and_its_doi():
    kind = factories.publication_type("journal-article", csl_type="article-journal")
    cited = text("apa", type=kind, journal="Social Policy Review", doi="10.1/x", authors=[("Ba", "Awa")])
    assert cited.endswith("Social Policy Review. https://doi.org/10.1/x")


def test_a_title_that_asks_is_not_followed_by_a_full_stop():
    for style in ("apa", "chicago", "plain"):
        assert "?." not in text(style, title="Who pays?", authors=[("Ba", "Awa")])


def test_many_authors_are_cut_short():
    people = [(f"Family{number}", "Ann") for number in range(25)]
    assert "Family10" not in text("plain", authors=people)
    assert "et al." in text("chicago", authors=people)


@pytest.mark.parametrize("style", ["apa", "chicago", "plain"])
def test_a_hostile_record_is_text_in_every_style(style):
    found = item(
        title=HOSTILE, authors=[(HOSTILE, HOSTILE)], organisations=[factories.organisation(HOSTILE)], journal=HOSTILE
    )
    html = citations(found, "en")[style].html
    assert set(re.findall("<[^>]*>", html)) <= {"<i>", "</i>"}
    assert "&lt;/script&gt;" in html.lower()
    assert "\u202e" not in html
    assert "\n" not in html


def test_a_title_of_ten_thousand_letters_is_cited_whole():
    assert text("apa", title="word " * 2000, authors=[("Ba", "Awa")]).count("word") == 2000


@pytest.mark.parametrize("csl_type", TYPES)
def test_every_type_can_be_cited_in_every_language(csl_type):
    found = item(type=factories.publication_type(csl_type, csl_type=csl_type), authors=[("Ba", "Awa")])
    for language in ("en", "fr", "es", "ar"):
        for cited in citations(found, language).values():
            assert "transfers in kenya" in cited.text.lower()
            assert "Edition" not in cited.text
            assert "Preprint" not in cited.text


def test_citations_are_kept_until_what_they_say_changes():
    found = item(authors=[("Ba", "Awa")])
    first = citations(found, "en")["apa"].html
    assert len(caches["cards"]._cache) == 1
    assert citations(found, "en")["apa"].html == first
    assert len(caches["cards"]._cache) == 1
    assert "Sow" in citations(found | {"author": [{"family": "Sow"}]}, "en")["apa"].html


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@given(title=words, family=words, given=words)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_becomes_markup_or_breaks_a_style(title, family, given):
    found = {"id": "p1", "type": "report", "URL": f"{BASE}/p/p1", "language": "en", "issued": {"date-parts": [[2019]]}}
    found |= {"title": title, "author": [{"family": family, "given": given}]}
    for style in ("apa", "chicago"):
        assert set(re.findall("<[^>]*>", styled(found, style, "en"))) <= {"<i>", "</i>"}
