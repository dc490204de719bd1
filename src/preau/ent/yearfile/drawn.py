"""Draws the sheets on a `kit.paper.ink.Sheet`, in the process that draws: no Django here."""

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
PAD, QR_SIDE = 16, 27  # millimetres
BOX, LINE = 3.6, 9


def lay_out(pdf, sheets):
    """A page each."""
    for sheet in sheets:
        pdf.add_page()
        _draw(pdf, sheet)


def _draw(pdf, sheet):
    width = PAGE_WIDTH - 2 * PAD
    y = pdf.write_text(PAD, 14, width - QR_SIDE, f"{sheet['child']} · pour {sheet['guardian']}", 12, bold=True, lines=1)
    y = pdf.write_text(PAD, y, width - QR_SIDE, sheet["school"], 9, lines=1)
    y = pdf.write_text(PAD, y + 2, width - QR_SIDE, "Dossier de rentrée", 18, bold=True, lines=1)
    y = pdf.write_text(PAD, y, width - QR_SIDE, f"À rendre à l’école avant le {sheet['due']}.", 11, lines=1)
    pdf.draw_qr(sheet["address"], PAGE_WIDTH - PAD - QR_SIDE, 12, QR_SIDE)
    y = max(y + 4, 12 + QR_SIDE + 4)
    for title, text, said, lines_count, boxes in sheet["parts"]:
        y = _draw_part(pdf, y, width, title, text, said, lines_count, boxes)
    low = PAGE_HEIGHT - 22
    x = pdf.write_label(PAD, low, sheet["sign"], 10)
    pdf.set_line_width(0.2)
    pdf.line(x + 4, low + 4, PAGE_WIDTH - PAD, low + 4)
    pdf.write_text(
        PAD, low + 8, width, "Aucun renseignement de santé sur cette fiche\u00a0: cela se dit à l’école.", 9, lines=1
    )


def _draw_part(pdf, y, width, title, text, said, lines_count, boxes):
    y = pdf.write_text(PAD, y, width, title, 12, bold=True, lines=1)
    y = pdf.write_text(PAD, y + 0.5, width, text, 10, lines=6)
    if said:
        y = pdf.write_text(PAD, y + 0.5, width, said, 10, lines=6)
    pdf.set_line_width(0.2)
    for _ in range(lines_count):
        y += LINE
        pdf.line(PAD, y, PAGE_WIDTH - PAD, y)
    if boxes:
        x = PAD
        for label in boxes:
            pdf.set_line_width(0.4)
            pdf.rect(x, y + 2.2, BOX, BOX)
            x = pdf.write_label(x + 5.5, y + 1.6, label, 10) + 8
        y += 8
    return y + 4
