"""The accent colour as a setting: the other accent tones follow from it (prototype tokens are those of ACCENT)."""

from __future__ import annotations

import colorsys

ACCENT = "#00645c"


def _tone(colour: str, *, lightness: float, saturation: float = 1.0) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, _, own = colorsys.rgb_to_hls(red, green, blue)
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, own * saturation))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, ground: str, *, step: float) -> str:
    """The nearest tone of a colour that can be read on a ground: 4.5 to 1 or more."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    lightness = colorsys.rgb_to_hls(red, green, blue)[1]
    while contrast(colour, ground) < 4.5 and 0 <= lightness + step <= 1:
        lightness += step
        colour = _tone(colour, lightness=lightness)
    return colour


def stylesheet(accent: str) -> str:
    """The tokens that differ from portal.css, light and dark."""
    light = {
        "accent": _readable(accent, "#e8f0ee", step=-0.02),
        "accent-deep": _tone(accent, lightness=0.13),
        "accent-mid": _tone(accent, lightness=0.45, saturation=0.5),
        "accent-soft": _tone(accent, lightness=0.74, saturation=0.5),
        "accent-wash": _tone(accent, lightness=0.91, saturation=0.5),
    }
    dark = {
        "accent": _readable(_tone(accent, lightness=0.63, saturation=0.6), "#172120", step=0.02),
        "accent-deep": _tone(accent, lightness=0.8, saturation=0.6),
        "accent-mid": _tone(accent, lightness=0.4, saturation=0.5),
        "accent-soft": _tone(accent, lightness=0.28, saturation=0.5),
        "accent-wash": _tone(accent, lightness=0.13, saturation=0.5),
        "on-accent": _tone(accent, lightness=0.07),
    }
    rules = ["".join(f"--{name}:{value};" for name, value in tones.items()) for tones in (light, dark)]
    return (
        f":root{{{rules[0]}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{rules[1]}}}}}"
        f":root[data-theme=dark]{{{rules[1]}}}"
    )
