"""What a program sees in a page that is open."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

SIDEWAYS = "document.scrollingElement.scrollWidth - window.innerWidth"
INLINE = """() => {
  const isData = script => script.type.startsWith('application/') && script.type.endsWith('json');
  const bad = [...document.querySelectorAll('script:not([src])')].filter(script => !isData(script));
  const styled = [...document.querySelectorAll('style, [style]')];
  const handlers = [...document.querySelectorAll('*')]
      .filter(e => [...e.attributes].some(a => /^on/.test(a.name) || /^\\s*javascript:/i.test(a.value)));
  return [...bad, ...styled, ...handlers].map(e => e.outerHTML.slice(0, 160));
}"""
# In each menu one entry at most is where the reader is, and "page" is said of that very page alone.
WRONGLY_CURRENT = """() => {
  const menus = [...document.querySelectorAll('nav')].filter(nav => nav.querySelectorAll('[aria-current]').length > 1);
  const pages = [...document.querySelectorAll('a[aria-current=page]')]
      .filter(a => new URL(a.href).pathname !== location.pathname);
  return [...menus, ...pages].map(e => e.outerHTML.slice(0, 160));
}"""
axe = Axe()


def violations(page: Any) -> list[str]:
    """What axe finds."""
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node['target']}" for one in found for node in one["nodes"]]
