"""The amounts a table says of a school and a year, set against those Préau holds.

Each line of a table is an invoice of its own: two of one year add up. What the base holds and the table does not say is
never replaced without a person saying so.
"""

from preau.kit.batches import Create, Update
from preau.kit.money import NBSP, euros
from preau.kit.sheets import Question
from preau.plan.equipment.models import Expense, Quality, TaxRegime
from preau.plan.equipment.queries import Amounts
from preau.plan.sheets.queries.plan_known import problem_at
from preau.plan.sheets.queries.plan_lines import AMOUNTS

TWO, ONE = "two", "one"
ADD, REPLACE, KEEP = "add", "replace", "keep"
TWINS = ((TWO, "deux dépenses"), (ONE, "la même, écrite deux fois"))
BESIDE = (
    (ADD, "l’ajouter à ce que Préau connaît"), (REPLACE, "remplacer ce que Préau connaît, qui reste lisible, retiré"),
    (KEEP, "garder ce que Préau connaît"),
)  # fmt: skip


def write_money(said, known, found, makers):
    """`said`: (line, school, difference) of every line with an amount, in the order of the table."""
    groups = {}
    for line, school, difference in said:
        expense = _expense(line, school, makers)
        if expense.doubt:
            doubt = f"{expense.doubt} La ligne est prise telle quelle."
            found.warnings.append(problem_at(makers, line, "Montant", doubt))
        groups.setdefault((school, line.year), []).append((line, difference, expense))
    for (school, year), rows in groups.items():
        _write_year(school, year, rows, known.paid[school.pk, year], found, makers)


def _write_year(school, year, rows, here, found, makers):
    """One school and year: `here` is what the base holds of it."""
    new, left = _unmatched(rows, here)
    counts = found.counts["expenses"]
    counts["unchanged"] += len(rows) - len(new)
    new = _without_twins(new, school, year, found)
    answer = ADD if not left else _asked(new, left, school, year, found) if new else KEEP
    if answer == KEEP:
        _tell_kept(rows[-1][1], left, rows, year)
    if answer not in (ADD, REPLACE):
        for line, *_ in new:
            found.leave(line, *AMOUNTS)
        return
    if answer == REPLACE:
        found.writes += [Update(expense, {"withdrawn_at": makers.now}) for expense in left]
    beside = [expense for expense in here if answer == ADD or expense not in left]
    for number, (_, difference, expense) in enumerate(new):
        found.writes.append(Create(expense))
        counts["updated" if answer == REPLACE and number == 0 else "created"] += 1
        former = f", au lieu de {_listed(left)}" if answer == REPLACE and number == 0 else ""
        others = [*beside, *(row for _, _, row in new[:number])]
        also = f", en plus de {_listed(others)}" if others and not former else ""
        difference.words.append(f"{said_of(expense)} en {year}{former}{also}")


def _unmatched(rows, here):
    """(rows that the base does not hold, what it holds and no row says)"""
    if Amounts.of(_pairs(here)) == Amounts.of(_pairs(row for *_, row in rows)) and _halves(here) == _halves(
        row for *_, row in rows
    ):
        return [], []
    new, left = [], list(here)
    for row in rows:
        same = next((expense for expense in left if _same(expense, row[2])), None)
        if same is None:
            new.append(row)
        else:
            left.remove(same)
    return new, left


def _without_twins(new, school, year, found):
    """Two lines that say exactly the same are asked about once: two invoices, or one pasted twice?"""
    kept = []
    for line, difference, expense in new:
        twin = next((row for row in kept if _same(row[2], expense) and row[0].source == line.source), None)
        if twin is not None:
            key = f"twin:{twin[0].number}:{line.number}"
            text = f"deux fois {said_of(expense)} en {year}, de la même source. Est-ce la même dépense{NBSP}?"
            asked = Question(key, (twin[0].number, line.number), str(school), text, TWINS, found.answers.get(key, ""))
            if found.ask(asked) != TWO:
                found.leave(line, *AMOUNTS)
                continue
        kept.append((line, difference, expense))
    return kept


def _asked(new, left, school, year, found):
    key = f"money:{school.pk}:{year}:" + ",".join(str(expense.pk) for expense in left)
    text = (
        f"en {year}, le tableau dit {_listed(expense for *_, expense in new)} et Préau connaît {_listed(left)}. "
        f"Que faire de la dépense du tableau{NBSP}?"
    )
    lines = tuple(line.number for line, *_ in new)
    return found.ask(Question(key, lines, str(school), text, BESIDE, found.answers.get(key, "")))


def _tell_kept(difference, left, rows, year):
    said = _listed(expense for *_, expense in rows)
    difference.keeps = f"{_listed(left)} en {year} ici, que le tableau ne dit pas (il dit {said})"


def _expense(line, school, makers):
    return Expense(
        school=school,
        fiscal_year=line.year,
        kind=Expense.Kind.of(line.amount_cents),
        amount_cents=line.amount_cents,
        regime=line.regime,
        ht_cents=line.ht_cents,
        source=makers.source(line),
        quality=Quality.DECLARED,
    )


def _pairs(expenses):
    return [(expense.regime, expense.amount_cents) for expense in expenses]


def _halves(expenses):
    """What else two sums must share to be the same: amounts without VAT, and credit notes."""
    expenses = list(expenses)
    beside = sum(expense.ht_cents for expense in expenses if expense.ht_cents is not None)
    return beside, {expense.kind for expense in expenses}


def _same(one, other):
    return (one.amount_cents, one.regime, one.ht_cents) == (other.amount_cents, other.regime, other.ht_cents)


def said_of(expense) -> str:
    """« 72 913,04 € TTC », « avoir de −120 € HT », « 1 200 € TTC (1 000 € HT) »."""
    regime = expense.regime.upper() if expense.regime != TaxRegime.UNKNOWN else "sans dire HT ou TTC"
    both = f" ({euros(expense.ht_cents)} HT)" if expense.ht_cents is not None else ""
    return f"{'avoir de ' if expense.is_credit else ''}{euros(expense.amount_cents)} {regime}{both}"


def _listed(expenses):
    *first, last = map(said_of, expenses)
    return f"{', '.join(first)} et {last}" if first else last
