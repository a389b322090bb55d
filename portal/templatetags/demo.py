from __future__ import annotations

from django import template

from portal.demo import people

register = template.Library()


@register.simple_tag
def demo_accounts() -> dict:
    """Who can sign in to staff's pages, with the password of all; nobody outside the demonstration."""
    accounts = [account for account in people.accounts_to_show() if account.is_staff]
    return {"accounts": accounts, "password": people.PASSWORD} if accounts else {}
