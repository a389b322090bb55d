"""Where people meet: a link, a room at Jitsi, a signed address at BigBlueButton; a real server's answers included."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests import factories
from webinars import providers
from webinars.models import Webinar
from webinars.providers import Guest, NoRoom

pytestmark = pytest.mark.django_db
Provider = Webinar.Provider
SECRET = "a shared secret"


class Server(BaseHTTPRequestHandler):
    """Answers as BigBlueButton does: it checks the checksum and says what came."""

    asked: list = []
    says = "SUCCESS"

    def do_GET(self):
        parts = urlsplit(self.path)
        query, _and, checksum = parts.query.rpartition("&checksum=")
        call = parts.path.rpartition("/")[2]
        is_signed = hashlib.sha256(f"{call}{query}{SECRET}".encode()).hexdigest() == checksum
        self.asked.append((call, dict(parse_qsl(query))))
        self.send_response(200)
        self.end_headers()
        code = self.says if is_signed else "FAILED"
        self.wfile.write(f"<response><returncode>{code}</returncode><message>said so</message></response>".encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    Server.asked, Server.says = [], "SUCCESS"
    made = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    settings.BIGBLUEBUTTON_URL = f"http://127.0.0.1:{made.server_port}/bigbluebutton/api"
    settings.BIGBLUEBUTTON_SECRET = SECRET
    yield made
    made.shutdown()
    made.server_close()


def test_rooms_are_offered_only_where_a_server_is_set(settings):
    assert [value for value, _label in providers.offered()] == ["link"]
    settings.JITSI_URL = "https://jitsi.example"
    assert [value for value, _label in providers.offered()] == ["link", "jitsi"]


def test_a_plain_link_is_the_same_for_everybody_and_missing_until_it_is_given():
    webinar = factories.webinar()
    with pytest.raises(NoRoom):
        providers.of(webinar).link(webinar, Guest("Rosa"))
    webinar.meeting_link = "https://meet.example/one"
    assert providers.of(webinar).link(webinar, Guest("Rosa")) == "https://meet.example/one"


def test_a_jitsi_room_has_a_name_that_nobody_guesses(settings):
    settings.JITSI_URL = "https://jitsi.example/"
    one, other = (factories.webinar(provider=Provider.JITSI) for _ in range(2))
    address = providers.of(one).link(one, Guest("Rosa & Co"))
    assert address == f"https://jitsi.example/{one.room}#userInfo.displayName=%22Rosa%20%26%20Co%22"
    assert one.room != other.room


@pytest.mark.parametrize(("runs_it", "role"), [(False, "VIEWER"), (True, "MODERATOR")])
def test_an_address_at_bigbluebutton_is_signed_and_says_who_runs_it(server, runs_it, role):
    webinar = factories.webinar(provider=Provider.BIGBLUEBUTTON)
    parts = urlsplit(providers.of(webinar).link(webinar, Guest("Rosa Quispe", runs_it=runs_it)))
    query, _and, checksum = parts.query.rpartition("&checksum=")
    assert dict(parse_qsl(query)) == {"fullName": "Rosa Quispe", "meetingID": webinar.room, "role": role}
    assert checksum == hashlib.sha256(f"join{query}{SECRET}".encode()).hexdigest()


def test_the_room_is_made_as_often_as_somebody_enters_with_the_same_words(server):
    webinar = factories.webinar(provider=Provider.BIGBLUEBUTTON)
    for _ in range(2):
        providers.of(webinar).open_room(webinar, "Gender and shocks")
    first, again = Server.asked
    assert first == again
    assert first[0] == "create"
    assert first[1]["name"] == "Gender and shocks"


@pytest.mark.parametrize("trouble", ["refused", "wrong secret", "away"])
def test_a_room_that_cannot_be_made_is_said_so(server, settings, trouble):
    webinar = factories.webinar(provider=Provider.BIGBLUEBUTTON)
    if trouble == "refused":
        Server.says = "FAILED"
    elif trouble == "wrong secret":
        settings.BIGBLUEBUTTON_SECRET = "another"
    else:
        settings.BIGBLUEBUTTON_URL = "http://127.0.0.1:1/bigbluebutton/api"
    with pytest.raises(NoRoom):
        providers.of(webinar).open_room(webinar, "Gender and shocks")
