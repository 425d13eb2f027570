"""The record as one HTML file that loads nothing: words, charts, tables, and what draws them."""

import json
from collections.abc import Sequence
from html import escape

from plotly.offline import get_plotlyjs

from qlbreak.record.load import Record
from qlbreak.report import chart_frame, palette, series, summary
from qlbreak.report.document import document, icon, own
from qlbreak.report.sections import Key, Section, sections
from qlbreak.report.tables import Table
from qlbreak.texts import reports, safety


def page(record: Record, trend: Sequence[str] = ()) -> str:
    """*trend*: sentences about the check-ins, which stand beside their chart."""
    found = sections(record, trend)
    drawn = [section for section in found if section.figure]
    scripts = [*([get_plotlyjs()] if drawn else []), own("page.js")]
    body = [
        _head(record),
        _summary(record),
        f'<div class="cards">{"".join(map(_section, found))}</div>' if found else "",
        _meanings(),
        *(_data(f"figure-{section.name}", section.figure) for section in drawn),
        _data("locale", json.dumps(chart_frame.locale())),
        _data("palette", json.dumps(palette.DARK_BY_LIGHT)),
        *(f"<script>{script}</script>" for script in scripts),
    ]
    style = palette.css() + own("page.css")
    return document(reports.TITLE, style, "\n".join(body), scripts)


def _data(name: str, text: str) -> str:
    """For the script; nothing in it may end the element."""
    safe = text.replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{safe}</script>'


# The head


def _head(record: Record) -> str:
    span = summary.span(record.days, record.today)
    return (
        f'<header><img src="{icon()}" alt="" width="48" height="48"><div>'
        f"<h1>{escape(reports.TITLE)}</h1>"
        f'<p class="span">{escape(span)}</p></div></header>'
        f'<p class="whom">{escape(reports.FOR_WHOM)}</p>'
    )


def _summary(record: Record) -> str:
    advice = (
        f'<p class="advice"><strong>{escape(reports.ADVICE)}</strong> '
        f"{escape(safety.disclaimer())}</p>"
    )
    if not record.days:
        return f'<section class="card summary"><p>{escape(reports.NOTHING)}</p>{advice}</section>'
    lately = series.lately(record.days, record.today)
    tiles = "".join(
        f"<li><b>{escape(tile.figure)}</b> <span>{escape(tile.text)}</span></li>"
        for tile in summary.tiles(lately, record.limit)
    )
    told = "".join(f"<p>{escape(text)}</p>" for text in summary.sentences(lately))
    return (
        '<section class="card summary" aria-labelledby="lately">'
        f'<h2 id="lately">{escape(reports.LATELY)}</h2>'
        f'<ul class="tiles">{tiles}</ul><div class="words"><div>{told}</div>{advice}</div>'
        "</section>"
    )


def _meanings() -> str:
    rows = "".join(
        f"<div><dt>{escape(word)}</dt><dd>{escape(text)}</dd></div>"
        for word, text in reports.MEANINGS
    )
    return (
        '<section class="card meanings" aria-labelledby="meanings">'
        f'<h2 id="meanings">{escape(reports.MEANINGS_TITLE)}</h2><dl>{rows}</dl></section>'
    )


# A chart, its words, its table


def _section(section: Section) -> str:
    classes = " ".join(["card", section.name, *(["wide"] if section.wide else [])])
    remarks = "".join(f'<p class="remark">{escape(text)}</p>' for text in section.remarks)
    return (
        f'<section class="{classes}" aria-labelledby="{section.name}">'
        f'<div class="told"><h2 id="{section.name}">{escape(section.title)}</h2>'
        f"<p>{escape(section.lead)}</p>{remarks}</div>{_chart(section)}{_tables(section)}</section>"
    )


def _chart(section: Section) -> str:
    if not section.figure:
        return ""
    look = escape(f"{section.look} {reports.IN_THE_TABLE}")
    return (
        f'<div class="seen"><ul class="legend">{"".join(map(_key, section.legend))}</ul>'
        f'<div class="chart" role="img" aria-label="{look}" data-figure="figure-{section.name}">'
        f"<noscript>{escape(reports.WITHOUT_SCRIPTS)}</noscript>"
        f"</div></div>"
    )


def _key(key: Key) -> str:
    swatch = f'<i class="{key.shape}" style="--colour:var(--{key.colour})"></i>'
    return f"<li>{swatch}{escape(key.text)}</li>"


def _tables(section: Section) -> str:
    tables = "".join(map(_table, section.tables))
    if not section.figure:
        return f'<div class="tables">{tables}</div>'
    short = ' class="short"' if section.short else ""
    return f"<details{short}><summary>{escape(reports.AS_A_TABLE)}</summary>{tables}</details>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in table.rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
