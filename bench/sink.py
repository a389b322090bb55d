"""A mail server that delivers to a file: one line for each letter it took, written before it says so.

python -m bench.sink FILE [PORT]      prints its port and serves until it is ended
"""

from __future__ import annotations

import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP, Envelope, Session


class Delivery:
    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        for address in envelope.rcpt_tos:
            os.write(self.file, f"{address}\n".encode())
        return "250 taken"


async def serve(path: str, port: str = "0") -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Delivery(path)), "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
