"""A small valid pack that tests write to disk and then break in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PACK = """\
format = 1
id = "kino"
name = { zh_Hans = "小影院", en = "Little Cinema" }
default_locale = "zh_Hans"
locales = ["zh_Hans", "en"]
storage_location = "CN"
surfaces = [
    { zh_Hans = "网站", en = "Website" },
    { zh_Hans = "应用", en = "App" },
]

[controller]
name = { zh_Hans = "小影院公司", en = "Little Cinema Ltd." }
address = { zh_Hans = "北京", en = "Beijing" }

[[controller.contacts]]
kind = "phone"
value = { zh_Hans = "400", en = "400" }
use.zh_Hans = "投诉"
use.en = "Complaints"

[[versions]]
id = "2021-11-01"
published = 2021-10-20
effective = 2021-11-01
change = "material"

[rules]
cool_down = "PT48H"
max_asks = 3
guardian_below = 14

[[data_categories]]
id = "phone"
name = { zh_Hans = "手机号", en = "Phone number" }
dpv = ["pd:TelephoneNumber"]
sensitive = false

[[data_categories]]
id = "place"
name = { zh_Hans = "位置", en = "Location" }
sensitive = true

[[purposes]]
id = "browsing"
name = { zh_Hans = "浏览", en = "Browsing" }
description = { zh_Hans = "看影片，不用个人信息。", en = "See films; no personal data." }
necessity = "basic"
consent = "none"
notice_required = false
legal_basis = "dpv:Contract"
retention = { zh_Hans = "不保存。", en = "Not kept." }

[[purposes]]
id = "nearby"
name = { zh_Hans = "附近影院", en = "Cinemas near you" }
description = { zh_Hans = "用位置找影院。", en = "Finds cinemas by location." }
necessity = "additional"
consent = "separate"
legal_basis = "dpv:Consent"
dpv = ["dpv:ServiceProvision"]
data = ["place", "phone"]
permissions = ["location"]
recipients = ["maps"]
clauses = ["location", "collect"]
retention = { zh_Hans = "用完即删。", en = "Deleted after use." }
refusing = { zh_Hans = "手动选城市。", en = "Choose a city by hand." }

[[permissions]]
id = "location"
name = { zh_Hans = "定位", en = "Location" }
description = { zh_Hans = "取一次位置。", en = "One fix." }
request = "just-in-time"
purpose = "nearby"
prompt = "location"
android = ["ACCESS_COARSE_LOCATION"]
ios = "NSLocationWhenInUseUsageDescription"
clauses = ["location"]

[[permissions]]
id = "network"
name = { zh_Hans = "网络", en = "Network" }
description = { zh_Hans = "联网。", en = "Goes online." }
request = "install-time"

[[recipients]]
id = "maps"
name = { zh_Hans = "地图", en = "Maps" }
kind = "sdk"
role = "processor"
entity = { zh_Hans = "地图公司", en = "Maps Ltd." }
scene = { zh_Hans = "定位时", en = "When locating" }
manner = { zh_Hans = "接口", en = "By interface" }
permissions = ["location"]
purposes = ["nearby"]
links = ["https://maps.example/privacy"]
clauses = ["collect"]

[[recipients.data]]
fields = { zh_Hans = "位置", en = "Location" }
purpose = { zh_Hans = "算距离", en = "Distance" }

[[recipients]]
id = "host"
name = { zh_Hans = "机房", en = "Hosting" }
kind = "service"
role = "processor"
scene = { zh_Hans = "一直", en = "Always" }
manner = { zh_Hans = "存储", en = "Storage" }

[[rights]]
id = "access"
name = { zh_Hans = "查阅", en = "Access" }
description = { zh_Hans = "看您的信息。", en = "See your data." }
clause = "rights"
working_days = 15
"""

_PURPOSE = """\
[[purposes]]
id = "further-{0}"
name = {{ zh_Hans = "其他用途{0}", en = "Further use {0}" }}
description = {{ zh_Hans = "用手机号。", en = "With the phone number." }}
necessity = "additional"
consent = "ordinary"
legal_basis = "dpv:Consent"
data = ["phone"]
clauses = ["collect"]
retention = {{ zh_Hans = "用完即删。", en = "Deleted after use." }}
refusing = {{ zh_Hans = "照样能用。", en = "It works all the same." }}

"""


POLICY_ZH = """\
# 小影院隐私政策

版本生效于2021年11月1日。

{#collect}
## 收集

**重点：**我们收集[位置]{.sensitive}，见[权利](#rights)。

{#location}
### 位置

- 只取一次
- 用完即删

| 信息 | 用途 |
|---|---|
| 位置 | 距离 |

{#rights}
## 权利

请拨打[400](tel:400)。
"""

POLICY_EN = """\
# Privacy policy of Little Cinema

In effect since 1 November 2021.

{#collect}
## Collecting

**Note:** we collect your [location]{.sensitive}; see [rights](#rights).

{#location}
### Location

- Once only
- Deleted after use

| Data | Purpose |
|---|---|
| Location | Distance |

{#rights}
## Rights

Call [400](tel:400).
"""

SUMMARY_ZH = """\
# 要点

{#once icon=location_on clauses="location collect"}
## 位置只取一次

用完
即删。

{#choice icon=tune clauses="collect"}
## 您来选

不同意也能浏览。

{#ask icon=call clauses="rights"}
## 随时找我们

拨打400。
"""

SUMMARY_EN = """\
# In short

{#once icon=location_on clauses="location collect"}
## Located once

Deleted after use.

{#choice icon=tune clauses="collect"}
## You choose

Browse without agreeing.

{#ask icon=call clauses="rights"}
## Ask us

Call 400.
"""

PROMPTS_ZH = """\
# 提示

{#first-notice}
## 欢迎来到小影院

:lead: 请先看要点。
:points: once choice ask
:refusing: 不同意也能浏览。
:accept: 同意
:refuse: 不同意，仅浏览

{#location clauses="location"}
## 用位置找影院？

:data: 大致位置
:feature: 附近影院
:benefit: 由近到远
:refusing: 手动选城市
:retention: 用完即删
:necessity: 没有位置算不出距离
:impact: 位置是敏感信息
:accept: 同意使用
:refuse: 暂不使用
:neutral: 继续

{#withdrawal}
## 撤回

:statement: 撤回前的处理仍然有效。
:label: 撤回同意
"""

PROMPTS_EN = """\
# Prompts

{#first-notice}
## Welcome to Little Cinema

:lead: First the key points.
:points: once choice ask
:refusing: You may browse without agreeing.
:accept: Agree
:refuse: Only browse

{#location clauses="location"}
## Find cinemas by location?

:data: Approximate location
:feature: Cinemas near you
:benefit: Nearest first
:refusing: Choose a city by hand
:retention: Deleted after use
:necessity: Without it there is no distance
:impact: Location is sensitive
:accept: Use it
:refuse: Not now
:neutral: Continue

{#withdrawal}
## Withdraw

:statement: What was done before stays lawful.
:label: Withdraw consent
"""

ZH = "2021-11-01/zh_Hans"
EN = "2021-11-01/en"

FILES: Mapping[str, str] = {
    "pack.toml": PACK,
    f"{ZH}/policy.md": POLICY_ZH,
    f"{ZH}/summary.md": SUMMARY_ZH,
    f"{ZH}/prompts.md": PROMPTS_ZH,
    f"{EN}/policy.md": POLICY_EN,
    f"{EN}/summary.md": SUMMARY_EN,
    f"{EN}/prompts.md": PROMPTS_EN,
}


def write(folder: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """Write a pack's files, byte for byte, and give the folder back."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def with_purposes(number: int) -> str:
    """The declarations with so many purposes more, ``further-0`` and so on, each to be decided."""
    added = "".join(_PURPOSE.format(it) for it in range(number))
    return PACK.replace("[[permissions]]", f"{added}[[permissions]]", 1)
