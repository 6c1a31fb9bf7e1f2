"""Excel workbooks made by hand, as small as they can be."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Cell = str | float | None


def book(first: Sequence[Sequence[Cell]], second: Sequence[Sequence[Cell]] = ()) -> bytes:
    """Return a workbook with the sheets One and Two."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/s1.xml"), ("worksheet", "worksheets/s2.xml")),
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="One" sheetId="1" r:id="r1"/><sheet name="Two" sheetId="2" r:id="r2"/>'
            "</sheets></workbook>",
        )
        for number, rows in enumerate((first, second), start=1):
            body = "".join(_row(n, row) for n, row in enumerate(rows, start=1))
            archive.writestr(
                f"xl/worksheets/s{number}.xml",
                f'<worksheet xmlns="{_SHEETS}"><sheetData>{body}</sheetData></worksheet>',
            )
    return file.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _row(number: int, cells: Sequence[Cell]) -> str:
    out = []
    for column, cell in zip("ABCDEFGH", cells, strict=False):
        place = f'r="{column}{number}"'
        if isinstance(cell, str):
            out.append(f'<c {place} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
        elif cell is not None:
            out.append(f"<c {place}><v>{cell}</v></c>")
    return f'<row r="{number}">{"".join(out)}</row>'
