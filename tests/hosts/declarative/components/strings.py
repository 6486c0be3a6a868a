"""What the app itself says. The kit brings its own words, and those of the policy."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The app's words in one language."""

    title: str
    menu: str
    policy: str
    choices: str
    nearest: str
    by_name: str
    notice_first: str
    see_notice: str
    not_used: str


_ENGLISH = Words(
    title="Nearby Films",
    menu="Privacy",
    policy="Privacy policy",
    choices="Privacy choices",
    nearest="Nearest first",
    by_name="Cinemas by name",
    notice_first="You are browsing. To sort by distance, see the privacy notice first.",
    see_notice="See the notice",
    not_used="Your position is not used. The cinemas are sorted by name.",
)
_CHINESE = Words(
    title="附近的电影",
    menu="隐私",
    policy="隐私政策",
    choices="隐私选择",
    nearest="由近到远",
    by_name="影院按名称排列",
    notice_first="您正在浏览。要按距离排列，请先看隐私说明。",
    see_notice="看隐私说明",
    not_used="没有使用您的位置，影院仍按名称排列。",
)


def words_for(locale: str) -> Words:
    """The app's words in the kit's language; English where there are none."""
    return _CHINESE if locale.startswith("zh") else _ENGLISH
