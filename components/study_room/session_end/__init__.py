"""The end of a session, with the code to keep."""

from .session_end import Ending as Ending
from .session_end import SessionEnd as SessionEnd
