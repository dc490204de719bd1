"""An OpenDocument spreadsheet of one sheet (ISO/IEC 26300), written as it goes: three small files in a ZIP."""

import datetime
import io
import re
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    )
)
# A bold header, and days as people read them.
STYLES = (
    '<office:automatic-styles><number:date-style style:name="day"><number:day number:style="long"/>'
    '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<style:style style:name="d" style:family="table-cell" style:data-style-name="day"/>'
    '<style:style style:name="h" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = f"""{DECLARATION}\
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">\
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME}"/>\
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
SPACES = re.compile("  +")


def write(header, rows, *, sheet) -> bytes:
    """The bytes; `header` and `rows` hold texts, numbers, days and instants, never a formula."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME, ZIP_STORED)  # first and not compressed: readers tell the kind by it
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w") as content:
            head = f'<office:document-content {NAMESPACES} office:version="1.2">{STYLES}'
            name = f"<office:body><office:spreadsheet><table:table table:name={quoteattr(sheet)}>"
            content.write(f"{DECLARATION}{head}{name}".encode())
            content.write(_row(_text(str(cell), "h") for cell in header))
            for row in rows:
                content.write(_row(map(_cell, row)))
            content.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    return out.getvalue()


def _row(cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>".encode()


def _cell(value):
    if isinstance(value, bool):
        return _text("oui" if value else "non")
    if isinstance(value, int | float | Decimal):
        return _put(f'office:value-type="float" office:value="{value}"', f"<text:p>{value}</text:p>")
    if isinstance(value, datetime.date):
        day = value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value
        kind = f'office:value-type="date" office:date-value="{day.isoformat()}" table:style-name="d"'
        return _put(kind, f"<text:p>{value:%d/%m/%Y}</text:p>")
    return _text(str(value)) if value != "" else "<table:table-cell/>"


def _text(text, style=""):
    """A line end is a paragraph; of spaces that follow one another, a reader keeps one unless they are counted."""
    text = NOT_XML.sub("", text)
    lines = [SPACES.sub(_counted, escape(line)).replace("\t", "<text:tab/>") for line in text.splitlines() or [""]]
    dress = f' table:style-name="{style}"' if style else ""
    value = quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return _put(f'office:value-type="string" office:string-value={value}{dress}', paragraphs)


def _put(attributes, content):
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def _counted(spaces):
    return f' <text:s text:c="{len(spaces[0]) - 1}"/>'
