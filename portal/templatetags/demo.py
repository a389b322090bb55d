from __future__ import annotations

from django import template

from portal.demo import people

register = template.Library()


@register.simple_tag
def demo_accounts() -> dict:
    """Who can sign in, with the password of all; nobody outside the demonstration."""
    accounts = people.accounts_to_show()
    return {"accounts": accounts, "password": people.PASSWORD} if accounts else {}
