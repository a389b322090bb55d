from __future__ import annotations

import email
from email import policy

import pytest
from django.template import engines
from django.template.loaders.locmem import Loader

from notifications import registry, rendering, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def templates(monkeypatch):
    """Letters of this test's own."""
    engine = engines["django"].engine
    own: dict[str, str] = {}
    loaders = [Loader(engine, own), *engine.template_loaders]
    monkeypatch.setitem(engine.__dict__, "template_loaders", loaders)
    rendering._exists.cache_clear()
    yield own
    rendering._exists.cache_clear()


@pytest.fixture
def written(make_letter, templates):
    """A letter with this subject and text, as it goes over the line."""

    def write(text: str = "Hello.", subject: str = "A word", *, context: dict | None = None, **fields):
        templates["letters/test.txt"], templates["letters/test_subject.txt"] = text, subject
        letter = make_letter(template="test", context=context or {}, **fields)
        return email.message_from_bytes(rendering.paper_of(letter).text, policy=policy.default)

    return write


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


def test_a_letter_comes_as_text_and_as_html(written):
    message = written("Hello.\n\nSee {{ base_url }}{{ path }}", context={"path": "/en/x/"})
    assert "http://localhost:8000/en/x/" in text_of(message)
    assert 'href="http://localhost:8000/en/x/"' in html_of(message)


def test_names_stand_in_the_text_as_they_are_and_in_html_escaped(written):
    message = written("Dear {{ name }}", context={"name": "<b>O'Neil</b> & co"})
    assert "Dear <b>O'Neil</b> & co" in text_of(message)
    assert "<b>" not in html_of(message)
    assert "&lt;b&gt;O'Neil&lt;/b&gt; &amp; co" in html_of(message)


def test_a_name_with_a_new_line_makes_no_header(written):
    message = written(subject="About {{ name }}", context={"name": "me\r\nBcc: all@letters.example"})
    assert message["Subject"] == "About me Bcc: all@letters.example"
    assert message["Bcc"] is None


def test_an_address_with_a_new_line_is_not_written_to(written):
    with pytest.raises(ValueError, match="Invalid address"):
        written(address="a@letters.example\nBcc: b@letters.example")


def test_the_headers_say_that_a_program_wrote_it_and_which_letter_it_is(written):
    message = written()
    assert message["Auto-Submitted"] == "auto-generated"
    assert rendering.number_of(message["Message-ID"].strip("<>").partition("@")[0])
    assert message["Date"]
    assert "List-Unsubscribe" not in message


def test_a_letter_keeps_its_message_id(make_letter):
    letter = make_letter()
    assert rendering.paper_of(letter).message.message()["Message-ID"] == rendering.message_id(letter.pk)


def test_a_kind_that_may_be_declined_carries_the_link(written, monkeypatch):
    monkeypatch.setattr(registry, "_unsubscribe", [lambda letter: "/en/stop/x/"])
    message = written()
    assert message["List-Unsubscribe"] == "<http://localhost:8000/en/stop/x/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "http://localhost:8000/en/stop/x/" in text_of(message)
    assert "http://localhost:8000/en/stop/x/" in html_of(message)


def test_nobody_is_offered_to_decline_what_comes_always(make_letter):
    assert services.unsubscribe_link(make_letter()) is None


def test_who_wants_plain_text_gets_no_html(written, member, monkeypatch):
    monkeypatch.setattr(registry, "_plain_only", [lambda user: True])
    assert written(user=member).get_body(("html",)) is None


@pytest.mark.parametrize(("language", "words"), [("fr", "Confirmez"), ("es", "Confírmela"), ("en", "Confirm it")])
def test_a_letter_speaks_its_reader_s_language(make_letter, language, words):
    said = rendering.words_of(make_letter(language=language))
    assert words in said.text
    assert f'<html lang="{language}"' in said.html


def test_html_is_light_and_asks_nobody_for_anything(written):
    html = html_of(written("A paragraph of a letter. " * 200))
    assert len(html.encode()) < 30_000
    assert not [word for word in ("<img", "<link", "<script", "url(", "@import") if word in html]


def test_html_is_readable_in_the_dark_and_without_a_style_sheet(written):
    html = html_of(written())
    assert "prefers-color-scheme: dark" in html
    assert html.count("style=") > 5


def test_a_code_alone_on_its_line_stands_large(written):
    assert 'class="code"' in html_of(written("Your code:\n\n1234-5678\n\nIt lasts half an hour."))


def test_lines_with_dashes_are_a_list(written):
    assert html_of(written("New:\n\n- one\n- two")).count("<li") == 2


def test_a_mark_that_was_made_up_names_no_letter(make_letter):
    letter = make_letter()
    assert rendering.number_of(rendering.mark(letter.pk)) == letter.pk
    assert rendering.number_of(f"{letter.pk}.{'0' * 20}") is None


def test_each_letter_may_come_back_to_an_address_of_its_own(make_letter, settings):
    settings.PORTAL_BOUNCE_ADDRESS = "bounces@portal.example"
    letter = make_letter()
    paper = rendering.paper_of(letter)
    assert paper.sender == f"bounces+{rendering.mark(letter.pk)}@portal.example"
    assert paper.message.message()["From"] == f"Social Protection Portal <{settings.DEFAULT_FROM_EMAIL}>"
