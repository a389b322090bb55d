"""Whether duplicates are found by every title, wherever the records came from."""

from publications.models import Publication
from publications.titles import title_keys


def not_found_by_all_titles() -> list[str]:
    rows = Publication.objects.prefetch_related("title_keys")
    return [row.slug for row in rows if sorted(one.key for one in row.title_keys.all()) != sorted(title_keys(row))]
