"""Faults in the Markdown files, alone and against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from .faults import Fault, assert_found
from .small_pack import EN, ZH

MARKDOWN_FAULTS = [
    Fault(f"{ZH}/policy.md", "{#collect}\n", "", "## 收集", "heading has no id", "{#some-id}"),
    Fault(
        f"{ZH}/policy.md", "### 位置", "#### 位置", "#### 位置", "from level 2 to level 4", "###"
    ),
    Fault(
        f"{ZH}/policy.md",
        "{#rights}",
        "{#location}",
        "{#location}\n## 权利",
        "already taken",
        "own",
    ),
    Fault(f"{ZH}/policy.md", "(#rights)", "(#right)", "(#right)", "#right, which no clause", "id"),
    Fault(
        f"{ZH}/policy.md", "(tel:400)", "(http://a.example)", "(http:", "may not be opened", "https"
    ),
    Fault(
        f"{ZH}/policy.md", "**重点：**", "**重点： **", "**重点", "`**` stayed as text", "pair it"
    ),
    Fault(f"{ZH}/policy.md", "- 只取", "- <b>只</b>取", "<b>", "raw HTML", "Markdown"),
    Fault(f"{ZH}/policy.md", "## 权利", "## 权利 {#r}", "## 权利", "attached to nothing", "above"),
    Fault(
        f"{ZH}/policy.md", "](tel:400)", "](tel: 400 1)", "tel: 400", "link did not parse", "spaces"
    ),
    Fault(f"{ZH}/policy.md", "|---|---|", "|---|", "|---|\n", "table did not parse", "cells"),
    Fault(
        f"{ZH}/policy.md",
        "{#rights}",
        "文\n{#rights}",
        "{#rights}",
        "attached to nothing",
        "empty line",
    ),
    Fault(
        f"{EN}/policy.md",
        "{#location}\n### Location",
        "{#place}\n### Location",
        "### Location",
        "the clause 'location' where the clause 'place'",
        "same ids",
    ),
    Fault(
        f"{EN}/policy.md",
        "{#rights}\n## Rights\n\nCall [400](tel:400).\n",
        "[x](#location)\n",
        "### Location",
        "the clause 'rights' where no more clause",
        "same ids",
    ),
    Fault(
        f"{EN}/policy.md",
        "Call [400](tel:400).",
        "Call.\n\n{#more}\n## More\n",
        "## More",
        "no more clause where the clause 'more'",
        "same ids",
    ),
    Fault(f"{ZH}/summary.md", "{#once icon=location_on ", "{#once ", "{#once", "no icon", "icon="),
    Fault(
        f"{ZH}/summary.md", "icon=tune", "icon=Tune-2", "{#choice", "'Tune-2' is no icon", "icon="
    ),
    Fault(
        f"{ZH}/summary.md", ' clauses="collect"}', "}", "{#choice", "no clause is named", "clauses="
    ),
    Fault(
        f"{ZH}/summary.md",
        'clauses="collect"',
        'clauses="colect"',
        "{#choice",
        "'colect', which policy.md lacks",
        "policy.md",
    ),
    Fault(
        f"{ZH}/summary.md",
        "{#choice",
        "{#pick",
        ":points:",
        "'choice', which summary.md lacks",
        "once, pick, ask",
        f"{ZH}/prompts.md",
    ),
    Fault(
        f"{EN}/summary.md",
        "{#choice",
        "{#pick",
        "{#pick",
        "the card 'choice' where the card 'pick'",
        "same ids",
    ),
    Fault(
        f"{ZH}/summary.md",
        "不同意也能浏览。",
        "不同意\n\n也能浏览。",
        "## 您来选",
        "not one paragraph",
        "one paragraph",
    ),
    Fault(
        f"{ZH}/summary.md",
        "不同意也能浏览。",
        "- 浏览",
        "## 您来选",
        "not one paragraph",
        "one paragraph",
    ),
    Fault(
        f"{ZH}/summary.md",
        "不同意也能浏览。",
        "不同意**也**能浏览。",
        "不同意**也**",
        "style or a link",
        "plain",
    ),
    Fault(f"{ZH}/summary.md", "拨打400。", "&#32;", "&#32;", "words are missing", "write them"),
    Fault(f"{ZH}/summary.md", "## 您来选", "### 您来选", "### 您来选", "heading is ###", "##"),
    Fault(
        f"{ZH}/summary.md", "# 要点\n", "# 要点\n\n前言\n", "前言", "before the first card", "card"
    ),
    Fault(
        f"{ZH}/prompts.md",
        "# 提示\n",
        "# 提示\n\n前言\n",
        "前言",
        "before the first text",
        "delete",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":points: once choice ask",
        ":points: once ask",
        ":points:",
        "2 points",
        "3 to 6",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":points: once choice ask",
        ":points: once ask once",
        ":points:",
        "3 points, 2 of them",
        "3 to 6",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":points: once choice ask\n",
        "",
        "## 欢迎",
        "`points` is missing",
        ":points:",
    ),
    Fault(
        f"{EN}/prompts.md",
        "once choice ask",
        "ask choice once",
        ":points:",
        "not those of 2021-11-01/zh_Hans",
        "once choice ask",
    ),
    Fault(
        f"{ZH}/prompts.md",
        "{#first-notice}",
        '{#first-notice clauses="rights"}',
        "{#first-notice",
        "stands on no clause",
        "delete",
    ),
    Fault(
        f"{ZH}/prompts.md",
        "{#withdrawal}",
        '{#withdrawal clauses="rights"}',
        "{#withdrawal",
        "stands on no clause",
        "delete",
    ),
    Fault(
        f"{ZH}/prompts.md",
        "{#first-notice}\n",
        '{#first clauses="rights"}\n',
        "# 提示",
        "`first-notice` is missing",
        "{#first-notice}",
    ),
    Fault(
        f"{ZH}/prompts.md",
        "{#withdrawal}\n## 撤回\n\n:statement: 撤回前的处理仍然有效。\n:label: 撤回同意\n",
        "",
        "# 提示",
        "`withdrawal` is missing",
        "{#withdrawal}",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":benefit: 由近到远\n",
        "",
        "## 用位置",
        "`benefit` is missing",
        ":benefit:",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":benefit: 由近到远",
        ":benefit:",
        ":benefit:",
        "not one paragraph",
        "indented",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":benefit: 由近到远",
        ":benefit: 近\n\n  远",
        ":benefit:",
        "not one paragraph",
        "indented",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":benefit: 由近到远",
        ":benefits: 由近到远",
        ":benefits:",
        "`benefits` is unknown",
        "benefit",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":benefit: 由近到远",
        ":benefit: 近\n:benefit: 远",
        ":benefit: 远",
        "there twice",
        "keep one",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":benefit: 由近到远",
        ":benefit: [远](#rights)",
        ":benefit:",
        "style or a link",
        "plain",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":neutral: 继续",
        f":neutral: {'续' * 201}",
        ":neutral:",
        "longer than 200",
        "shorten",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":neutral: 继续",
        ":neutral: 继续\n\n还有",
        "还有",
        "beside the fields",
        ":name: words",
    ),
    Fault(
        f"{ZH}/prompts.md",
        ":necessity: 没有位置算不出距离\n",
        "",
        "{#location",
        "lacks `necessity`",
        ":necessity:",
    ),
    Fault(
        f"{EN}/prompts.md",
        ":impact: Location is sensitive\n",
        "",
        "{#location",
        "lacks `impact`",
        ":impact:",
    ),
    Fault(
        f"{ZH}/prompts.md",
        'clauses="location"',
        'clauses="gps"',
        "{#location",
        "'gps', which policy.md lacks",
        "policy.md",
    ),
    Fault(
        f"{ZH}/prompts.md",
        "{#location ",
        "{#purpose-x ",
        "{#purpose-x",
        "taken for another notice",
        "withdrawal-",
    ),
    Fault(
        f"{ZH}/prompts.md",
        "{#location ",
        "{#place-neutral ",
        "{#place-neutral",
        "taken for another notice",
        "-neutral",
    ),
    Fault(
        f"{EN}/prompts.md",
        "{#location ",
        "{#place ",
        "{#place",
        "the prompt 'location' where the prompt 'place'",
        "same ids",
    ),
]


@pytest.mark.parametrize("fault", MARKDOWN_FAULTS)
def test_a_fault_in_a_text_is_found_where_it_is(tmp_path: Path, fault: Fault) -> None:
    assert_found(tmp_path, fault)
