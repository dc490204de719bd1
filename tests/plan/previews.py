"""The page where a spreadsheet is compared, and its button."""

import re


def seen_on(client, preview: str) -> str:
    """What the page posts of what it shows."""
    return re.search(r'name="seen" value="(\w+)"', client.get(preview).content.decode())[1]


def apply_sheet(client, preview: str) -> str:
    """« Appliquer » as the page was read; the page that follows."""
    return client.post(f"{preview}application/", {"seen": seen_on(client, preview)}, follow=True).content.decode()
