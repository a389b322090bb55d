"""Whether search can answer."""


def check() -> str | None:
    return "not built yet"
