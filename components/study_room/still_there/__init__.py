"""Is anybody still there?"""

from .still_there import StillThere as StillThere
