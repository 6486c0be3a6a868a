"""How a session begins: by a code, or by a tap where nobody gives out codes."""

from .code_entry import CodeEntry as CodeEntry
from .code_entry import Trouble as Trouble
