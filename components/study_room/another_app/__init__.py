"""Between two conditions of somebody who sees several."""

from .another_app import AnotherApp as AnotherApp
