"""What the columns of attendance reports are called, in the tools and languages that our organisers use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webinars.models import AttendanceImport

Tool = AttendanceImport.Tool
# By what a column holds, as `plain` writes it.
CALLED = {
    "email": (
        *("email", "e mail", "user email", "email address", "e mail address", "mail"),
        *("adresse e mail", "adresse email", "courriel", "adresse de courriel", "adresse mail"),
        *("e mail de l utilisateur", "adresse e mail de l utilisateur"),
        *("correo", "correo electronico", "correo electronico del usuario", "direccion de correo electronico"),
    ),
    "name": (
        *("name", "full name", "user name", "username", "display name", "participant", "participant name", "attendee"),
        *("nom", "nom complet", "nom d utilisateur", "nom de l utilisateur", "nom affiche"),
        *("nombre", "nombre completo", "nombre de usuario", "participante"),
    ),
    "first": ("first name", "given name", "prenom"),
    "last": ("last name", "surname", "family name", "nom de famille", "apellido", "apellidos"),
    "joined": (
        *("join time", "joined", "join", "joined at", "first join", "first join time", "time joined", "started at"),
        *("heure d arrivee", "heure d entree", "heure de connexion", "arrivee", "premiere connexion"),
        *("premiere participation", "premiere arrivee", "hora de entrada", "hora de ingreso", "hora de union"),
        *("hora para unirse", "entrada", "primera entrada", "primera union", "primer acceso"),
    ),
    "left": (
        *("leave time", "left", "leave", "left at", "last leave", "last leave time", "time exited", "ended at"),
        *("heure de depart", "heure de sortie", "heure de deconnexion", "depart", "dernier depart", "derniere sortie"),
        *("hora de salida", "hora para salir", "salida", "ultima salida", "ultimo abandono"),
    ),
    "length": (
        *("duration", "in meeting duration", "time in session", "online time", "minutes", "seconds", "total duration"),
        *("attendance duration", "duree", "duree de participation", "duree dans la reunion", "temps de session"),
        *("duree de la session", "temps en ligne", "secondes", "duracion", "duracion en la reunion"),
        *("tiempo en la sesion", "tiempo en linea", "minutos", "segundos"),
    ),
    "attended": ("attended", "a participe", "a assiste", "present", "asistio", "ha asistido"),
    "waited": ("in waiting room", "dans la salle d attente", "en salle d attente", "en la sala de espera"),
}
CONCEPTS = {name: concept for concept, names in CALLED.items() for name in names}
# What stands in the lines above a table and would look like one.
ABOVE = {
    *("topic", "meeting id", "webinar id", "meeting title", "start time", "end time", "actual start time"),
    *("sujet", "id de reunion", "id de la reunion", "id du webinaire", "titre de la reunion"),
    *("tema", "id de la reunion", "id de reunion", "id del seminario web", "titulo de la reunion"),
}
TEAM = {"host", "hosts", "panelist", "panelists", "hote", "animateur", "paneliste", "panelistes", "anfitrion"} | {
    *("panelista", "panelistas"),
}
# Columns that only one tool writes.
SIGNS = (
    (Tool.ZOOM, ("name (original", "nom original", "nombre original", "time in session", "waiting room")),
    (Tool.ZOOM, ("recording consent", "registration time", "salle d'attente", "sala de espera")),
    (Tool.TEAMS, ("in-meeting duration", "participant id", "first join", "upn)")),
    (Tool.MEET, ("time exited", "time joined")),
    (Tool.BIGBLUEBUTTON, ("activity score", "webcam", "score d'activité", "puntuación de actividad")),
)
NO = {"no", "non", "false", "0", "n"}
YES = {"yes", "oui", "si", "true", "1", "y", "o", "s"}
_BRACKET = re.compile(r"\([^()]*\)")


def plain(cell: str) -> str:
    """Without accents, brackets and marks, in small letters."""
    bare = unicodedata.normalize("NFKD", _BRACKET.sub(" ", cell).casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", "".join(one for one in bare if not unicodedata.combining(one))).split())


@dataclass(frozen=True)
class Columns:
    """Where a table has what."""

    places: Mapping[str, int]  # by what a column holds
    width: int
    unit: int  # seconds that a bare number of its lengths stands for

    def of(self, cells: Sequence[str], what: str) -> str:
        place = self.places.get(what)
        return cells[place].strip() if place is not None and place < len(cells) else ""


def header(cells: Sequence[str]) -> Columns | None:
    """What a line says of the columns below it, if it does."""
    named = [plain(cell) for cell in cells]
    if ABOVE & set(named) or any("@" in cell for cell in cells):
        return None
    places: dict[str, int] = {}
    for place, name in enumerate(named):
        if concept := CONCEPTS.get(name):
            places.setdefault(concept, place)
    filled = sum(bool(name) for name in named)
    is_of_people = places.keys() & {"name", "first", "email"}
    if not is_of_people or (len(places) < 2 and filled > 1) or (filled == 1 and "email" not in places):
        return None
    return Columns(places, len(cells), _unit(cells[places["length"]]) if "length" in places else 60)


def _unit(cell: str) -> int:
    said = re.sub(r"[^a-z]+", " ", cell.casefold()).split()
    return 1 if any(word.startswith(("second", "segundo")) or word in ("sec", "s") for word in said) else 60


def tool_of(lines: str) -> Tool:
    """Which tool wrote the head of a table."""
    low = lines.casefold()
    return next((tool for tool, signs in SIGNS if any(sign in low for sign in signs)), Tool.OTHER)


def is_of_team(title: str) -> bool:
    """Whether a table lists those who ran it rather than those who came."""
    return bool(TEAM & set(plain(title).split()))
