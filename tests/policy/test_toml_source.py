"""Where each key of a TOML text stands."""

from __future__ import annotations

import pytest

from components.policy.toml_source import TomlPath, TomlSource, TomlSyntax

TEXT = '''\
# a comment with key = 1
top = 1
"quoted key" = 2
text = """
inside = 3
"""
after = """one line"""
list = [
    { a = 1 },
]

[table]
a.b = 1
a.c = 2

[[items]]
id = "x"

[[items.parts]]
n = 1

[[items.parts]]
n = 2

[items.extra] # said so
e = 1

[[items]]
id = "y"

[[ items . parts ]]
n = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("text",), 4),
        (("after",), 7),
        (("list",), 8),
        (("list", 0, "a"), 8),
        (("table",), 12),
        (("table", "a"), 13),
        (("table", "a", "b"), 13),
        (("table", "a", "c"), 14),
        (("items",), 16),
        (("items", 0), 16),
        (("items", 0, "id"), 17),
        (("items", 0, "missing"), 16),
        (("items", 0, "parts", 1), 22),
        (("items", 0, "parts", 1, "n"), 23),
        (("items", 0, "extra", "e"), 26),
        (("items", 1, "id"), 29),
        (("items", 1, "parts", 0, "n"), 32),
        (("inside",), 1),
        ((), 1),
    ],
)
def test_lines(path: TomlPath, line: int) -> None:
    assert TomlSource(TEXT).line(path) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\nb = 2 3\n", 2), ('a = 1\nb = """x\ny\n', 3), ("a = [1,\n", 1)],
)
def test_syntax_errors_have_a_line(text: str, line: int) -> None:
    with pytest.raises(TomlSyntax) as caught:
        TomlSource(text)
    assert caught.value.line == line
    assert "at line" not in str(caught.value)
