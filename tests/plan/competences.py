"""Who may do what in the plan wing: the permission matrix of plan.md, as data.

One line per act, one sign per actor: `W` writes, `R` reads, `3` sees the thing and is told why the act is another's
(403), `-` does not know that it exists (404). Opposition and majority hold the same mandate: same column twice. Where
plan.md says less than a line here (elected members and things, loans), docs/decisions/0019 says what needs it.
"""

COLUMNS = (
    "head", "ien", "ien_south", "dsden", "dan", "city_education", "city_it", "city_finance", "elected", "opposition",
    "parents_federation", "trainer", "city_education_far",
)  # fmt: skip

# act                                    head ien  sou  dsd   dan  edu  it   fin  maj  opp  fed  trnr far
MATRIX = """
call: open                            |  -    -    -    -     -    W    -    -    -    -    -    -    -
call: change                          |  3    3    3    3     3    W    3    -    -    -    -    3    -
file: write a draft                   |  W    -    -    -     -    -    -    -    -    -    -    -    -
file: change what was asked           |  W    3    -    3     3    3    3    -    -    -    -    3    -
file: file it                         |  W    -    -    -     -    -    -    -    -    -    -    -    -
file: ask for changes                 |  3    3    -    W     W    3    3    -    -    -    -    3    -
file: close without follow-up         |  3    3    -    W     W    3    3    -    -    -    -    3    -
file: read it once filed              |  R    R    -    R     R    R    R    -    -    -    -    R    -
opinion of the IEN                    |  3    W    -    3     3    3    3    -    -    -    -    3    -
opinion of the DSDEN                  |  3    3    -    W     3    3    3    -    -    -    -    3    -
opinion of the DAN                    |  3    3    -    3     W    3    3    -    -    -    -    3    -
opinion of the city's IT              |  3    3    -    3     3    3    W    -    -    -    -    3    -
préconisation: write                  |  -    3    3    W     W    3    3    3    3    3    -    -    -
préconisation: answer                 |  3    3    3    3     3    W    W    3    3    3    -    3    -
list: move a rank of a draft          |  -    -    -    W     W    -    -    -    -    -    -    -    -
list: move a rank once co-signed      |  -    3    3    3     3    3    3    -    -    -    -    -    -
list: propose                         |  -    -    -    W     3    -    -    -    -    -    -    -    -
list: co-sign                         |  -    -    -    3     W    -    -    -    -    -    -    -    -
list: put before the COPIL            |  -    3    3    W     W    3    3    -    -    -    -    -    -
list: read before its adoption        |  -    R    R    R     R    R    R    -    -    -    -    -    -
list: read once adopted               |  -    R    R    R     R    R    R    -    R    R    R    -    -
programme: add a school               |  -    -    -    -     -    W    3    3    -    -    -    -    -
programme: arbitrate                  |  -    -    -    -     -    W    3    3    -    -    -    -    -
programme: note the vote              |  -    3    3    3     3    W    3    3    3    3    3    -    -
programme: read while simulated       |  -    -    -    -     -    R    R    R    -    -    -    -    -
programme: read once decided          |  -    R    R    R     R    R    R    R    R    R    R    -    -
kit: publish a version                |  -    3    3    3     3    W    W    3    3    3    3    3    -
kit: read                             |  R    R    R    R     R    R    R    R    R    R    -    R    -
roll-out: write a step                |  3    3    -    3     3    3    W    3    3    3    -    3    -
roll-out: write the training          |  3    3    -    W     W    3    3    3    3    3    -    3    -
réception: sign for the city          |  -    -    -    -     -    3    W    -    -    -    -    -    -
réception: sign for the school        |  W    3    -    3     3    3    3    3    3    3    -    3    -
réception by hand: receive a class    |  3    3    -    3     3    3    W    3    3    3    -    3    -
réception by hand: take a class back  |  3    3    -    3     3    3    W    3    3    3    -    3    -
réserve: lift                         |  3    3    -    3     3    3    W    3    3    3    -    3    -
loan: ask for a school                |  W    3    3    W     W    W    3    3    3    3    -    3    -
loan: confirm                         |  3    3    -    3     3    W    3    3    3    3    -    3    -
loan: prepare                         |  3    3    -    3     3    W    W    3    3    3    -    3    -
loan: say it arrived                  |  W    3    -    3     3    W    W    3    3    3    -    3    -
loan: read a hand-over                |  R    R    -    R     R    R    R    R    R    R    -    R    -
premises: add a room                  |  3    3    -    3     3    W    W    3    3    3    -    3    -
premises: note the conseil d'école    |  W    3    -    3     3    W    W    3    3    3    -    3    -
premises: read                        |  R    R    -    R     R    R    R    R    R    R    -    R    -
wi-fi: put it on                      |  W    3    -    3     3    3    3    3    3    3    -    3    -
wi-fi: take the key back              |  3    3    3    3     3    3    W    3    3    3    -    3    -
wi-fi: read the register              |  R    R    -    R     R    R    R    R    R    R    -    R    -
inventory: send to repair             |  3    3    -    W     3    3    W    3    3    3    -    3    -
inventory: retire what the city paid  |  3    3    -    3     3    3    W    3    3    3    -    3    -
inventory: retire what the State paid |  3    3    -    W     3    3    3    3    3    3    -    3    -
inventory: read                       |  R    R    -    R     R    R    R    R    R    R    -    R    -
expense: write                        |  -    -    -    -     -    W    W    W    3    3    -    -    -
expense: read                         |  -    -    -    -     -    R    R    R    R    R    -    -    -
comparison: write a criterion         |  -    3    3    3     3    W    W    3    3    3    -    3    -
comparison: mark                      |  -    3    3    W     W    W    W    3    3    3    -    3    -
comparison: read                      |  -    R    R    R     R    R    R    R    R    R    -    R    -
committee: convene                    |  -    3    3    3     3    W    3    3    3    3    -    3    -
committee: write the relevé           |  -    3    3    3     3    W    3    3    3    3    -    3    -
committee: note a decision            |  -    3    3    3     3    W    3    3    3    3    -    3    -
committee: approve the relevé         |  -    3    3    W     3    3    3    3    W    W    -    3    -
committee: remark                     |  -    W    W    W     W    3    3    3    3    3    -    3    -
committee: read the dossier           |  -    R    R    R     R    R    R    R    R    R    -    R    -
committee: read the redacted one      |  -    R    R    R     R    R    R    R    R    R    R    R    -
"""

# The plan's addresses a parents' federation opens: what was published or adopted, and its dossiers. No session,
# file, school, asset, réception nor loan. Lists, programmes and decisions show it those it may read.
FEDERATION_OPENS = {
    "ambitions:ambition_list", "desk:ambition_list", "desk:ambition_story", "desk:home",
    "ambitions:ambition_export", "desk:ambition_export", "equipment:fact_export", "equipment:fact_list",
    "equipment:plan_home", "governance:committee_home",
    "governance:decision_export", "governance:decision_list", "governance:dossier_export", "governance:dossier_list",
    "governance:follow_up_export", "governance:follow_up_list",
    "governance:verification", "priorities:list_export", "priorities:list_list", "priorities:programme_export",
    "priorities:programme_list",
    "steering:sealed_journal",
}  # fmt: skip


def acts():
    """{act: {actor: sign}}"""
    found = {}
    for line in MATRIX.strip().splitlines():
        act, signs = line.split("|")
        found[act.strip()] = dict(zip(COLUMNS, signs.split(), strict=True))
    return found
