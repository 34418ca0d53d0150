"""A critique as one self-contained HTML page: the picture with its findings numbered, and what each says.

What must not live here: judging. Nothing is loaded from elsewhere, and no script runs.
"""

import base64
from collections.abc import Mapping
from html import escape
from typing import Any

_KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"RIFF", "webp"))
_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:2rem 1.25rem}
header{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}h1{font-size:1.4rem;margin:0}.score{font-size:1.4rem}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2rem;margin-top:1.5rem}
img{max-width:100%;max-height:85vh;border:1px solid #8884}ol{padding-left:1.6rem}li{margin-bottom:.9rem}
.rule{font:13px ui-monospace,monospace;opacity:.75}.broken{color:#d6003c}.notice{color:#b36b00}.kept{color:#1a7f4b}
.mend{display:block;opacity:.8}table{border-collapse:collapse;width:100%;font-size:14px;margin-top:2rem}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8883;vertical-align:top}
@media(max-width:56rem){main{grid-template-columns:minmax(0,1fr)}}
@media(max-width:40rem){thead{display:none}tr{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.4rem 0;
border-bottom:1px solid #8883}td{border:0;padding:0}td.rule,td:nth-child(2){flex:1 0 40%}
td[title]:before{content:attr(title) " "}td:empty{display:none}}
"""
_WORDS = {"kept": "kept", "broken": "broken", "notice": "to know", "not_told": "not told"}


def page_of(answer: Mapping[str, Any], file_name: str, picture: bytes) -> str:
    """The page of one judged picture.

    Args:
        answer: body of `POST /critique` for one picture.
        file_name: the user's name for it.
        picture: with its findings marked where there are any, else as it is.
    """
    item = answer["items"][0]
    findings = "".join(_finding(finding) for finding in item["findings"])
    told = f"<ol>{findings}</ol>" if findings else '<p class="kept">It keeps every rule that could be told.</p>'
    rules = "".join(_rule(rule) for rule in item.get("rules") or ())
    name = escape(file_name)
    version = escape(str(answer.get("canon_version") or ""))[:12]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}: critique</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>'
        f'<header><h1>{name}</h1><span class="score {"broken" if item["violations"] else "kept"}">'
        f'{answer["score"]:.2f} of 1</span><span class="rule">profile {escape(str(answer.get("profile")))}, '
        f"canon {version}</span></header>"
        f'<main><div><img alt="{name}" src="{_data_url(picture)}"></div><section>{told}</section></main>'
        f"<table><thead><tr><th>rule<th>verdict<th>value<th>limit<th>weight</tr></thead><tbody>{rules}</tbody></table>"
        "</body></html>\n"
    )


def _finding(finding: Mapping[str, Any]) -> str:
    kind = "notice" if finding.get("severity") == "notice" else "broken"
    mend = f'<span class="mend">{escape(finding["repair"])}</span>' if finding.get("repair") else ""
    return (
        f'<li><span class="{kind}">{escape(finding["message"])}</span> '
        f'<span class="rule">{escape(finding["rule"])}</span>{mend}</li>'
    )


def _rule(rule: Mapping[str, Any]) -> str:
    verdict = rule["verdict"]
    why = f": {escape(rule['reason'])}" if rule.get("reason") else ""
    figures = (("value", rule.get("value")), ("limit", rule.get("threshold")), ("weight", rule["weight"]))
    return (
        f'<tr><td class="rule">{escape(rule["rule"])}<td class="{escape(verdict)}">{_WORDS[verdict]}{why}'
        f"{''.join(_cell(name, value) for name, value in figures)}</tr>"
    )


def _cell(name: str, value: float | None) -> str:
    """A figure; where the page is too narrow for columns, its name stands before it."""
    return f'<td title="{name}">{value:.4g}' if value is not None else "<td>"


def _data_url(picture: bytes) -> str:
    kind = next((name for magic, name in _KINDS if picture.startswith(magic)), "png")
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
