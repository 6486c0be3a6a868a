"""A document is played: each of its commands is run, in order, as whoever reads it would."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Collection, Sequence

from . import options
from .elsewhere import ENDS_OTHERWISE, not_run
from .reading import Block, Document, Fault
from .shell import LANGUAGES, Command, commands
from .things import provide, put_in
from .workplace import Done, NotServing, Workplace

PROGRAMS = {
    *("python", "python3", "mingshi", "pybabel", "pytest", "ruff", "mypy"),
    *(".venv/bin/python", ".venv/bin/mingshi", "."),
    *("cd", "export", "mkdir", "cp", "ls", "cat", "echo", "head", "tail", "sha256sum"),
}
"""What may be run. Anything else is fetched, installed or does harm, and has to be looked at."""

_EXTRA_MISSING = "does not provide the extra"


class Player:
    """Plays documents.

    Args:
        place: Where.
        database: Makes a PostgreSQL database and gives its URL.
        run_elsewhere: Commands that some block has; within a line they are not run again.
    """

    def __init__(
        self, place: Workplace, database: Callable[[], str], run_elsewhere: Collection[str] = ()
    ) -> None:
        self._place = place
        self._database = database
        self._run_already = set(run_elsewhere)
        self._output = ""

    def play(self, document: Document, *, begun: bool = False) -> list[Fault]:
        """Run every command of a document; what did not go as it should.

        Args:
            document: The page.
            begun: Leave out its first block, which another page has begun with.
        """
        faults: list[Fault] = []
        for block in with_commands(document)[begun:]:
            faults += self._block(block, document)
            for shown in document.blocks:
                if shown.shows is block and (problem := unlike(shown.text, self._output)):
                    faults.append(shown.fault(problem))
        for block in mentioned(document):
            if block.text not in self._run_already:
                # What a line mentions does not stand on what another made.
                with self._place.aside():
                    faults += self._block(block, document)
        return [*faults, *(Fault(document.name, 1, it) for it in self._place.close())]

    def _block(self, block: Block, document: Document) -> list[Fault]:
        faults = []
        well = True
        for command in commands_of(block):
            self._run_already.add(command.text)
            if command.after and not well:
                continue
            try:
                problem = self._command(command, document)
            except (NotServing, OSError, ValueError, LookupError) as error:
                problem = f"`{command.text}`: {error}"
            well = problem is None
            if problem is not None:
                faults.append(block.fault(problem, command.line))
        return faults

    def _command(self, command: Command, document: Document) -> str | None:
        """Run one, or hold what can be held of it; what is wrong."""
        entry = not_run(command)
        if entry is not None:
            problem = entry.check(command, document, self._place)
            return problem and f"`{command.text}`: {problem}"
        if command.block.language == "bat" or command.words[0] not in PROGRAMS:
            return (
                f"`{command.text}` is neither run here nor held in another way: add it to PROGRAMS"
                " in tests/documents/playing.py or to NOT_RUN in elsewhere.py"
            )
        if command.words[0].endswith("mingshi") and (wrong := options.problem(command.words)):
            return f"`{command.text}`: {wrong}"
        return self._run(command.text, command.output)

    def _run(self, text: str, output: str | None = None) -> str | None:
        provide(self._place, text)
        typed = put_in(self._place, text, self._database)
        name = options.serving(shlex.split(text))
        if name is not None:
            self._place.serve(name, options.on_a_free_port(name, typed))
            return None
        done = self._place.run(typed)
        self._output = done.output
        return _problem(text, done) or (unlike(output, done.output) if output is not None else None)


def is_whole(text: str) -> bool:
    """Whether code within a line is a command of ``mingshi`` that can be run as it stands."""
    if not text.startswith("mingshi ") or re.search(r"[…<]|\b[A-Z]{3,}\b", text):
        return False
    return options.complaint(shlex.split(text)) is None


def unlike(shown: str, printed: str) -> str | None:
    """How an output differs from what is shown of it; None if it does not.

    ``…`` stands for anything within a line; alone in a line, for any lines.
    """
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else _line(line) for line in shown.rstrip().splitlines()
    )
    if re.fullmatch(pattern, _trimmed(printed)):
        return None
    return f"the output is another. Shown:\n{shown}\nPrinted:\n{printed}"


def _line(line: str) -> str:
    return ".*".join(map(re.escape, line.rstrip().split("…"))) + r"\n"


def _trimmed(printed: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())


def _problem(text: str, done: Done) -> str | None:
    wanted = ENDS_OTHERWISE.get(text, 0)
    if done.status != wanted:
        return f"`{text}` ended with status {done.status}, not {wanted}: {done.said}"
    if _EXTRA_MISSING in done.errors:
        return f"`{text}`: {done.errors.strip()}"
    return None


def commands_of(block: Block) -> Sequence[Command]:
    """The commands of a block, whichever shell it is for."""
    if block.language == "bat":
        lines = enumerate(block.text.splitlines(), start=1)
        return [Command(block, number, line.strip()) for number, line in lines if line.strip()]
    return commands(block) if block.language in LANGUAGES else []


def with_commands(document: Document) -> list[Block]:
    """The blocks that have commands."""
    return [block for block in document.blocks if commands_of(block)]


def mentioned(document: Document) -> list[Block]:
    """Whole commands within lines, each as a block of its own."""
    return [
        Block(document.name, code.line, "sh", code.text)
        for code in document.codes
        if is_whole(code.text)
    ]


def every_command(documents: Sequence[Document], *, lines: bool = False) -> set[str]:
    """The commands of all blocks; with those within lines if that is asked for."""
    return {
        command.text
        for page in documents
        for block in (*page.blocks, *(mentioned(page) if lines else ()))
        for command in commands_of(block)
    }
