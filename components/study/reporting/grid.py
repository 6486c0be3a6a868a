"""Items by people, for a few people: who knew what."""

from __future__ import annotations

from ..words import Form, Reply
from .html import Html, element, joined, paragraph, section, table
from .parts import Sheet
from .people import Person


def knowing(sheet: Sheet) -> Html:
    """What each person knows."""
    a, w = sheet.a, sheet.w
    people = [it for it in a.people if it.forms]
    if not people:
        return section("comprehension", w("head_comprehension"), paragraph(w("items_none")))
    parts: list[Html] = [paragraph(w("items_lead"))]
    for form in Form:
        mine = [it for it in people if form in it.forms]
        if mine:
            parts.append(_grid(sheet, form, mine))
    parts.append(paragraph(w("items_key"), class_="quiet"))
    return section("comprehension", w("head_comprehension"), *parts)


def _grid(sheet: Sheet, form: Form, people: list[Person]) -> Html:
    """Items by people: the hardest first, whoever knew most first."""
    w, study = sheet.w, sheet.a.study
    people = sorted(people, key=lambda it: (-it.forms[form], it.name))
    rows = []
    for item in study.bank.form(form):
        said = [it.answered.get(item.id) for it in people]
        right = sum(it is not None and it.reply.value == item.answer.value for it in said)
        marks = [_mark(sheet, None if it is None else it.reply, item.answer.value) for it in said]
        cells = () if sheet.sharing else tuple(marks)
        told = joined([w.localised(item.statement), _where(sheet, item.layer, item.answer)], " ")
        rows.append((right, (told, w.of(right, len(people)), *cells)))
    rows.sort(key=lambda it: it[0])
    names = [] if sheet.sharing else [it.name for it in people]
    book = w(f"book_{study.books[form]}")
    caption = w("items_caption", form=form, book=book)
    heads = [w("items_statement"), w("items_right"), *names]
    whole = table(caption, heads, [it for _, it in rows], figures=(1,))
    return element("div", whole, class_="grid")


def _where(sheet: Sheet, layer: str, answer: str) -> Html:
    told = sheet.w("item_where", layer=sheet.w(f"layer_{layer}"), answer=sheet.w(f"reply_{answer}"))
    return element("span", told, class_="quiet")


def _mark(sheet: Sheet, reply: Reply | None, answer: str) -> Html | str:
    if reply is None:
        return element("span", "–", aria_label=sheet.w("mark_unanswered"), role="img")
    if reply is Reply.DONT_KNOW:
        return element("span", "?", aria_label=sheet.w("reply_dont_know"), role="img")
    right = reply.value == answer
    return element(
        "span",
        "✓" if right else "×",
        class_="yes" if right else "no",
        role="img",
        aria_label=sheet.w("mark_right" if right else "mark_wrong"),
    )
