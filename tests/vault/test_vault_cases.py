"""Cases are listed, sorted, filtered and found as the worker needs them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.given import Clock, document
from victim_id import errors
from victim_id.vault import Filter, Vault
from victim_id.vault.folding import fold, query
from victim_id.vault.ordering import ORDERS, listing


def put(vault, case, *, words=(), **fields):
    vault.cases.put(case, document(**fields), deed="answered", words=words)


def found(vault, text, **options):
    return [row.id for row in vault.cases.search(text, **options)]


def test_a_row_of_the_list_says_what_the_document_says(vault):
    put(
        vault,
        "c1",
        code="7K3-9QD",
        state="referred",
        setting="inspection",
        place="Restaurant Du Bois",
        level="strong",
        urgent="danger.now",
        danger_now=True,
        child=True,
        changed="2026-11-20T10:00:00Z",
        asked=12,
        askable=60,
        next_step="call",
        due="2026-12-01T00:00:00Z",
    )
    put(vault, "c2", code="AAA-AAA")

    full, plain = vault.cases.window()

    assert (full.id, full.code, full.state, full.setting, full.place) == (
        "c1",
        "7K3-9QD",
        "referred",
        "inspection",
        "Restaurant Du Bois",
    )
    assert (full.level, full.urgent, full.danger_now, full.child) == ("strong", "danger.now", True, True)
    assert (full.asked, full.askable, full.next_step, full.due) == (12, 60, "call", "2026-12-01T00:00:00Z")
    assert (plain.level, plain.urgent, plain.danger_now, plain.child, plain.asked, plain.due) == (
        None,
        None,
        False,
        False,
        0,
        None,
    )
    assert (plain.limited, plain.held) == (False, None)


def test_the_list_begins_with_danger_then_children_then_urgent_signs_then_the_level_then_time(vault):
    put(vault, "few", level="few", changed="2026-11-21T09:00:00Z")
    put(vault, "exploitation", level="exploitation", changed="2026-11-21T09:00:00Z")
    put(vault, "not yet assessed", changed="2026-11-21T09:00:00Z")
    put(vault, "open, newer", level="open", changed="2026-11-21T10:00:00Z")
    put(vault, "strong", level="strong", changed="2026-01-01T00:00:00Z")
    put(vault, "indications", level="indications")
    put(vault, "other urgent sign", level="few", urgent="wages.none")
    put(vault, "child", child=True)
    put(vault, "danger now", danger_now=True, urgent="danger.now", level="few")

    order = [row.id for row in vault.cases.window()]

    assert order == [
        "danger now",
        "child",
        "other urgent sign",
        "strong",
        "indications",
        "open, newer",
        "not yet assessed",  # not knowing is not less
        "exploitation",
        "few",
    ]
    assert [row.id for row in vault.cases.window(backwards=True)] == order[::-1]
    assert [row.id for row in vault.cases.window(offset=2, limit=3)] == order[2:5]


def test_cases_without_a_due_date_come_after_those_with_one(vault):
    put(vault, "never", due="", urgent="", level="")
    put(vault, "late", due="2027-01-01T00:00:00Z")
    put(vault, "soon", due="2026-12-01T00:00:00Z")

    assert [row.id for row in vault.cases.window(sort="due")] == ["soon", "late", "never"]
    assert (vault.cases.window(sort="due")[2].due, vault.cases.window(sort="due")[2].urgent) == (None, None)
    assert [row.id for row in vault.cases.window(only=Filter(due_by="2026-12-31T00:00:00Z"))] == ["soon"]


STATES, LEVELS, SETTINGS = ("open", "referred", "closed"), (None, "strong", "few"), (None, "inspection", "border")


@pytest.mark.full
@given(
    cases=st.lists(
        st.fixed_dictionaries(
            {
                "state": st.sampled_from(STATES),
                "level": st.sampled_from(LEVELS),
                "setting": st.sampled_from(SETTINGS),
                "child": st.booleans(),
                "place": st.sampled_from(["Äußere Gasse", "bar", "Bar", "zoo", None]),
                "changed": st.sampled_from(["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"]),
                "due": st.sampled_from([None, "2026-12-01T00:00:00Z", "2027-12-01T00:00:00Z"]),
            }
        ),
        max_size=12,
    ),
    only=st.builds(
        Filter,
        state=st.sampled_from((None, *STATES)),
        level=st.sampled_from((*LEVELS, "")),
        setting=st.sampled_from((*SETTINGS, "")),
        child=st.sampled_from([None, True, False]),
        due_by=st.sampled_from([None, "2027-01-01T00:00:00Z"]),
        changed_from=st.sampled_from([None, "2026-11-21T00:00:00Z"]),
        changed_before=st.sampled_from([None, "2026-11-21T00:00:00Z"]),
    ),
    sort=st.sampled_from(list(ORDERS)),
    backwards=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_windows_cut_one_list_that_holds_exactly_what_is_meant(cases, only, sort, backwards):
    with Vault.practice("Ana", now=Clock()) as vault:
        for number, fields in enumerate(cases):
            put(vault, f"c{number}", kind="practice", **fields)
        meant = {
            f"c{number}"
            for number, fields in enumerate(cases)
            if all(
                getattr(only, key) in {None, "" if fields[key] is None else fields[key]}
                for key in ("state", "level", "setting", "child")
            )
            and (only.due_by is None or (fields["due"] or "~") <= only.due_by)
            and (only.changed_from is None or fields["changed"] >= only.changed_from)
            and (only.changed_before is None or fields["changed"] < only.changed_before)
        }

        whole = [row.id for row in vault.cases.window(only=only, sort=sort, backwards=backwards)]
        cut = [
            row.id
            for start in range(0, 12, 3)
            for row in vault.cases.window(only=only, sort=sort, backwards=backwards, offset=start, limit=3)
        ]

        assert whole == cut
        assert len(whole) == len(set(whole)) == vault.cases.count(only)
        assert set(whole) == meant


@pytest.mark.full
@given(
    said=st.lists(
        st.sampled_from(["the kitchen", "ki (tchen)", "behind, the KITS", "床 在 kitchen", "", "under_the"]), max_size=8
    ),
    typed=st.sampled_from(["", "ki", "the", "the ki", "kitchen", "床", "床在", "e", "tchen", "behind the"]),
    sort=st.sampled_from(list(ORDERS)),
)
@settings(max_examples=60, deadline=None)
def test_terms_that_hold_for_many_cases_are_asked_in_another_way_and_find_the_same(said, typed, sort):
    with Vault.practice("Ana", now=Clock()) as vault:
        for number, text in enumerate(said):
            put(vault, f"c{number}", kind="practice", changed=f"2026-11-{number + 10}T10:00:00Z", words=[text])
        vault.cases.index()
        only = Filter(changed_from="2026-11-12T10:00:00Z", changed_before="2026-11-16T00:00:00Z")
        ways = [
            listing(sort, only, query(typed), wide=wide)
            for wide in ((), ("asked", "changed_from"), ("changed_before",))
        ]
        found = [vault._store.rows(f"{chosen} ORDER BY n", *values) for chosen, values in ways]

        assert found[0] == found[1] == found[2]
        assert (
            len(found[0]) == vault.cases.count(only, typed) == len(vault.cases.window(only=only, text=typed, sort=sort))
        )


def test_a_case_of_several_kinds_is_found_under_each_and_one_without_under_none(vault):
    put(vault, "both", kind="labour sexual")
    put(vault, "labour", kind="labour")
    put(vault, "not said", kind="")

    assert {row.id for row in vault.cases.window(only=Filter(kind="labour"))} == {"both", "labour"}
    assert [row.id for row in vault.cases.window(only=Filter(kind="sexual"))] == ["both"]
    assert [row.id for row in vault.cases.window(only=Filter(kind=""))] == ["not said"]


def test_what_was_found_can_be_ordered_filtered_and_walked_through(vault):
    for number in range(7):
        put(vault, f"c{number}", place=f"Place {6 - number}", child=number % 2 == 0, words=["the kitchen"])
    put(vault, "other", place="Shipyard")

    assert [row.id for row in vault.cases.window(text="kit", sort="place", limit=3)] == ["c6", "c5", "c4"]
    assert [row.id for row in vault.cases.window(text="kit", sort="place", offset=3, limit=9)] == [
        "c3",
        "c2",
        "c1",
        "c0",
    ]
    children = vault.cases.window(text="kit", sort="place", only=Filter(child=True), backwards=True)
    assert [row.id for row in children] == ["c0", "c2", "c4", "c6"]


def test_cases_are_counted_by_state(vault):
    for number, state in enumerate(["open", "open", "closed"]):
        put(vault, f"c{number}", state=state)

    assert vault.cases.counts() == {"open": 2, "closed": 1}
    assert vault.cases.count() == 3


def grown(vault, cases: int) -> None:
    """Fills a vault with many cases as fast as it goes."""
    draw = random.Random(1)
    with vault._store.transaction():
        for number in range(cases):
            vault._store.run(
                """INSERT INTO cases (id, code, state, changed, danger_now, child, level, asked, askable)
                VALUES (?, ?, 'open', '2026-11-21T09:30:00Z', 0, ?, ?, 0, 0)""",
                *(f"c{number}", f"{number:06}", draw.random() < 0.1, draw.choice(LEVELS)),
            )


@pytest.mark.full
def test_ten_thousand_cases_are_listed_without_sorting_them(vault):
    grown(vault, 10_000)

    window = vault.cases.window(offset=5_000, limit=50)
    order = "danger_now DESC, child DESC, urgent_other DESC, level_rank DESC, changed DESC, n"
    numbers = f"SELECT n FROM cases INDEXED BY cases_urgency ORDER BY {order} LIMIT 50"
    plans = [row[3] for row in vault._store.rows("EXPLAIN QUERY PLAN " + numbers)]

    assert len(window) == 50
    assert len({row.id for row in window}) == 50
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]
    children = vault.cases.window(only=Filter(child=True), limit=10_000)
    assert vault.cases.count(Filter(child=True)) == len(children) == len({row.id for row in children}) > 500


@pytest.mark.full
def test_an_answer_writes_few_pages_however_many_cases_there_are(vault, folder):
    grown(vault, 10_000)
    text = "the beds are behind the kitchen " * 60
    put(vault, "c5000", code="AAA-AAA", notes=text, words=[text])
    vault._store.checkpoint()
    [log] = folder.glob("*-wal")

    for number in range(20):
        put(vault, "c5000", code="AAA-AAA", notes=text, words=[text], asked=number)

    assert log.stat().st_size / 4120 / 20 < 16
    vault.rest()
    for number in range(20):
        put(vault, "c5000", code="AAA-AAA", notes=text, words=[text, f"said {number}"], asked=number)
    assert log.stat().st_size / 4120 / 20 < 16
    vault.rest()
    assert log.stat().st_size == 0
    assert vault.cases.search("behind the kit")[0].asked == 19


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"code":"A"}',
        b'{"code":"A","state":"lost","changed":"x"}',
        b'{"code":1,"state":"open","changed":"x"}',
        b"{" * 5000,
    ],
)
def test_a_document_that_cannot_be_listed_is_refused_whole(vault, wrong):
    before = vault.history.head()
    with pytest.raises(errors.WrongInput):
        vault.cases.put("c1", wrong, deed="answered")

    assert vault.cases.count() == 0
    assert vault.history.head() == before


def test_a_case_that_is_not_here_is_wrong_input(vault):
    with pytest.raises(errors.WrongInput):
        vault.cases.read("nobody")


def test_search_finds_code_place_and_words_while_typing(vault):
    put(vault, "c1", code="7K3-9QD", place="Café Łódź", words=["Beds behind the kitchen"])
    put(
        vault,
        "c2",
        code="AAA-AAA",
        place="Shipyard",
        changed="2026-11-22T09:30:00Z",
        words=["passport kept by the foreman"],
    )

    for typed in ("7k3", "7K3-9", "7k39qd", "cafe", "lodz", "LÓD", "beds kit", "kitchen beds", "  the   ki"):
        assert found(vault, typed) == ["c1"], typed
    assert found(vault, "the") == ["c2", "c1"]
    assert found(vault, "the", only=Filter(state="closed")) == []
    assert found(vault, "the", limit=1) == ["c2"]
    assert found(vault, "^the)") == ["c2", "c1"]
    for typed in (
        "",
        "  ",
        "-",
        "itchen",
        "kitchen passport",
        '"',
        "*",
        "the OR",
        "NEAR(the, 2)",
        "the AND",
    ):
        assert found(vault, typed) == [], typed


def test_the_words_of_an_answer_wait_for_the_index_as_durably_as_the_answer_and_are_found_at_once(vault, unlock):
    put(vault, "c1", words=["beds"])
    vault.rest()
    put(vault, "c1", words=["beds", "mattresses"])

    assert vault._store.rows("SELECT n, text FROM waiting") == [(1, vault.cases.words("c1")[0])]
    vault.close()
    vault = unlock()
    assert vault.cases.words("c1") == ["7k3 9qd 7k39qd beds mattresses"]
    assert [row.id for row in vault.cases.search("mattr")] == ["c1"]
    assert vault.cases.count(text="mattr") == 1
    assert vault._store.rows("SELECT * FROM waiting") == []


def test_words_that_wait_and_are_taken_back_are_in_the_index_neither(vault):
    put(vault, "c1", words=["beds"])
    vault.rest()
    put(vault, "c1", words=["beds", "mattresses"])
    put(vault, "c1", words=["beds"])

    assert [row.id for row in vault.cases.search("beds")] == ["c1"]
    assert vault.cases.search("mattresses") == []


def test_words_that_were_taken_back_are_not_found_any_more(vault):
    put(vault, "c1", words=["a cellar with mattresses"])
    put(vault, "c1", words=["a cellar"])

    assert found(vault, "mattresses") == []
    assert found(vault, "cellar") == ["c1"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Straße", "STRASSE"),
        ("Straße", "strasse"),
        ("Ørsted", "orst"),
        ("Işık", "isik"),
        ("ISTANBUL İ", "istanbul i"),
        ("Þórr", "thorr"),
        ("Ελλάς", "ΕΛΛΑΣ"),
        ("Nguyễn", "nguyen"),
        ("ёлка", "елка"),
        ("علی", "على"),
        ("كريم", "کریم"),
        ("مَدْرَسَة", "مدرسه"),
        ("می‌خواهم", "میخواهم"),
        ("۱۱۲", "112"),
        ("٣٠٠", "300"),
        ("ﬁne", "fine"),
        ("北京餐馆", "京餐"),
        ("東京タワー", "タワ"),
        ("ร้านอาหาร", "อาหาร"),
        ("서울", "서우"),
        ("ትግርኛ", "ትግር"),
        ("বাংলা", "বাংল"),
        ("हिन्दी", "हिन्दी"),
        ("e\u0301te\u0301", "été"),
        ("Ｆｕｌｌ", "full"),
    ],
)
def test_a_word_is_found_however_it_is_written(vault, written, typed):
    put(vault, "c1", words=[f"before {written} after"])
    put(vault, "c2", words=["before something else after"])

    assert found(vault, typed) == ["c1"]
    assert found(vault, written) == ["c1"]


def test_signs_of_a_script_without_spaces_must_stand_side_by_side(vault):
    put(vault, "c1", words=["北海道 京都"])

    assert found(vault, "北京") == []
    assert found(vault, "京都") == ["c1"]


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_folding_is_settled_and_any_text_may_be_typed(text, typed):
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper().lower()) == fold(text.lower()) or any(ord(sign) > 127 for sign in text)
    assert query(typed).count('"') % 2 == 0


@pytest.mark.full
@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=4), st.data()
)
@settings(max_examples=80, deadline=None)
def test_every_word_of_a_text_finds_it_again_and_nothing_typed_is_an_error(texts, data):
    with Vault.practice("Ana", now=Clock()) as vault:
        for number, text in enumerate(texts):
            put(vault, f"c{number}", kind="practice", words=[text])
            assert fold(text) == "" or f"c{number}" in found(vault, text)
        vault.cases.search(data.draw(st.text(max_size=20)))
