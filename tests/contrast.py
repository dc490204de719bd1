"""Contrast is most of what axe costs, and the pages share their colours: each pair of colours is read once a process.

A text is like another when its colour, its size, its weight, and all that is painted behind it are the same. A pair is
known once axe has said that it passes. What axe cannot judge where it stands (half covered, on a gradient) is asked
again on the next pages, MOST times.
"""

from collections import Counter, defaultdict

KNOWN = defaultdict(set)  # {width: pairs that passed}
ASKED = Counter()  # {(width, pair): times}
MOST = 6
# What each text of the page looks like: {pair: its elements}.
PAIRS = """() => {
  const styles = new Map();
  const style = (e) => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
  const found = new Map();
  for (const e of document.querySelectorAll('body, body *')) {
    const says = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())
      || (e.matches('input, select, textarea') && e.type !== 'hidden');
    if (!says || !e.checkVisibility()) continue;
    const own = style(e), box = e.getBoundingClientRect();
    if (box.bottom + scrollY <= 0 || e.closest('.only-heard')) continue; // not seen: axe judges it no more than we do
    const off = e.matches(':disabled, [aria-disabled=true]') || e.closest('label')?.control?.disabled;
    const pair = [own.color, own.fontSize, own.fontWeight, own.textShadow, !!off];
    for (let behind = e; behind; behind = behind.parentElement) {
      const s = style(behind);
      pair.push([s.backgroundColor, s.backgroundImage, s.opacity, s.position, s.filter, s.mixBlendMode].join('|'));
      if (/^rgb\\(/.test(s.backgroundColor) && s.backgroundImage === 'none') break;
    }
    const key = pair.join(';');
    found.set(key, [...(found.get(key) ?? []), e]);
  }
  return found;
}"""
LIST = f"() => [...({PAIRS})().keys()]"
READ = f"""async (wanted) => {{
  const pairs = ({PAIRS})(), of = new Map();
  for (const key of wanted) for (const e of pairs.get(key) ?? []) of.set(e, key);
  const told = await axe.run({{ include: [...of.keys()] }}, {{
    runOnly: {{ type: 'rule', values: ['color-contrast'] }}, resultTypes: ['violations', 'passes'], elementRef: true,
  }});
  const elements = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => node.element));
  return {{
    wrong: elements(told.violations).map((e) => e.outerHTML.slice(0, 160)),
    passed: [...new Set(elements(told.passes).map((e) => of.get(e)).filter(Boolean))],
  }};
}}"""


def faults_of_contrast(page, pairs):
    """Texts that are hard to read among those whose like has not been read yet; `pairs` are those of the page (LIST),
    and axe is in it."""
    width = page.viewport_size["width"]
    known = KNOWN[width]
    new = [pair for pair in pairs if pair not in known and ASKED[width, pair] < MOST]
    if not new:
        return []
    ASKED.update((width, pair) for pair in new)
    told = page.evaluate(READ, new)
    known.update(told["passed"])
    return [f"color-contrast: {html}" for html in told["wrong"]]
