from django import template

from notifications import wording

register = template.Library()
register.filter("reason_of_letter", wording.reason)
register.filter("kind_of_letter", wording.kind)
