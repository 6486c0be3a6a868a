"""Recipients in a text: blocks of ``key: value`` lines, tables, and sentences about an SDK.

Three ways in which Chinese policies name the SDKs they build in::

    SDK名称：某推送SDK          (1)某登录SDK用于登录。       | SDK名称 | 使用目的 |
    使用目的：推送消息                                      | 某推送  | 推送     |

Only what the text says is taken; what it leaves out stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import Block, Document, ListBlock, Paragraph, Table, plain_text


@dataclass(frozen=True)
class FoundRecipient:
    """One SDK or other recipient as the text names it.

    Attributes:
        name: Its name.
        clause: Id of the clause that names it.
        entity, scene, manner: As the text has them; empty where it does not say.
        data: What it gets and for what, each pair in the text's words; either may be empty.
        links: Addresses named with it.
    """

    name: str
    clause: str
    entity: str = ""
    scene: str = ""
    manner: str = ""
    data: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()


ADDRESS = re.compile(  # as far as it is ASCII; Chinese text goes on right behind it
    r"https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\[\]]+"
)
_KEYED = re.compile(r"\s*([^:：]{1,24}?)\s*[:：]\s*(\S.{0,4000})", re.DOTALL)
_KEYS = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("name", r"(?:第三方)?(?:SDK|插件|服务)\s*(?:名称|名)?|名称|(?i:sdk(?: name)?|name)"),
        ("links", r".{0,12}(?:链接|网址|官网|隐私(?:权)?(?:政策|协议|声明))"),
        ("links", r"(?i:(?:privacy policy|website|link|url).{0,10})"),
        ("scene", r"(?:使用|应用|业务|收集)?场景(?:说明)?|(?i:scene|scenario|when used)"),
        ("manner", r"(?:数据|信息)?(?:处理|共享|收集|获取)方式|(?i:manner|method).{0,12}"),
        ("purpose", r"(?:使用|收集|处理|共享|合作)?目的|(?:主要)?(?:用途|功能)"),
        ("purpose", r"(?i:purposes?(?: of use)?)"),
        ("entity", r"第三方(?:主体|名称|公司|机构)(?:名称)?"),
        (
            "entity",
            r"(?:运营|开发|所属|服务)?(?:公司|主体|提供方|开发者|运营方|机构|服务商|提供者)(?:名称)?",
        ),
        ("entity", r"(?i:provider|company|legal entity|operator)"),
        ("data", r".{0,12}(?:个人信息|信息类型|信息字段|数据类型)(?:类型|字段|种类|范围|内容)?"),
        ("data", r"(?i:(?:personal )?(?:data|information)(?: collected| shared| types?)?)"),
    )
)
_NAMED = re.compile(
    r"(?:(?<=[,，;；。\s])|^)([A-Za-z0-9\u4e00-\u9fff·]{1,16} ?SDK) ?(?:主要)?(用于|为|是)"
)
_NOT_A_NAME = re.compile(r"[的我您此该本各其]|第三方|上述|这些")
_CIRCLED = re.compile("[①-⑳]")
_TYPED = re.compile(
    r"个人信息类型[:：]\s*([^。;；]{1,2000}?)"
    r"(?=\s*(?:实现[^。:：]{0,20}权限|第三方SDK|[。;；]|$))"
)
_COLLECTS = re.compile(
    r"收集(?:使用)?(?:您的?(?:设备)?的?)?([^,，。;；:：]{1,300})(?:[:：]用于([^。;；]{1,300}))?"
)
_LONGEST_NAME = 30
_STOP = re.compile(r"[,，。;；]")


def find_recipients(document: Document) -> tuple[tuple[FoundRecipient, ...], tuple[str, ...]]:
    """The recipients that a document names, each once, and the links that belong to none.

    Links count as belonging to none when they stand on ``key: value`` lines of their own.
    """
    found: list[FoundRecipient] = []
    loose: list[str] = []
    places = [(clause.id, clause.title, clause.blocks) for clause in document.clauses()]
    # A clause has to be named; what stands before the first one is put to it.
    places.insert(0, (places[0][0], document.title, document.preamble))
    for clause, title, blocks in places:
        lines = list(_lines(blocks))
        found += _in_tables(clause, blocks)
        found += (one for line in lines for one in _in_sentence(clause, line))
        keyed, links = _in_keys(clause, title, lines)
        found += keyed
        loose += links
    return _each_once(found), tuple(dict.fromkeys(loose))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(runs):
                yield plain_text(runs)
            case ListBlock(items=items):
                for item in items:
                    yield from _lines(item)
            case Table():
                yield ""


def addresses_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once, without the punctuation that ends a sentence."""
    return tuple(dict.fromkeys(link.rstrip(".,;:!?'*)") for link in ADDRESS.findall(text)))


def _key(words: str) -> str | None:
    return next((kind for kind, form in _KEYS if form.fullmatch(words.strip())), None)


def _in_keys(
    clause: str, title: str, lines: Sequence[str]
) -> tuple[list[FoundRecipient], list[str]]:
    """Runs of ``key: value`` lines; a line without a key before them may name the SDK."""
    found: list[FoundRecipient] = []
    loose: list[str] = []
    block: list[tuple[str, str]] = []
    name = title
    for line in [*lines, ""]:
        match = _KEYED.match(line)
        kind = _key(match[1]) if match else None
        if kind is None or match is None or (kind == "name" and _is_named(name, block)):
            one, links = _from_block(clause, name, block)
            found += one
            loose += links
            block = []
            name = line.strip() if len(line.strip()) <= _LONGEST_NAME else ""
        if kind is not None and match is not None:
            block.append((kind, match[2].strip()))
    return found, loose


def _is_named(name: str, block: list[tuple[str, str]]) -> bool:
    """Whether a block has its name, so that another name begins another block."""
    return block != [] and ("SDK" in name.upper() or any(kind == "name" for kind, _ in block))


def _from_block(
    clause: str, name: str, block: list[tuple[str, str]]
) -> tuple[list[FoundRecipient], list[str]]:
    kinds = {kind for kind, _ in block}
    values = dict(reversed(block))
    links = [link for kind, text in block if kind == "links" for link in addresses_in(text)]
    named = values.get("name") or (name if "SDK" in name.upper() else "")
    if not named or len(kinds - {"name"}) < (1 if "name" in kinds else 2):
        return [], links
    return [_from_values(clause, named, values, tuple(links))], []


def _from_values(
    clause: str, name: str, values: dict[str, str], links: tuple[str, ...]
) -> FoundRecipient:
    data, purpose = values.get("data", ""), values.get("purpose", "")
    return FoundRecipient(
        name=name.strip(),
        clause=clause,
        entity=values.get("entity", ""),
        scene=values.get("scene", ""),
        manner=values.get("manner", ""),
        data=((data, purpose),) if data or purpose else (),
        links=links,
    )


def _in_tables(clause: str, blocks: Iterable[Block]) -> Iterator[FoundRecipient]:
    for block in blocks:
        if not isinstance(block, Table):
            continue
        kinds = [_key(plain_text(cell)) for cell in block.head]
        if "name" not in kinds or len({kind for kind in kinds if kind}) < 2:
            continue
        for row in block.rows:
            cells = [(kind, plain_text(cell)) for kind, cell in zip(kinds, row, strict=False)]
            values = {kind: text for kind, text in reversed(cells) if kind and text.strip()}
            links = [run.href for cell in row for run in cell if run.href]
            links += [link for _, text in cells for link in addresses_in(text)]
            if values.get("name"):
                kept = tuple(dict.fromkeys(link for link in links if link.startswith("http")))
                yield _from_values(clause, values["name"], values, kept)


def _in_sentence(clause: str, line: str) -> Iterator[FoundRecipient]:
    names = [match for match in _NAMED.finditer(line) if not _NOT_A_NAME.search(match[1])]
    if not names or names[0].start() != 0:
        return
    for position, match in enumerate(names):
        end = names[position + 1].start() if position + 1 < len(names) else len(line)
        about = line[match.start() : end]
        purpose = _STOP.split(line[match.start(2) : end], maxsplit=1)[0]
        purpose = purpose.removeprefix("用于").removeprefix("是")
        yield FoundRecipient(
            name=match[1],
            clause=clause,
            data=tuple((kinds, why or purpose) for kinds, why in _data_in(about))
            or (("", purpose),),
            links=addresses_in(about),
        )


def _data_in(about: str) -> tuple[tuple[str, str], ...]:
    if _CIRCLED.search(about):
        return tuple(_pair(chunk) for chunk in _CIRCLED.split(about)[1:])
    if typed := _TYPED.search(about):
        return ((typed[1].strip(), ""),)
    pairs = [(match[1].strip(), match[2] or "") for match in _COLLECTS.finditer(about)]
    detailed = [pair for pair in pairs if pair[1]]
    return tuple(detailed or pairs)


def _pair(chunk: str) -> tuple[str, str]:
    """``kinds (details): purpose`` divided at the colon outside of brackets."""
    depth = 0
    for position, character in enumerate(chunk):
        depth += (character in "（(") - (character in "）)")
        if character in ":：" and depth <= 0:
            return chunk[:position].strip(), chunk[position + 1 :].strip(" ;；。")
    return chunk.strip(" ;；。"), ""


def _each_once(found: Iterable[FoundRecipient]) -> tuple[FoundRecipient, ...]:
    """Two mentions of one name as one, the first one's clause and words before the second's."""
    by_name: dict[str, FoundRecipient] = {}
    for one in found:
        key = re.sub(r"\s", "", one.name).casefold()
        before = by_name.get(key)
        by_name[key] = (
            one
            if before is None
            else replace(
                before,
                entity=before.entity or one.entity,
                scene=before.scene or one.scene,
                manner=before.manner or one.manner,
                data=tuple(dict.fromkeys((*before.data, *one.data))),
                links=tuple(dict.fromkeys((*before.links, *one.links))),
            )
        )
    return tuple(by_name.values())
