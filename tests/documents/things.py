"""What documented commands work on, and a reader would have: packs, keys, receipts, servers."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import httpx

from components.consent.clock import ManualClock
from components.consent.event import Cause, Target
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus
from components.endpoint.receipts.key_files import add_key, read_keys
from components.study.bots.personas import PERSONAS
from components.study.bots.session import Bot, BotClock, play
from components.study.bots.studies import UI
from components.study.carrying import zip_of
from components.study.folder import StudyFolder
from components.study.reading import load_study
from components.study.recorder import GivenConsent, Start
from components.study.words import Scope
from tests.consent.decisions import EPIAO_FOLDER, START, Decisions
from tests.databases.postgres import wait_until
from tests.endpoint.devices import batch
from tests.endpoint.officers import OfficerKeys
from tests.patience import PATIENCE
from tests.policy.lint.good_pack import GOOD
from tests.policy.small_pack import write
from tests.study.drawn import drawn
from tests.study.writing import PACKS, READY
from tests.verifying.receipts import NOW

from . import options
from .workplace import NotServing, Workplace

EXAMPLE = "https://consent.example"
"""The endpoint of the documents that is no machine of the reader's own."""

_PUT_IN = re.compile(
    rf"{re.escape(EXAMPLE)}|\bKID\b"
    r"|http://(?:127\.0\.0\.1|localhost):\d+"
    r"|postgresql\+psycopg://[\w.@:-]+/\w+"
    r"|(?<![\w.])/(?:var|srv|etc|opt)/[\w./-]+"
)
_SESSIONS = 6

_SCREEN = """\
import flet as ft


def main(page: ft.Page) -> None:
    page.title = "Notice"
    buttons = [ft.OutlinedButton(words, height=48) for words in ("Agree", "Do not agree")]
    page.add(ft.Text("May we use your location to find cinemas near you?"), *buttons)
"""


@dataclass(frozen=True)
class Thing:
    """Something that a command works on.

    Attributes:
        named: What in a command, or a block of Python, asks for it.
        path: Where it is then, from the working folder.
        make: Puts it there.
    """

    named: re.Pattern[str]
    path: str
    make: Callable[[Workplace, Path], None]


def provide(place: Workplace, text: str) -> None:
    """Make what a command or a script needs, and is not there yet."""
    for thing in THINGS:
        path = place.cwd / thing.path
        if thing.named.search(text) and not path.exists():
            thing.make(place, path)


def put_in(place: Workplace, text: str, database: Callable[[], str]) -> str:
    """A command with what the reader puts in: addresses, folders of the machine, a key's id.

    Args:
        place: Where it is run.
        text: The command.
        database: Makes a PostgreSQL database and gives its URL.

    Raises:
        NotServing: an address is one that nothing of the kit serves, or its server fails.
    """
    # In one go: what is put in is not looked at again.
    return _PUT_IN.sub(lambda found: _put(place, found[0], database), text)


def _put(place: Workplace, text: str, database: Callable[[], str]) -> str:
    if text == EXAMPLE:
        return _Consents(place).url
    if text == "KID":
        keys = sorted(read_keys(place.cwd / "keys"), key=lambda key: key.created)
        return keys[0].kid
    if text.startswith("http"):
        return _served(place, int(text.rpartition(":")[2]))
    if text.startswith("postgresql"):
        return database()
    inside = place.outside / text.lstrip("/")
    inside.parent.mkdir(parents=True, exist_ok=True)
    return str(inside)


def _served(place: Workplace, port: int) -> str:
    """The address of what serves on a port unless told otherwise."""
    for name in options.parsers():
        if options.default_port(name) == port:
            running = place.server(name) or place.serve(name, f"mingshi {name} --port 0")
            return running.url
    raise NotServing(f"nothing of the kit serves on port {port} by itself")


class _Consents:
    """An endpoint with a person's decisions, an officer, and keys that sign receipts."""

    def __init__(self, place: Workplace) -> None:
        self._folder = place.outside / "consent"
        running = place.server(EXAMPLE)
        if running is None:
            running = place.serve(EXAMPLE, self._begun())
        self.url = running.url

    def _begun(self) -> str:
        self._folder.mkdir()
        officers = OfficerKeys(self._folder, "li-na")
        (self._folder / "key").write_text(officers.keys["li-na"], encoding="utf-8")
        database = f"sqlite:///{self._folder / 'endpoint.sqlite3'}"
        keys = self._folder / "signing"
        return (
            f"mingshi endpoint --port 0 --database {database} --signing-keys {keys}"
            f" --officers {officers.path}"
        )

    def export(self) -> bytes:
        """What an officer exports, once what has arrived is in it."""
        key = (self._folder / "key").read_text(encoding="utf-8")
        found = b""

        def holds() -> bool:
            nonlocal found
            found = self._get("/v1/officer/export", key)
            return found.count(b"\n") > 1

        wait_until(holds)
        return found

    def receipt(self) -> bytes:
        """The signed receipt of a consent, which is among what has arrived."""
        person = Decisions()
        person.accepted_notice()
        given = person.given()
        person.withdrawn()
        subject = f"{self.url}/v1/subjects/{person.subject}"
        bearer = {"authorization": f"Bearer {person.secret}"}
        sent = httpx.post(
            f"{subject}/events", json=batch(person.made), headers=bearer, timeout=PATIENCE
        )
        sent.raise_for_status()
        return self._get(f"/v1/subjects/{person.subject}/receipts/{given.event_id}", person.secret)

    def _get(self, path: str, key: str) -> bytes:
        answer = httpx.get(
            f"{self.url}{path}", headers={"authorization": f"Bearer {key}"}, timeout=PATIENCE
        )
        answer.raise_for_status()
        return answer.content


def _receipt(place: Workplace, path: Path) -> None:
    path.write_bytes(_Consents(place).receipt())


def _export(place: Workplace, path: Path) -> None:
    consents = _Consents(place)
    if not (place.cwd / "receipt.jws").exists():
        consents.receipt()
    path.write_bytes(consents.export())


def _keys(place: Workplace, path: Path) -> None:
    add_key(path, NOW)


def _officers(place: Workplace, path: Path) -> None:
    OfficerKeys(path.parent, "li-na")


def _ledger(place: Workplace, path: Path) -> None:
    ledger = Ledger(path, clock=ManualClock(START))
    target = Target.parse("permission:location")
    ledger.append(Draft(target, ConsentStatus.REFUSED, Cause.OPERATING_SYSTEM))
    ledger.close()


def _pack(place: Workplace, path: Path) -> None:
    """A pack that can be published, with the versions that the pages speak of."""
    old, new, newest = "2021-11-01", "2026-01-01", "2027-01-01"
    files = {name.replace(old, new): text.replace(old, new) for name, text in GOOD.items()}
    entry = f'[[versions]]\nid = "{newest}"\nchange = "editorial"\n'
    for name in ("published", "effective"):
        entry += f"{name} = {newest}\n"
    files["pack.toml"] = files["pack.toml"].replace("[rules]", f"{entry}\n[rules]")
    again = {name.replace(new, newest): text for name, text in files.items() if new in name}
    write(path, {**files, **again})


def _text(place: Workplace, path: Path) -> None:
    """A policy as a text processor has it."""
    policy = docx.Document()
    policy.add_heading("隐私政策", 0)
    policy.add_heading("一、我们收集的信息", 1)
    policy.add_paragraph("您下单时，我们收集您的手机号。")
    policy.save(str(path))


def _policy(place: Workplace, path: Path) -> None:
    shutil.copytree(EPIAO_FOLDER, path)


def _app(place: Workplace, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(_SCREEN, encoding="utf-8")


def _sessions(place: Workplace, path: Path) -> None:
    """As many bots as a shared table needs at least."""
    _took_part(StudyFolder(path.parent), range(_SESSIONS))


def _phones(place: Workplace, path: Path) -> None:
    """What one of two phones saved, on each of which half of those took part."""
    half = _SESSIONS // 2
    first = half * (int(path.stem[-1]) - 1)
    with tempfile.TemporaryDirectory() as phone:
        folder = shutil.copytree(place.cwd / "my-study", Path(phone, "study"))
        shutil.rmtree(folder / "sessions", ignore_errors=True)
        device = StudyFolder(folder)
        _took_part(device, range(first, first + half))
        path.write_bytes(zip_of(device))


def _took_part(folder: StudyFolder, numbers: range) -> None:
    study = load_study(READY / "layers.toml", PACKS)
    start = Start("2026-03-01", study.digest, "epiao@2021-11-01")
    consent = GivenConsent(1, frozenset({Scope.BEHAVIOUR, Scope.ANSWERS}))
    seats = folder.places(study)
    for number in numbers:
        clock = BotClock()
        recorder = folder.begin(
            seats[number].code,
            study=study,
            condition=dict(seats[number].conditions[0]),
            ui={**UI, "locale": "zh_Hans"},
            consent=consent,
            start=start,
            clock=clock,
        )
        bot = Bot(study, seats[number], PERSONAS[number], drawn(number))
        play(recorder, clock, bot.happenings())


THINGS = tuple(
    Thing(re.compile(named), path, make)
    for named, path, make in (
        (r"(?<!--into )(?<!new )(?<![\w/])my-pack\b", "my-pack", _pack),
        (r"\bpolicy\.docx\b", "policy.docx", _text),
        (r"\bmy_app\.screens\b", "my_app/screens.py", _app),
        (r"--officers officers\.toml\b", "officers.toml", _officers),
        (r"\bendpoint-keys\b.*\bkeys\b", "keys", _keys),
        (r"\breceipt\.jws\b", "receipt.jws", _receipt),
        (r"(?<![>] )\bexport\.ndjson\b", "export.ndjson", _export),
        (r"(?<![>] )\bconsent-events\.ndjson\b", "consent-events.ndjson", _export),
        (r"--pack policy/", "policy", _policy),
        (r"\bledger\.sqlite3\b", "ledger.sqlite3", _ledger),
        (r"\bphone-1\.zip\b", "phone-1.zip", _phones),
        (r"\bphone-2\.zip\b", "phone-2.zip", _phones),
        (r"\bstudy export\b.*\bmy-study\b", "my-study/sessions", _sessions),
    )
)
"""Each file and folder of the reader's own that the documents name."""
