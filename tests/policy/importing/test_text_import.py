"""A text becomes a pack that loads, with everything in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document as new_docx  # noqa: N813 - it is a function
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph
from hypothesis import given
from hypothesis import strategies as st

from components.policy import Document, Pack, PackError, Table, block_text, load_pack
from components.policy.exporting import export_markdown
from components.policy.importing import (
    Imported,
    SourceKind,
    StraySpaces,
    import_text,
    is_placeholder,
    report_text,
    undone,
)
from components.policy.importing.decoding import LARGEST_FILE
from components.policy.importing.docx_source import LARGEST_UNPACKED
from components.policy.importing.html_source import DEEPEST_HTML

from ..small_pack import POLICY_ZH, write
from .hostile import ANY_TEXT, UNTIMED, read_back, without_lines

POLICY = """\
小剧场隐私政策
发布日期:2021年10月20日
生效日期:2021年11月1日
我们是小剧场有限公司,客服400-555-0100。
一、如何收集
我们不\uf967收集。
二、SDK的使用
以下是详情。
(1)甲推送SDK用于推送。此SDK可能会收集您设备的IMEI。
乙地图SDK
第三方主体:乙公司
使用目的:看地图
官网链接:https://b.example/x
三、联系
官网链接:https://c.example/y
"""


def imported(content: str | bytes, kind: SourceKind = SourceKind.TEXT, **more: str) -> Imported:
    return import_text(content, kind, pack_id="theatre", locale="zh_Hans", **more)  # type: ignore[arg-type]


def loaded(result: Imported, folder: Path) -> Pack:
    return load_pack(write(folder, result.files))


def test_a_text_becomes_a_pack(tmp_path: Path) -> None:
    result = imported(POLICY)
    pack = loaded(result, tmp_path)
    assert pack.name == {"zh_Hans": "小剧场"}
    assert pack.controller is None and pack.storage_location == "ZZ"
    assert (pack.version.id, pack.version.published) == ("2021-11-01", date(2021, 10, 20))
    assert pack.version.effective == date(2021, 11, 1)
    document = pack.document("zh_Hans")
    assert without_lines(document) == without_lines(result.document)
    assert [clause.id for clause in document.clauses()][:2] == ["clause-1", "clause-2"]
    rows = list(pack.recipients.values())
    assert [row.id for row in rows] == ["sdk", "sdk-2"]
    assert [row.name["zh_Hans"] for row in rows] == ["甲推送SDK", "乙地图SDK"]
    assert rows[1].links == ("https://b.example/x",) and rows[1].entity == {"zh_Hans": "乙公司"}
    assert is_placeholder(rows[0].scene["zh_Hans"])
    assert rows[0].data[0].fields == {"zh_Hans": "IMEI"}
    assert "# found in the text: company: 小剧场有限公司" in result.files["pack.toml"]
    texts = pack.texts_for("zh_Hans")
    assert all(is_placeholder(card.title) for card in texts.summary)
    assert is_placeholder(texts.first_notice.lead) and is_placeholder(texts.withdrawal.label)


def test_the_report_names_everything() -> None:
    result = imported(POLICY)
    report = report_text(result)
    assert undone(result.text, result.report.repairs) == result.source == POLICY
    for words in (
        "repairs: 1\n  line 6, offset",
        "doubled-glyph",
        "published: 2021年10月20日",
        "phone: 400-555-0100",
        "甲推送SDK (#clause-2)",
        "links that belong to no recipient: 1\n  https://c.example/y",
        "every recipient is a processor",
    ):
        assert words in report


def test_a_text_without_anything(tmp_path: Path) -> None:
    result = imported("", name="无名")
    pack = loaded(result, tmp_path)
    assert (pack.version.id, pack.version.effective) == ("undated", None)
    assert pack.document("zh_Hans").title == "无名"
    assert "the version is called undated" in result.report.assumptions


def test_english_placeholders_are_english(tmp_path: Path) -> None:
    result = import_text("# T\n## A\nb", SourceKind.MARKDOWN, pack_id="t", locale="en")
    pack = loaded(result, tmp_path)
    assert pack.texts_for("en").first_notice.accept.startswith("To be written: ")


def test_a_pack_text_keeps_its_ids() -> None:
    result = imported(POLICY_ZH, SourceKind.MARKDOWN)
    assert [clause.id for clause in result.document.clauses()] == ["collect", "location", "rights"]
    assert imported(POLICY_ZH + "\n![a](b)", SourceKind.MARKDOWN).document != result.document
    faulty = imported("{#a}\n# 甲\n\n## 乙\n", SourceKind.MARKDOWN).document
    assert [clause.title for clause in faulty.clauses()] == ["甲", "乙"]


def test_markdown_without_headings_is_divided_by_its_numbers() -> None:
    text = "一、收集\n\n我们收集**手机号**。\n\n| a |\n|---|\n| b |\n\n二、共享\n\n不共享。\n"
    document = imported(text, SourceKind.MARKDOWN).document
    assert [clause.id for clause in document.clauses()] == ["clause-1", "clause-2"]
    paragraph, table = document.clause("clause-1").blocks
    assert paragraph.runs[1].strong and isinstance(table, Table)  # type: ignore[union-attr]


def test_wrapped_lines_are_joined() -> None:
    lines = [
        "This policy says what we do with personal data when people",
        "use our theatre application on any of their many devices, and",
        "what they can do about it whenever they would like to do so.",
    ]
    text = "Theatre Policy\n\n" + "\n\n".join("\n".join(lines) for _ in range(4))
    (section,) = imported(text).document.sections
    assert [block_text(block) for block in section.head.blocks] == [" ".join(lines)] * 4
    (unwrapped,) = imported("Theatre Policy\n" + "\n".join(lines)).document.sections
    assert len(unwrapped.head.blocks) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    text = "小剧场\r\n一、甲\r乙。\n"
    assert imported(text.encode(encoding)).source == "小剧场\n一、甲\n乙。\n"


PAGE = """\
<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>
<h1>小剧场</h1><p>见<a href="https://a.example">说明</a>，<b>重要</b>\x00不变。</p>
<script>alert(1)</script><a href="javascript:x">点</a>
<h2>一、收集</h2><ul><li>甲<ol><li>乙</li></ol></li></ul>
<table><tr><th>信息</th><th>用途</th></tr><tr><td>手机号</td><td>登录</td></tr></table>
<p>2 * 3 &lt; 7 # 8 _九_</p></body></html>
"""


def test_html() -> None:
    document = imported(PAGE, SourceKind.HTML).document
    assert document.title == "小剧场"
    assert [clause.title for clause in document.clauses()] == ["一、收集"]
    words = "\n".join(
        [*(block_text(b) for b in document.preamble), *(c.text for c in document.clauses())]
    )
    assert "alert" not in words and "p{}" not in words
    assert "重要不变。" in words and "点 (javascript:x)" in words
    assert "甲\n乙" in words and "信息\t用途\n手机号\t登录" in words
    assert "2 * 3 < 7 # 8 _九_" in words


def _hyperlink(paragraph: DocxParagraph, address: str, words: str) -> None:
    relation = paragraph.part.relate_to(
        address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    run.append(text)
    link.append(run)
    paragraph._p.append(link)


def word_file() -> bytes:
    document = new_docx()
    document.add_heading("小剧场隐私政策", level=0)
    document.add_heading("一、收集", level=1)
    paragraph = document.add_paragraph("我们收集")
    paragraph.add_run("手机号").bold = True
    paragraph.add_run("。见")
    _hyperlink(paragraph, "https://a.example/x", "说明")
    _hyperlink(paragraph, "javascript:x", "点")
    document.add_paragraph("")
    document.add_paragraph("甲", style="List Bullet")
    document.add_paragraph("乙", style="List Bullet")
    document.add_paragraph("子", style="List Number")
    numbered = document.add_paragraph("丑")
    numbered._p.get_or_add_pPr().get_or_add_numPr()
    table = document.add_table(rows=2, cols=2)
    for place, words in enumerate(["信息", "用途", "手机号", "登录\n注册"]):
        table.cell(place // 2, place % 2).text = words
    document.add_heading("二、共享", level=1)
    document.add_paragraph("# 不是标题 *")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_word() -> None:
    document = imported(word_file(), SourceKind.DOCX).document
    assert document.title == "小剧场隐私政策"
    assert [clause.title for clause in document.clauses()] == ["一、收集", "二、共享"]
    words = document.clause("clause-1").text
    assert words.split("\n") == [
        "一、收集",
        "我们收集手机号。见说明点 (javascript:x)",
        *("甲", "乙", "子", "丑"),
        "信息\t用途",
        "手机号\t登录 注册",
    ]
    assert document.clause("clause-2").text == "二、共享\n# 不是标题 *"


def test_word_without_styles_is_divided_by_its_numbers() -> None:
    document = new_docx()
    for line in ("小剧场", "一、收集", "收集手机号。", "二、共享", "不共享。"):
        document.add_paragraph(line)
    document.add_table(rows=0, cols=1)
    written = io.BytesIO()
    document.save(written)
    result = imported(written.getvalue(), SourceKind.DOCX).document
    assert [clause.title for clause in result.clauses()] == ["一、收集", "二、共享"]


def _zip_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * (LARGEST_UNPACKED + 1))
    return written.getvalue()


def _empty_zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (lambda: b"\xff\xff\xff", SourceKind.TEXT, "neither UTF-8"),
        (lambda: b"a" * (LARGEST_FILE + 1), SourceKind.TEXT, "bytes, more than"),
        (lambda: "a" * 2_000_001, SourceKind.MARKDOWN, "characters, more than"),
        (lambda: "a\nb\ud800", SourceKind.HTML, ":2: half a surrogate"),
        (lambda: "<p>" + "<div>" * (DEEPEST_HTML + 5), SourceKind.HTML, "nest deeper"),
        (lambda: "<![", SourceKind.HTML, None),
        (lambda: b"no zip", SourceKind.DOCX, "no Word document"),
        (_empty_zip, SourceKind.DOCX, "no Word document"),
        (_zip_bomb, SourceKind.DOCX, "unpacks to more"),
        (lambda: b"a" * (LARGEST_FILE + 1), SourceKind.DOCX, "bytes, more than"),
    ],
)
def test_what_cannot_be_taken_is_refused(
    content: Callable[[], str | bytes], kind: SourceKind, problem: str | None
) -> None:
    if problem is None:
        assert imported(content(), kind).document.title == "theatre"
        return
    with pytest.raises(PackError, match=problem):
        imported(content(), kind)


def test_arguments_must_fit() -> None:
    for pack_id, locale in (("A b", "en"), ("a", "not a locale")):
        with pytest.raises(ValueError, match="kebab"):
            import_text("a", SourceKind.TEXT, pack_id=pack_id, locale=locale)
    with pytest.raises(ValueError, match="bytes"):
        imported("a", SourceKind.DOCX)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Path]]:
    yield lambda: tmp_path_factory.mktemp("pack")


@UNTIMED
@given(text=ANY_TEXT, kind=st.sampled_from([SourceKind.MARKDOWN, SourceKind.TEXT, SourceKind.HTML]))
def test_import_load_export(folders: Callable[[], Path], text: str, kind: SourceKind) -> None:
    result = imported(text, kind)
    pack = loaded(result, folders())
    document: Document = pack.document("zh_Hans")
    assert without_lines(document) == without_lines(result.document)
    written = export_markdown(document)
    assert written == result.files[f"{pack.version.id}/zh_Hans/policy.md"]
    assert without_lines(read_back(document)) == without_lines(document)
    again = imported(written, SourceKind.MARKDOWN, name=document.title)
    assert without_lines(again.document) == without_lines(document)


@UNTIMED
@given(ANY_TEXT, st.sampled_from(list(StraySpaces)))
def test_what_remains_is_the_source(text: str, stray: StraySpaces) -> None:
    result = import_text(
        text, SourceKind.TEXT, pack_id="a", locale="zh_Hans", stray_spaces=stray,
        aliases={"票票": "票"},
    )  # fmt: skip
    assert undone(result.text, result.report.repairs) == result.source
    assert result.source == text.replace("\r\n", "\n").replace("\r", "\n")
    assert report_text(result).count("\n") > 5
