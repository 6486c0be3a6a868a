"""What an observer sees beside a participant, and writes down."""

from .observer_desk import ObserverDesk as ObserverDesk
from .showing import DeskView as DeskView
from .showing import Standing as Standing
from .showing import clock_time as clock_time
from .words import Names as Names
from .words import done_when as done_when
