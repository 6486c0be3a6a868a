"""Officers of the tests: a file that lets them in, and their keys."""

from __future__ import annotations

from pathlib import Path

from components.endpoint.officer.key_command import entry, new_key


class OfficerKeys:
    """A file of officers and the key of each, by name."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.path = folder / "officers.toml"
        self.keys = {name: new_key() for name in names}
        self.path.write_text("\n".join(entry(*officer) for officer in self.keys.items()), "utf-8")

    def bearer(self, name: str = "li-na") -> dict[str, str]:
        return {"authorization": f"Bearer {self.keys[name]}"}
