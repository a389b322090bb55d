import pytest

from files.reading.guesses import Line, Said, guesses, is_title
from files.reading.languages import language_of
from files.reading.opening import read
from files.reading.people import people_in, people_on
from tests.files import making

WORDS = {
    "en": "Social protection reaches the people who need it most when the registers are open and the rules simple. ",
    "fr": "La protection sociale atteint les personnes qui en ont le plus besoin lorsque les règles sont simples. ",
    "es": "La protección social llega a las personas que más la necesitan cuando las reglas son sencillas y claras. ",
    "pt": "A proteção social chega às pessoas que mais precisam dela quando as regras são simples. ",
    "sw": "Hifadhi ya jamii huwafikia watu wanaoihitaji zaidi wakati sheria ni rahisi na wazi kwa wote. ",
    "id": "Perlindungan sosial menjangkau orang yang paling membutuhkan apabila aturannya sederhana dan jelas. ",
    "vi": "An sinh xã hội đến được với những người cần nhất khi các quy định đơn giản và rõ ràng cho mọi người. ",
    "ru": "Социальная защита доходит до людей, которые в ней больше всего нуждаются, когда правила просты. ",
    "ar": "تصل الحماية الاجتماعية إلى الأشخاص الذين هم في أمس الحاجة إليها عندما تكون القواعد بسيطة وواضحة للجميع. ",
    "hi": "सामाजिक सुरक्षा उन लोगों तक पहुँचती है जिन्हें इसकी सबसे अधिक आवश्यकता है जब नियम सरल और स्पष्ट हों। ",
    "bn": "সামাজিক সুরক্ষা সেই মানুষদের কাছে পৌঁছায় যাদের এটি সবচেয়ে বেশি প্রয়োজন যখন নিয়মগুলি সহজ এবং স্পষ্ট হয়। ",
    "zh": "当规则简单明了并且登记对所有人开放时，社会保护才能惠及最需要帮助的人，这是各国政府共同的责任。",
}


def report(title="Cash for Care in Africa", lines=(), *, meta="", author="", language="en"):
    document = making.FPDF()
    document.set_title(meta)
    document.set_author(author)
    document.add_page()
    for size, text in ((9, "International Labour Office"), (26, title), *((11, line) for line in lines)):
        document.set_font("Helvetica", size=size)
        document.multi_cell(0, size / 2, text, new_x="LMARGIN", new_y="NEXT")
    document.set_font("Helvetica", size=11)
    document.multi_cell(0, 6, WORDS[language] * 4)
    return bytes(document.output())


@pytest.fixture
def guessed(tmp_path):
    def guess(content):
        path = tmp_path / "nameless"
        path.write_bytes(content)
        return read(path).guesses

    return guess


# ---------- Title ----------


def test_the_title_is_what_stands_largest_on_page_one_over_as_many_lines_as_it_takes(guessed):
    title = "Universal Child Benefits and the Long Road from Pilot to Policy in Eleven Countries"
    assert guessed(report(title))["title"] == title


@pytest.mark.parametrize("meta", ["Microsoft Word - draft3.doc", "untitled", "v2.indd", "PowerPoint Presentation"])
def test_a_title_that_a_program_wrote_is_passed_over(guessed, meta):
    assert guessed(report(meta=meta))["title"] == "Cash for Care in Africa"


def test_an_embedded_title_that_page_one_says_too_is_taken(guessed):
    assert (
        guessed(report("CASH FOR CARE IN AFRICA", meta="Cash for care in Africa"))["title"] == "Cash for care in Africa"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("Microsoft Word - Document1", "Untitled", "report-final.docx", "scan 0012", "2019", "Document2", ""),
        *("20190312 100233", "Contents", "habibi", "Presentación de PowerPoint", "Sans titre 1", "•••• ••••"),
    ],
)
def test_names_of_files_and_words_of_programs_are_no_titles(text):
    assert not is_title(text)


@pytest.mark.parametrize("text", ["World Bank 2019: Cash", "Réforme", "社会保护", "10 lessons on pensions", "UNICEF"])
def test_other_words_are(text):
    assert is_title(text)


def test_a_page_all_in_one_size_has_no_title(guessed):
    assert "title" not in guessed(making.pdf("One line\nAnother line\nA third"))


# ---------- Authors ----------


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Ana García López; Okello, Peter", [("López", "Ana García"), ("Okello", "Peter")]),
        ("Jean de la Fontaine and Mary Smith", [("de la Fontaine", "Jean"), ("Smith", "Mary")]),
        ("Ana Silva, Bo Li, Chi Wu", [("Silva", "Ana"), ("Li", "Bo"), ("Wu", "Chi")]),
        ("Mohamed Ali ZORGATI", [("ZORGATI", "Mohamed Ali")]),
        ("1671251", []),
        ("Microsoft Office User", []),
        ("python-docx", []),
        ("ysmith", []),
        ("微软用户", []),
        ("", []),
    ],
)
def test_a_field_of_authors_is_split_into_people(field, people):
    assert [(person["family"], person["given"]) for person in people_in(field)] == people


@pytest.mark.parametrize("line", ["Working paper no. 12", "of the people and by the people", "Geneva, 2019", "by 2030"])
def test_a_line_that_is_not_all_names_names_nobody(line):
    assert people_on(line) == []


def test_authors_printed_under_the_title_are_found(guessed):
    authors = guessed(report(lines=["By Ana García 1, Peter Okello 2 and Mary Smith*"]))["authors"]
    assert [person["family"] for person in authors] == ["García", "Okello", "Smith"]


# ---------- Year, abstract, numbers ----------


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["March 2018"], 2018),
        (["March 2018", "© World Bank Group 2019"], 2019),
        (["2010", "2012"], 2001),  # two on the cover: when it was made
        (["Pathways to 2050"], 2001),
        ([], 2001),
    ],
)
def test_the_year_is_that_of_the_copyright_or_the_cover_or_the_file(lines, year):
    text = "\n".join(lines)
    assert guesses(Said(created="D:20010203"), [text])["year"] == year


@pytest.mark.parametrize("heading", ["Abstract", "ABSTRACT:", "Résumé", "Resumen ejecutivo", "1. Executive Summary"])
def test_the_abstract_is_the_paragraph_under_its_heading_in_whole_sentences(heading):
    page = f"Title\n{heading}\n{WORDS['en'] * 3}And a half\nKeywords: cash, care\nIntroduction\nMore."
    assert guesses(Said(), [page])["abstract"] == (WORDS["en"] * 3).strip()


def test_a_table_of_contents_is_no_abstract():
    contents = "\n".join(["Executive summary", *(f"Chapter about things ........ {page}." for page in range(9))])
    assert "abstract" not in guesses(Said(), [contents])


def test_a_long_abstract_is_cut_at_a_sentence():
    abstract = guesses(Said(), ["Abstract\n" + WORDS["en"] * 200])["abstract"]
    assert len(abstract) <= 2500
    assert abstract.endswith("simple.")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/182.", "10.1000/182"),
        ("DOI: 10.1016/S0140-6736(05)67889-0", "10.1016/S0140-6736(05)67889-0"),
        ("(doi:10.1000/182)", "10.1000/182"),
        ("version 10.4000/12", None),
    ],
)
def test_a_printed_doi_is_found_without_what_stands_around_it(text, doi):
    assert guesses(Said(), [text]).get("doi") == doi


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("ISBN 978-92-2-031948-0 (print)", None),
        ("ISBN: 978-3-16-148410-0 (web pdf)", "9783161484100"),
        ("ISBN-10: 0-306-40615-2", "0306406152"),
    ],
)
def test_an_isbn_counts_where_its_check_digit_agrees(text, isbn):
    assert guesses(Said(), [text]).get("isbn") == isbn


# ---------- Language ----------


@pytest.mark.parametrize("language", WORDS)
def test_the_language_is_told_from_the_words_and_always_the_same(language):
    assert {language_of(WORDS[language] * 4) for _ in range(3)} == {language}
    assert language_of(WORDS[language].upper() * 4) == language


@pytest.mark.parametrize(
    "text", ["", "Cash", "12345 " * 100, "Der Sozialschutz erreicht die Menschen, die ihn am meisten brauchen. " * 5]
)
def test_little_text_and_other_languages_get_no_guess(text):
    assert language_of(text) == ""


# ---------- Office ----------

CORE = (
    '<c xmlns:dc="urn:dc" xmlns:t="urn:t"><dc:title>{title}</dc:title><dc:creator>Ana Silva;Bo Li</dc:creator>'
    "<t:created>2019-05-01T00:00:00Z</t:created><dc:language>fr-CA</dc:language></c>"
)


def test_an_office_document_says_who_wrote_it_and_when(guessed):
    found = guessed(making.office("docx", {"docProps/core.xml": CORE.format(title="Pensions for all")}))
    assert found == {
        "title": "Pensions for all",
        "authors": [{"family": "Silva", "given": "Ana"}, {"family": "Li", "given": "Bo"}],
        "year": 2019,
        "language": "fr",
    }


def test_the_paragraph_styled_as_title_counts_more_than_a_forgotten_property(guessed):
    main = (
        '<w:d xmlns:w="urn:w"><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:t>Cash for </w:t><w:t>Care</w:t></w:p>'
        "<w:p><w:t>Other words</w:t></w:p></w:d>"
    )
    found = guessed(making.office("docx", {"docProps/core.xml": CORE.format(title="Old template")}, main=main))
    assert found["title"] == "Cash for Care"


def test_guesses_stay_small_whatever_a_file_says():
    said = Said(title="Long words " * 9000, authors=["Ana Silva; " * 9000], first_page=[Line("word " * 9000, 9)] * 99)
    found = guesses(said, ["Abstract " + "Word. " * 90_000, "10.1000/" + "9" * 9000])
    assert len(repr(found)) < 6000
