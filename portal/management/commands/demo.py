import os
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import tasks
from portal.demo import people, preparing, serving


class Command(BaseCommand):
    help = "Set up the demonstration and serve it until Ctrl-C: the web server with the worker beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")

    def handle(self, *args, port: int, host: str, **options) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration has accounts with a public password. Set PORTAL_DEMO=yes.")
        self.refuse_taken_port(host, port)
        household = serving.Household()
        serving.listen_for_stop()
        try:
            preparing.prepare(self.say)
            self.serve(household, host, port)
        except serving.Stop:
            self.say("\nStopping …")
        finally:
            household.stop()
        self.say("Stopped.")

    def serve(self, household: serving.Household, host: str, port: int) -> None:
        self.refuse_taken_port(host, port)  # asked again: preparing may take a minute
        address = f"http://localhost:{port}/"
        os.environ.setdefault("PORTAL_BASE_URL", address)  # for letters
        household.start(serving.commands(host, port))
        tasks.heartbeat.delay()  # readiness asks for a beat, and the schedule's first comes late
        died = household.watch(until=lambda: serving.answers(f"{address}healthz"))
        if not died:
            self.welcome(address)
            died = household.watch()
        raise CommandError(f"{died} ended by itself; its last words stand above. Everything else is stopped.")

    def refuse_taken_port(self, host: str, port: int) -> None:
        if not serving.port_is_free(host, port):
            raise CommandError(f"Port {port} is taken by another program. Choose another: make demo PORT={port + 1}")

    def welcome(self, address: str) -> None:
        self.say(f"\n  The portal is at   {address}")
        self.say(f"  Editors sign in at {address}en/staff/admin/")
        self.say(f"  as {people.ACCOUNTS[0].email}, password {people.PASSWORD}")
        self.say("  Ctrl-C stops everything.\n")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
