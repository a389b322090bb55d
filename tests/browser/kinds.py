"""One address of every kind of page, found in the running site, so that no test hangs on one record of it."""

from __future__ import annotations

import json
from functools import cache

from tests.browser import gathering, rooms
from tests.browser.site import Site

MEDIA = ("report", "video", "audio", "dataset", "infographic", "web-page", "journal-article")
PUBLICATIONS = "/discover/publications/"
OVER = "/learn/webinars/registers-that-people-can-correct/"
POLL = "topics-of-the-gender-series"
WEBINAR = "bringing-gender-into-shock-responsive-social-protection"

# Kinds whose address is the same in every house.
FIXED = {
    "home": "/",
    "list": PUBLICATIONS,
    "list with filters": f"{PUBLICATIONS}?country=KE&country=IN&from=2000&q=children",
    "last page": f"{PUBLICATIONS}?page=12",
    "list without results": f"{PUBLICATIONS}?q=qzxjkw&country=KE",
    "all values": f"{PUBLICATIONS}values/country/",
    "search": "/search/?q=transferts+mon%C3%A9taires",
    "empty search": "/search/",
    "topics": "/discover/topics/",
    "topic": "/discover/topics/cash-transfers/",
    "glossary": "/discover/topics/glossary/",
    "countries": "/discover/countries/",
    "country": "/discover/countries/kenya/",
    "region": "/discover/regions/sub-saharan-africa/",
    "goal": "/discover/goals/1/",
    "target": "/discover/goals/1.3/",
    "stakeholders": "/discover/stakeholders/",
    "stakeholder": "/discover/stakeholders/ilo/",
    "blog": "/discover/blog/",
    "post": "/discover/blog/three-years-in-figures-and-what-they-do-not-say/",
    "post with a discussion": "/discover/blog/linking-humanitarian-cash-with-long-term-safety-nets/",
    "series of the blog": "/discover/blog/series/social-protection-for-employment/",
    "all series of the blog": "/discover/blog/series/",
    "news": "/discover/news/",
    "events": "/discover/events/",
    "past events": "/discover/events/?past=1&kind=call",
    "event": "/discover/events/sixty-third-session-commission-status-women/",
    "livestream": "/discover/events/two-days-on-payments-where-there-is-no-network/",
    "call": "/discover/events/call-for-case-studies-on-complaints/",
    "livestreams": "/learn/livestreams/?past=1",
    "members": "/connect/members/",
    "members of a country": "/connect/members/?country=KE",
    "webinars": "/learn/webinars/",
    "webinar": f"/learn/webinars/{WEBINAR}/",
    "questions of a webinar": f"/learn/webinars/{WEBINAR}/questions/",
    "registration": f"/learn/webinars/{WEBINAR}/register/",
    "registered": f"/learn/webinars/{WEBINAR}/registered/",
    "webinar that is over": OVER,
    "closed poll": f"/connect/surveys/{POLL}/",
    "all webinar series": "/learn/series/",
    "webinar series": "/learn/series/shock-responsiveness/",
    "time zone": "/time-zone/?next=/en/learn/webinars/",
    "communities": "/connect/communities/",
    "discussions": "/connect/discussions/",
    "code of conduct": "/about/conduct/",
    "privacy notice": "/about/privacy/",
    "terms": "/about/terms/",
    "account deleted": "/about/account-deleted/",
    "not found": "/no/such/page/",
    "styleguide": "/styleguide/",
    "sign-in": "/accounts/login/",
    "sign-in by code": "/accounts/login/code/",
    "forgotten password": "/accounts/password/reset/",
    "join": "/accounts/signup/?next=/en/discover/publications/",
    **{f"page for {code}": f"/styleguide/?page={code}" for code in ("403", "429", "500")},
}
# Pages of those who have signed in. The ones without an address here are about one record: tests/browser/rooms.py and
# tests/browser/gathering.py.
MEMBER = {
    "welcome": "/me/welcome/",
    "edit profile": "/me/profile/",
    "find an organisation": "/me/profile/organisations/?q=ilo",
    "organisation of mine": "/me/profile/organisations/ilo/",
    "messages": "/me/messages/",
    "notices": "/me/notices/",
    "what we send you": "/me/letters/",
    "my address": "/me/address/",
    "privacy": "/me/privacy/",
    "deletion": "/me/privacy/delete/",
    "addresses": "/accounts/email/",
    "password": "/accounts/password/change/",
    "second locks": "/accounts/2fa/",
    "sessions": "/accounts/sessions/",
    "sign out": "/accounts/logout/",
    "upload": "/discover/publications/upload/",
    "my contributions": "/me/contributions/",
    "standing": "/me/standing/",
    "write for the blog": "/discover/blog/submit/",
    "propose an event": "/discover/events/propose/",
    "new community": "/connect/communities/new/",
    "my communities": "/me/communities/",
    "my webinars": "/me/webinars/",
    "ask in a webinar": f"/learn/webinars/{WEBINAR}/questions/",
    "webinar that is live": f"/learn/webinars/{rooms.LIVE}/",
    **dict.fromkeys(
        (
            *("join a community", "leave a community", "invitation", "add a document", "decision about me"),
            *("start a discussion", "reply", "edit a post", "history of a post", "translate a post", "report a post"),
            *("own profile", "write", "block", "report a member", "message"),
            *("upload: file", "upload: details", "upload: check", "upload: discard"),
            *("contribution", "contribution that waits", "withdraw", "unpublished record"),
            *("registered for a webinar",),
        )
    ),
}
STAFF = {
    "review queue": "/staff/review/",
    "review queue without cases": "/staff/review/?who=mine&lang=es",
    "board of webinars": "/staff/webinars/",
    "all webinars that are over": "/staff/webinars/?show=all",
    "audit trail": "/staff/trail/",
    "outbox": "/staff/outbox/",
    "suspended addresses": "/staff/outbox/suspended/",
    "imports": "/staff/import/",
    "reports": "/staff/reports/",
    "webinar: questions": f"/learn/webinars/{WEBINAR}/edit/questions/",
    "webinar: streams": f"/learn/webinars/{WEBINAR}/edit/streams/",
    "moderation": "/connect/moderation/",
    "moderation log": "/connect/moderation/log/",
    **dict.fromkeys(("case", "case with the member", "late case", "letter", "import", "report on a member")),
    **dict.fromkeys(("webinar: question", "webinar: a report", "summary of a webinar", "link of a panellist")),
    "webinar: who came": f"{OVER}edit/attendance/",
    "webinar: a number": f"{OVER}edit/attendance/figures/",
    "webinar: feedback": f"{OVER}edit/feedback/",
    "series in numbers": "/learn/series/shock-responsiveness/figures/",
    "winners of a poll": f"/learn/series/gender-sensitive-social-protection/winners/{POLL}/",
}
# Whoever runs a community.
MODERATOR = {
    "queue of a moderator": "/connect/moderation/",
    "log of a moderator": "/connect/moderation/log/",
    **dict.fromkeys(
        (
            *("community: members", "community: somebody", "community: invite", "community: settings"),
            *("community: texts", "community: archive"),
            *("discussion with cases", "case with reports", "sanction"),
        )
    ),
}
STATUS = {"not found": 404, "withdrawn": 410, "panel: over": 410}
RECORDS = ("text edition", "withdrawn", "with translations", "profile", "stop letters", *MEDIA)
GATHERED = (
    *("community", "community: about", "community: documents", "community: document", "community: shelf"),
    *("community by request", "archived community", "discussion", "after a webinar"),
)
BY_LINK = ("panel", "panel: question", "panel: summary", "panel: over")
PUBLIC = (*FIXED, *RECORDS, *GATHERED, *BY_LINK)
KINDS = (*PUBLIC, *MEMBER, *MODERATOR, *STAFF)
# Whose pages are whose; all others are for anybody.
ROLES = {rooms.MEMBER: MEMBER, gathering.MODERATOR: MODERATOR, rooms.ADMINISTRATOR: STAFF}


def path_of(url: str, site: Site) -> str:
    """Without host and language."""
    return url.removeprefix(site.base).removeprefix("/en")


@cache
def records(site: Site) -> dict[str, str]:
    found = {}
    for kind in MEDIA:
        results = site.data(f"/en{PUBLICATIONS}?format=json&type={kind}")["results"]
        found[kind] = path_of(results[0]["url"], site)
    query = "from publications.models import Publication as P; print(*P.objects.filter({}).values_list('slug')[0])"
    slugs = {
        "text edition": "status='published', documents__file__page_texts__isnull=False",
        "withdrawn": "status='withdrawn'",
        "with translations": "status='published', title_fr__gt='', title_es__gt='', original_language='en'",
    }
    for kind, condition in slugs.items():
        found[kind] = f"{PUBLICATIONS}{site.run('shell', '-v', '0', '-c', query.format(condition)).split()[-1]}/"
    found["text edition"] += "text/"
    for house in ("rooms", "gathering", "summing"):
        told = site.run("shell", "-v", "0", "-c", f"from tests.browser import {house}; {house}.tell()")
        found |= json.loads(told)
    return found


def address(kind: str, site: Site) -> str:
    """Without language."""
    return (FIXED | MEMBER | MODERATOR | STAFF).get(kind) or records(site)[kind]


def role(kind: str) -> str | None:
    """The address of whoever sees it; None is anybody."""
    return next((role for role, theirs in ROLES.items() if kind in theirs), None)
