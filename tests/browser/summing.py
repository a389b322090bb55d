"""A webinar that is over, with a draft of its summary and the links of two panellists. Runs inside the process of the
site: `manage.py shell`."""

from __future__ import annotations

import json
from datetime import timedelta

SLUG = "zqsum-who-corrects-the-list"
HERE = f"/learn/webinars/{SLUG}"


def add() -> None:
    """Once. It is over for ten days, and late."""
    from django.utils import timezone

    from members.models import User
    from tests.browser.rooms import EDITOR
    from webinars import panel, summaries
    from webinars.models import Organiser, Panellist, Question, Webinar

    if Webinar.objects.filter(slug=SLUG).exists():
        return
    editor, starts_at = User.objects.get(email=EDITOR), timezone.now() - timedelta(days=10)
    texts = {"title_en": "Zqsum: who corrects the list", "title_fr": "Zqsum : qui corrige la liste"}
    ends_at = starts_at + timedelta(hours=1)
    times = {"starts_at": starts_at, "ends_at": ends_at, "published_at": starts_at, "zone": "UTC", "spoken": ["en"]}
    webinar = Webinar.objects.create(slug=SLUG, status="published", owner=editor, **texts, **times)
    Organiser.objects.create(webinar=webinar, user=editor)
    Question.objects.create(webinar=webinar, language="en", text="Zqsum: who pays for a correction?")
    people = [Panellist.objects.create(webinar=webinar, name=name) for name in ("Zqsum Rosa", "Zqsum Farah")]
    summaries.draft_summary(webinar=webinar, by=editor)
    links = [panel.send_link(panellist=one, email="zqsum@panel.example", language="en", by=editor) for one in people]
    panel.remark(link=links[0], language="en", paragraph="Zqsum: gone.", text="Zqsum: say it otherwise.")
    panel.agree(link=links[0], language="en", words=summaries.fingerprint(webinar.summary_post, "en"))
    panel.revoke(panellist=people[1], by=editor)


def tell() -> None:
    """Print where each page is, by its name, without language."""
    from webinars.models import Webinar

    webinar = Webinar.objects.get(slug=SLUG)
    first, last = webinar.panellists.all()
    mine, ended = (f"{HERE}/panel/{one.panel_links.get().key}/" for one in (first, last))
    found = {
        "panel": mine,
        "panel: question": f"{mine}questions/{webinar.questions.get().pk}/",
        "panel: summary": f"{mine}summary/fr/",
        "panel: over": ended,
        "summary of a webinar": f"{HERE}/edit/summary/",
        "link of a panellist": f"{HERE}/edit/panel/{first.pk}/link/",
    }
    print(json.dumps(found))
