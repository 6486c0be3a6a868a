"""The small pack of the loader's tests, mended until no rule of either profile is broken."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from components.policy.lint import Profile, Report, lint
from components.policy.loader import load_pack

from ..small_pack import EN, FILES, ZH, write

PACK_FILE = "pack.toml"

_RIGHTS = {
    "copy": "复制",
    "transfer": "转移",
    "correct": "更正",
    "supplement": "补充",
    "delete": "删除",
    "restrict": "限制处理",
    "close-account": "注销账号",
    "withdraw": "撤回同意",
    "object": "反对",
}

_MORE_RIGHTS = "\n".join(
    f"""
[[rights]]
id = "{id_}"
name = {{ zh_Hans = "{name}", en = "{id_}" }}
description = {{ zh_Hans = "行使这项权利。", en = "Use this right." }}
clause = "rights"
working_days = 15"""
    for id_, name in _RIGHTS.items()
)

_EMAIL = """\
[[controller.contacts]]
kind = "email"
value = { zh_Hans = "a@kino.example", en = "a@kino.example" }
use.zh_Hans = "个人信息保护负责人：投诉"
use.en = "Protection officer: complaints"

[[versions]]"""

_POLICY_ZH = """\
打开“我的-隐私”，可以行使各项权利，每项同意都有开关。15个工作日内答复。
不答应的，说明理由；您可以向法院起诉，也可以要求解释规则，或向监管机构投诉。

{#functions}
## 功能

浏览是基本功能；附近影院是附加功能，默认关闭。不提供位置，照样能浏览。
没有自动化决策。信息由您提供。

{#minors}
## 儿童个人信息处理规则

不满14周岁的人，要监护人同意。目的、范围、保存期限、存放地点、安全措施同成年人。
不同意也能浏览。可以投诉，可以更正和删除。

{#storage}
## 存放和安全

信息存放在中国境内。跨境时用标准合同。
发生安全事件，我们会通知您：发生了什么、有什么影响、采取了哪些措施、您怎样防范。
合并时，会告诉您接收方的名称和联系方式。
"""

_POLICY_EN = """\
Open “Me – Privacy” to use each right; each consent has a switch. We answer within 15 working days.
A refusal comes with reasons. You can go to court, ask us to explain, or complain to a supervisory
authority.

{#functions}
## Functions

Browsing is a basic function. Cinemas near you is an additional function and starts off. If you do
not give your location, you can browse. There are no automated decisions. You give the data.

{#minors}
## Rules on children’s personal information

A guardian must agree for everyone under 14. Purpose, scope, period, place and safeguards are the
same as for adults. If the guardian does not agree, the child can browse. You can complain, correct
and delete.

{#storage}
## Storage and security

Data is stored in China. Transfers abroad use standard contractual clauses. After an incident we
tell you what happened, its effects, the measures taken and how to guard against harm. If we merge,
we tell you the name and contact details of the recipient.
"""

_MENDED: tuple[tuple[str, str, str], ...] = (
    (PACK_FILE, "[[versions]]", _EMAIL),
    (
        PACK_FILE,
        'legal_basis = "dpv:Contract"\n',
        'legal_basis = "dpv:Contract"\npermissions = ["network"]\nclauses = ["functions"]\n',
    ),
    (PACK_FILE, 'request = "install-time"\n', 'request = "install-time"\npurpose = "browsing"\n'),
    (f"{ZH}/policy.md", "版本生效于2021年11月1日。", "2021年10月20日发布，2021年11月1日生效。"),
    (
        f"{EN}/policy.md",
        "In effect since 1 November 2021.",
        "Published on 20 October 2021. In effect since 1 November 2021.",
    ),
)


def _mended() -> dict[str, str]:
    files = dict(FILES)
    for file, old, new in _MENDED:
        assert files[file].count(old) == 1, (file, old)
        files[file] = files[file].replace(old, new)
    toml = files[PACK_FILE]
    hosting = toml.index('[[recipients]]\nid = "host"')
    files[PACK_FILE] = toml[:hosting] + toml[toml.index("[[rights]]") :] + _MORE_RIGHTS + "\n"
    files[f"{ZH}/policy.md"] += "\n" + _POLICY_ZH
    files[f"{EN}/policy.md"] += "\n" + _POLICY_EN
    return files


GOOD: Mapping[str, str] = _mended()
"""The files of a pack in which the linter finds nothing."""


def report_on(
    folder: Path, files: Mapping[str, str | bytes], profile: Profile = Profile.CHINA
) -> Report:
    """Write a pack's files, load them and lint them."""
    write(folder, files)
    return lint(load_pack(folder), profile=profile, folder=folder)
