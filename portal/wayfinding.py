"""Help for a reader whose address leads nowhere: the words in it, and what search finds for them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from content.cards import kept_cards
from search import services
from search.query import Query
from search.store import IndexMissing

MOST_WORDS = 12
FOUND = 3
# Parts of addresses, ours and the former platform's, that say where something stood and not what it was.
PLACES = {
    *("discover", "learn", "connect", "search", "publications", "publication", "stakeholders", "institutions"),
    *("programme", "programmes", "blog", "events", "news", "communities", "community", "sources", "spec"),
    *("sites", "default", "files", "node", "index", "html", "htm", "php", "aspx", "pdf"),
}


def words_of(path: str) -> str:
    """The words of an address: `/discover/blog/south-africa%E2%80%99s-works` says “south africa works”."""
    languages = {code for code, _name in settings.LANGUAGES}
    found = re.findall(r"[^\W\d_]+", unquote(path).lower())
    telling = [word for word in found if len(word) > 1 and word not in PLACES and word not in languages]
    return " ".join(telling[:MOST_WORDS])


def found_for(words: str) -> list[SafeString]:
    """Cards of the first records that these words find. Without an index there are none."""
    if not words:
        return []
    try:
        hits = services.search(Query(text=words, size=FOUND, language=get_language() or "en")).hits
    except IndexMissing:
        return []
    return [card for hit in hits for card in kept_cards(hit.kind, [hit.pk]).values()]
