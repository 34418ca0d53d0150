"""Constructs of Office and OpenDocument files."""

from tests.benchmarks.growth.construct import DOCX, ODT, PPTX, XLSX, Construct
from tests.benchmarks.growth.repeated import each, hex_of, hexes
from tests.hostile import made

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RUN = '<w:r><w:rPr><w:color w:val="#hex"/></w:rPr><w:t>Sea @</w:t></w:r>'
_SHAPES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def _docx(body: str) -> bytes:
    return made.docx(document=f"<w:document {_WORD}><w:body>{body}</w:body></w:document>")


def _runs(n: int, text: str = _RUN) -> str:
    return "".join(text.replace("#hex", hex_of(number)[1:]).replace("@", str(number)) for number in range(n))


def _xlsx(rows: str, rest: str = "") -> bytes:
    return made.xlsx(
        f"<worksheet {_SHEET}><sheetData>{rows}</sheetData>{rest}</worksheet>",
        {"xl/workbook.xml": f'<workbook {_SHEET} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
         'relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'},
    )  # fmt: skip


def _cell(words: str) -> str:
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


def _pptx(*slides: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{base}/slide" Target="slides/slide{at}.xml"/>' for at in range(len(slides))
    )
    listed = "".join(f'<p:sldId id="{256 + at}" r:id="rId{at}"/>' for at in range(len(slides)))
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
        f'Type="{base}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f'<p:presentation {_SHAPES}><p:sldIdLst>{listed}</p:sldIdLst>'
        '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}'
        "</Relationships>",
    }  # fmt: skip
    for at, shapes in enumerate(slides):
        members[f"ppt/slides/slide{at}.xml"] = (
            f"<p:sld {_SHAPES}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
    return made.zipped(members)


def _shape(number: int) -> str:
    x, y = 90_000 * (number % 100), 90_000 * (number // 100)
    return (
        f'<p:sp><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="80000" cy="80000"/></a:xfrm><a:solidFill>'
        f'<a:srgbClr val="{hex_of(number)[1:]}"/></a:solidFill></p:spPr><p:txBody><a:p><a:r><a:t>Sea {number}</a:t>'
        "</a:r></a:p></p:txBody></p:sp>"
    )


CONSTRUCTS = (
    Construct("paragraphs", DOCX, lambda n: _docx(each(n, "<w:p><w:r><w:t>We speak plainly @</w:t></w:r></w:p>"))),
    Construct("runs of a paragraph", DOCX, lambda n: _docx(f"<w:p>{_runs(n)}</w:p>")),
    Construct("coloured paragraphs", DOCX, lambda n: _docx(_runs(n, f"<w:p>{_RUN}</w:p>"))),
    Construct(
        "rows of a table",
        DOCX,
        lambda n: _docx(f"<w:tbl>{_runs(n, f'<w:tr><w:tc><w:p>{_RUN}</w:p></w:tc></w:tr>')}</w:tbl>"),
    ),
    Construct(
        "cells of a row",
        DOCX,
        lambda n: _docx(f"<w:tbl><w:tr>{_runs(n, f'<w:tc><w:p>{_RUN}</w:p></w:tc>')}</w:tr></w:tbl>"),
    ),
    Construct("tables", DOCX, lambda n: _docx("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * n)),
    Construct(
        "tables inside each other",
        DOCX,
        lambda n: _docx("<w:tbl><w:tr><w:tc>" * min(n, 60) + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * min(n, 60)),
        first=10,
    ),
    Construct(
        "styles in a chain",
        DOCX,
        lambda n: made.docx(
            {
                "word/styles.xml": f"<w:styles {_WORD}>"
                + "".join(
                    f'<w:style w:type="paragraph" w:styleId="s{i}"><w:name w:val="s{i}"/><w:basedOn w:val="s{i - 1}"/>'
                    "</w:style>"
                    for i in range(n)
                )
                + "</w:styles>"
            },
            f"<w:document {_WORD}><w:body>"
            + each(n, '<w:p><w:pPr><w:pStyle w:val="s@"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>')
            + "</w:body></w:document>",
            made.relation("styles", "styles.xml"),
        ),
    ),
    Construct("headings", DOCX, lambda n: _docx(each(n, _HEADING + "<w:p><w:r><w:t>Text</w:t></w:r></w:p>"))),
    Construct("rows", XLSX, lambda n: _xlsx(hexes(n, f"<row>{_cell('Sea @')}{_cell('~')}</row>"))),
    Construct("cells of a row", XLSX, lambda n: _xlsx("<row>" + hexes(n, _cell("Sea @ ~")) + "</row>")),
    Construct(
        "merged cells",
        XLSX,
        lambda n: _xlsx(
            each(n, f"<row>{_cell('Sea @')}</row>"),
            "<mergeCells>" + each(n, '<mergeCell ref="A@:B@"/>') + "</mergeCells>",
        ),
    ),
    Construct("shapes of a slide", PPTX, lambda n: _pptx("".join(map(_shape, range(n))))),
    Construct("slides", PPTX, lambda n: _pptx(*(_shape(number) for number in range(min(n, 500)))), first=50),
    Construct(
        "groups inside each other",
        PPTX,
        lambda n: _pptx("<p:grpSp>" * min(n, 100) + _shape(1) + "</p:grpSp>" * min(n, 100)),
        first=10,
    ),
    Construct(
        "runs of a shape",
        PPTX,
        lambda n: _pptx(f"<p:sp><p:txBody><a:p>{'<a:r><a:t>Sea</a:t></a:r>' * n}</a:p></p:txBody></p:sp>"),
    ),
    Construct("paragraphs", ODT, lambda n: made.odt(content=hexes(n, "<text:p>Sea @ ~</text:p>"))),
    Construct(
        "spans of a paragraph",
        ODT,
        lambda n: made.odt(content="<text:p>" + hexes(n, "<text:span>Sea @ ~</text:span>") + "</text:p>"),
    ),
    Construct("headings", ODT, lambda n: made.odt(content=each(n, "<text:h>Colours @</text:h><text:p>x</text:p>"))),
    Construct("items", ODT, lambda n: made.odt(content="<text:list>" + each(n, _ITEM) + "</text:list>")),
)
_HEADING = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Colours @</w:t></w:r></w:p>'
_ITEM = "<text:list-item><text:p>Be kind @</text:p></text:list-item>"
