"""The broker of the embedded house: each message a file, there whole or not at all.

kombu makes a message's file under its final name and fills it afterwards. A worker that looks in between takes an empty
file, cannot read it and ends, and the whole demonstration with it.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        draft = Path(self.data_folder_out) / f".{name}"  # workers take no name that begins with a dot
        draft.write_text(dumps(payload))
        os.replace(draft, draft.with_name(name))


class Transport(filesystem.Transport):
    Channel = Channel
