"""Names that readers see and save under: safe on every system, and true about what is inside."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 160
MAX_BYTES = 240  # file systems take 255
# What people's names for files end in; a dot followed by anything else belongs to the name ("Vol. 2.1").
KNOWN_ENDING = re.compile(
    r"\.(?:pdf|docx|pptx|xlsx|csv|jpe?g|jpe|jfif|png|webp|gif|avif|tiff?|bmp|heic|mp3|m4a|ogg|oga|opus|wav|mp4|webm|weba|vtt"
    r"|doc|ppt|xls|docm|pptm|xlsm|od[tps]|txt|rtf|srt|tsv|zip|ogv|mov|mkv|avi"
    r"|exe|bat|cmd|com|scr|js|vbs|msi|sh|x?html?|svg|xml|php)$",
    re.IGNORECASE,
)
UNSAFE = re.compile(r'[<>:"/\\|?*]')  # on Windows; the slash everywhere


def clean_name(name: str, extension: str) -> str:
    """The last part of the name without what cannot be seen or kept, ending in `extension`."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode())
    name = re.split(r"[/\\]", name)[-1]
    # Control and format characters; among the latter those that turn the reading direction and so hide an ending.
    name = "".join(" " if char.isspace() else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    name = " ".join(UNSAFE.sub(" ", name).split())
    while (shorter := KNOWN_ENDING.sub("", name).rstrip(". ")) != name:
        name = shorter
    name = name.lstrip(". ")[: MAX_LENGTH - len(extension)]
    stem = name.encode()[: MAX_BYTES - len(extension)].decode("utf-8", "ignore")
    # An address of ours ends in preview.webp.
    stem = "picture" if (stem, extension) == ("preview", ".webp") else stem
    return f"{stem.rstrip('. ') or 'file'}{extension}"
