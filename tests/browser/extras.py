"""Records that the demonstration has no reason to hold: titles that try to break a layout. Older than all others, so
that they stand at the end of every list."""

from __future__ import annotations

from datetime import UTC, datetime

HOSTILE = {
    "zq-long-word": "Zqhostile " + "x" * 2000,
    "zq-long-title": "Zqhostile " + "a very long title that never ends and goes on " * 210,
    "zq-right-to-left": "Zqhostile الحماية الاجتماعية \u202eodd\u202c " + "شبكات الأمان الاجتماعي " * 40,
    "zq-marks": "Zqhostile " + "Z̸̡̛͕̣͎̟͍̈́̀̐̕a̵͇̖̜̓͝l̴̢̹̈́g̶̱̀o̶̢͠ " * 30,
    "zq-script": "Zqhostile <script>document.title='broken'</script><img src=x onerror=alert(1)>\"'><b>bold",
}


def add() -> None:
    """Runs inside the site's own process: `manage.py shell`."""
    from publications.models import Author, Publication
    from taxonomy.models import Country, Licence, PublicationType

    for slug, title in HOSTILE.items():
        made, is_new = Publication.objects.get_or_create(
            slug=slug,
            defaults={
                "title_en": title,
                "abstract_en": title,
                "journal": title[:300],
                "type": PublicationType.objects.order_by("position")[0],
                "licence": Licence.objects.order_by("position")[0],
                "languages": ["en"],
                "year": 1950,
                "status": "published",
                "published_at": datetime(1999, 1, 1, tzinfo=UTC),
            },
        )
        if is_new:
            Author.objects.create(publication=made, family=title[:120], given=title[:120])
            made.countries.set(Country.objects.all()[:30])
            made.tags.set([title[:100]])
