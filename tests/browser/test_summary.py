"""From a webinar to its summary (J8): who came, what is owed, the panel's part by letter, two languages.

An editor says who came and brings what is missing, drafts the summary and writes to a guest of the panel, who answers,
remarks and agrees without an account; published in English and then in French, it is linked both ways, and whoever
asked is told once.
"""

from __future__ import annotations

from tests.browser import letters
from tests.browser.people import EDITOR, PHONE, follow, plays, press
from tests.browser.test_webinars import fill

SLUG = "registers-that-people-can-correct"
WEBINAR = f"/learn/webinars/{SLUG}/"
COMMUNITY = "/en/connect/communities/social-protection-in-crisis-contexts/"
REPORT = b"Name,Email,Minutes\nZq Rosa,zq-rosa@world.example,50\nZq Farah,zq-farah@world.example,20\n"
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:03.000\nZq who may say that a register is wrong?\n"


def ticks(editor) -> dict[str, str]:
    """What the board says of the webinar, by what it is about."""
    editor.open("/en/staff/webinars/?show=all")
    card = editor.page.locator("article.case", has=editor.page.locator(f"a[href='/en{WEBINAR}edit/summary/']"))
    lines = [line.inner_text().strip() for line in card.locator(".checks li").all()]
    return dict(line.split(": ", 1) for line in lines)


def counted(editor) -> list[str]:
    """What the open page says of registered, attended, live viewers and later views: a number or a dash."""
    cells = editor.page.locator("main table").first.locator("td.num").all()
    return [cell.inner_text().split("\n")[0].strip() for cell in cells]


def imports(editor, language: str) -> list[str]:
    """What is counted before and after a report is read, looked at and imported."""
    editor.open(f"/{language}{WEBINAR}edit/attendance/")
    file = {"name": "report.csv", "mimeType": "text/csv", "buffer": REPORT}
    editor.page.set_input_files("main [name=upload]", file)
    press(editor)
    follow(editor, editor.page.locator("main button[name=import]"))
    return counted(editor)


def brings_the_transcript(editor) -> None:
    editor.open(f"/en{WEBINAR}edit/files/")
    editor.page.check("main [name=kind][value=transcript]")
    fill(editor, language="en")
    file = {"name": "words.vtt", "mimeType": "text/vtt", "buffer": CAPTIONS}
    editor.page.set_input_files("main [name=upload]", file)
    press(editor)


def writes_to_a_guest(editor, address: str) -> None:
    editor.open(f"/en{WEBINAR}edit/panel/")
    fill(editor, name="Zq Guest", affiliation="A ministry")
    press(editor)
    follow(editor, editor.page.locator("main li", has_text="Zq Guest").locator("a.btn"))
    fill(editor, address=address, spoken="fr")
    press(editor)


def edit(editor) -> None:
    editor.open(f"/en{WEBINAR}edit/summary/")
    follow(editor, editor.page.locator("main a.btn[href*='/blogpost/']"))


def save(editor) -> None:
    """And come back to the webinar."""
    with editor.page.expect_navigation():
        editor.page.locator("[name=_save]").first.click()
    assert editor.path == f"/en{WEBINAR}edit/summary/"


def rewrite(editor, language: str, old: str, new: str) -> None:
    text = editor.page.locator(f"[name=body_{language}]").input_value()
    assert old in text
    put(editor, f"body_{language}", text.replace(old, new))


def put(editor, name: str, text: str) -> None:
    """Also where the tab of its language is closed."""
    editor.page.locator(f"[name={name}]").evaluate("(one, text) => { one.value = text }", text)


def takes_part(guest, site, address: str) -> None:
    """The panellist, in French, on a phone."""
    mail = letters.arrived(site, address)
    guest.open(letters.path_in(mail, "/panel/"))
    link = guest.path
    assert link.startswith("/fr/")
    while guest.page.locator("#waiting ~ ul a.btn").count():
        follow(guest, guest.page.locator("#waiting ~ ul a.btn").first)
        press(guest)
        assert guest.page.locator(".field--bad").count() == 1
        fill(guest, text="Zq it takes a month.")
        press(guest)
        assert guest.path == link
    follow(guest, guest.page.locator("#draft ~ ul a").first)
    place = guest.page.locator("#p1")
    place.locator("summary").click()
    place.locator("textarea").fill("Zq say how many came.")
    follow(guest, place.locator("button"))
    assert "Zq say how many came." in guest.page.inner_text("#p1")
    follow(guest, guest.page.locator("button[name=agree]"))
    assert guest.path == link


def brings_the_recording(editor) -> None:
    editor.open(f"/en{WEBINAR}edit/recordings/")
    fill(editor, language="en", link="https://youtu.be/igG7-9qcs5A", length="58:20")
    press(editor)


def test_who_came_is_counted_once_however_often_it_is_imported(visit, site):
    """By three editors, each in another language. A press of the recording is a later view and nothing else."""
    editors = {language: visit(role=EDITOR, language=language) for language in ("en", "fr", "es")}
    editor = editors["en"]
    editor.open(f"/en{WEBINAR}edit/attendance/")
    registered, attended, live, views = counted(editor)
    for language, one in editors.items():
        assert imports(one, language) == [registered, str(int(attended) + 2), str(int(live) + 2), views]
    assert (registered, views) == ("312", "–")
    brings_the_recording(editor)
    visitor = visit(language="fr", width=390, scripts=False, user_agent=PHONE)
    visitor.open(f"/fr{WEBINAR}")
    plays(visitor, visitor.page.locator("#recording .player a"))
    editor.open(f"/en{WEBINAR}edit/attendance/")
    assert counted(editor) == [registered, str(int(attended) + 2), str(int(live) + 2), "1"]


def test_a_webinar_becomes_a_summary_and_a_discussion(visit, site):
    editor, guest = visit(role=EDITOR), visit(language="fr", width=390, scripts=False)
    address = "zq-guest@panel.example"
    before = ticks(editor)
    assert before["Transcript"] == "missing in English"
    assert before["Questions and answers"].startswith("3 of 6")
    brings_the_transcript(editor)
    assert ticks(editor)["Transcript"] == "English"
    writes_to_a_guest(editor, address)
    editor.open(f"/en{WEBINAR}edit/summary/")
    press(editor)
    takes_part(guest, site, address)
    assert ticks(editor)["Questions and answers"] == "all 6 answered"
    editor.open(f"/en{WEBINAR}edit/summary/")
    page = editor.page.inner_text("main")
    assert "Zq say how many came." in page
    assert "Zq Guest agreed with this text on" in page
    published_in_english_then_in_french(editor)
    visitor = visit(language="fr", scripts=False)
    links_stand_both_ways(visitor)
    after = ticks(editor)
    assert after["Summary"] == "English, French, Spanish"
    assert after["In the community"] == "discussed"


def published_in_english_then_in_french(editor) -> None:
    """In English by one press, which takes the other languages out of the draft; they follow when they are written."""
    edit(editor)
    later = {code: editor.page.locator(f"[name=body_{code}]").input_value() for code in ("fr", "es")}
    titles = {code: editor.page.locator(f"[name=title_{code}]").input_value() for code in later}
    rewrite(editor, "en", "(Write here what was said.)", "Zq a list ages from its first day.")
    save(editor)
    assert "Nobody has written yet what was said: French and Spanish." in editor.page.inner_text("main")
    follow(editor, editor.page.locator("main button[name=publish]"))
    assert ticks(editor)["Summary"].startswith("English; missing in")
    edit(editor)
    for code, text in later.items():
        for said in ("(Écrivez ici ce qui a été dit.)", "(Escriba aquí lo que se dijo.)"):
            text = text.replace(said, f"Zq {code}: a list ages.")
        put(editor, f"title_{code}", titles[code])
        put(editor, f"body_{code}", text)
    save(editor)


def links_stand_both_ways(visitor) -> None:
    visitor.open(f"/fr{WEBINAR}")
    follow(visitor, visitor.page.locator("#summary ~ p a").first)
    assert "Zq fr: a list ages." in visitor.page.inner_text("main")
    assert visitor.page.locator(f"main a[href='/fr{WEBINAR}']").count()
    assert "Zq it takes a month." in visitor.page.inner_text("main"), "the questions are its comments"
    visitor.open(f"/fr{WEBINAR}")
    follow(visitor, visitor.page.locator("#summary ~ p a").last)
    assert "/connect/communities/" in visitor.path
    assert visitor.page.locator("[id^=post-]").count() >= 4
