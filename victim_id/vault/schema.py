"""The tables of a vault, as numbered migrations: a released one is never changed, only followed by the next."""

_FIRST = """
CREATE TABLE vault (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('real', 'practice')),
    made TEXT NOT NULL
);
CREATE TABLE workers (id TEXT PRIMARY KEY, name TEXT NOT NULL, made TEXT NOT NULL, left TEXT);
CREATE TABLE slots (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('worker', 'recovery', 'organisation')),
    public BLOB NOT NULL,
    worker TEXT REFERENCES workers (id),
    made TEXT NOT NULL,
    CHECK ((kind = 'worker') = (worker IS NOT NULL))
);
CREATE TABLE slot_lists (generation INTEGER PRIMARY KEY, digest BLOB NOT NULL);

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    clock_doubt INTEGER NOT NULL CHECK (clock_doubt IN (0, 1)),
    worker TEXT NOT NULL,
    case_id TEXT,
    kind TEXT NOT NULL,
    commitment BLOB NOT NULL,
    link BLOB NOT NULL
);
CREATE INDEX history_of_case ON history (case_id, seq);
CREATE INDEX history_by_time ON history (time);
CREATE TABLE history_bodies (
    seq INTEGER PRIMARY KEY REFERENCES history (seq),
    salt BLOB NOT NULL,
    body BLOB NOT NULL
);
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_follows BEFORE INSERT ON history
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER body_is_not_changed BEFORE UPDATE ON history_bodies
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TABLE sealed_bodies (seq INTEGER PRIMARY KEY REFERENCES history (seq), sealed BLOB NOT NULL);
CREATE TRIGGER body_goes_only_with_an_erasure_or_under_seal BEFORE DELETE ON history_bodies
WHEN NOT EXISTS (SELECT 1 FROM sealed_bodies WHERE seq = old.seq) AND NOT EXISTS (
    SELECT 1 FROM history AS line JOIN history AS erasure ON erasure.case_id = line.case_id
    WHERE line.seq = old.seq AND erasure.kind = 'erased' AND erasure.seq > line.seq
)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER sealed_body_goes_only_with_an_erasure_or_unsealed BEFORE DELETE ON sealed_bodies
WHEN NOT EXISTS (SELECT 1 FROM history_bodies WHERE seq = old.seq) AND NOT EXISTS (
    SELECT 1 FROM history AS line JOIN history AS erasure ON erasure.case_id = line.case_id
    WHERE line.seq = old.seq AND erasure.kind = 'erased' AND erasure.seq > line.seq
)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TABLE holds (
    case_id TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    worker TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE backups (
    id TEXT PRIMARY KEY,
    made TEXT NOT NULL,
    place TEXT NOT NULL,
    seq INTEGER NOT NULL,
    gone TEXT
) WITHOUT ROWID;
CREATE TABLE unfinished (deed TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE cases (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    limited INTEGER NOT NULL DEFAULT 0 CHECK (limited IN (0, 1)),
    held TEXT,
    code TEXT NOT NULL,
    state TEXT NOT NULL,
    changed TEXT NOT NULL,
    setting TEXT,
    place TEXT,
    kind TEXT,
    level TEXT,
    urgent TEXT,
    danger_now INTEGER NOT NULL,
    child INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    askable INTEGER NOT NULL,
    next_step TEXT,
    due TEXT,
    outcome TEXT,
    due_order TEXT AS (coalesce(due, '~')) VIRTUAL,
    urgent_other INTEGER AS (urgent IS NOT NULL) VIRTUAL,
    level_rank INTEGER AS (CASE level
        WHEN 'strong' THEN 4 WHEN 'indications' THEN 3 WHEN 'exploitation' THEN 1 WHEN 'few' THEN 0
        ELSE 2 END) VIRTUAL
);
CREATE INDEX cases_urgency ON cases (danger_now DESC, child DESC, urgent_other DESC, level_rank DESC, changed DESC, n,
    state, setting, level, kind, due);
CREATE INDEX cases_changed ON cases (changed DESC, n, state, setting, level, kind, child, due);
CREATE INDEX cases_level ON cases (level_rank DESC, changed DESC, n, state, setting, level, kind, child, due);
CREATE INDEX cases_code ON cases (code, n, state, setting, level, kind, child, due);
CREATE INDEX cases_place ON cases (place COLLATE NOCASE, n, state, setting, level, kind, child, due);
CREATE INDEX cases_due ON cases (due_order, danger_now DESC, n, state, setting, level, kind, child, due);
CREATE INDEX cases_state ON cases (state);
CREATE INDEX cases_outcome ON cases (outcome);
CREATE TABLE documents (n INTEGER PRIMARY KEY REFERENCES cases (n), document BLOB NOT NULL);

CREATE TABLE case_keys (
    case_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (case_id, slot)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'ascii', prefix = '1 2');

CREATE TABLE drafts (
    case_id TEXT NOT NULL,
    question TEXT NOT NULL,
    draft TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (case_id, question)
) WITHOUT ROWID;
CREATE TABLE positions (case_id TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE editions (
    fingerprint TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    kept TEXT NOT NULL,
    archive BLOB NOT NULL
);
CREATE TABLE cards (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('own', 'recipient', 'sender')),
    made TEXT NOT NULL,
    card BLOB NOT NULL
);
CREATE TABLE own_keys (
    number INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    identity TEXT NOT NULL,
    recipient TEXT NOT NULL,
    signing_number BLOB NOT NULL,
    signing_secret BLOB NOT NULL
);
CREATE TABLE packages (
    id TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    time TEXT NOT NULL,
    other TEXT NOT NULL,
    case_id TEXT,
    PRIMARY KEY (id, direction)
) WITHOUT ROWID;
CREATE TABLE received (package TEXT PRIMARY KEY, time TEXT NOT NULL, content BLOB NOT NULL);
CREATE INDEX received_by_time ON received (time);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) WITHOUT ROWID;
"""

# Lines of the history are kept for a time, then forgotten: place and link stay, so that the chain still holds. The line
# that says so comes first, and nothing younger than a year before it can be forgotten.
_SECOND = """
CREATE INDEX history_marks ON history (kind, case_id, time) WHERE kind IN ('confirmed', 'identity_erased');
DROP TRIGGER history_is_not_changed;
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history
WHEN NOT (
    new.seq = old.seq AND new.link = old.link AND new.kind = 'forgotten' AND new.worker = '' AND new.case_id IS NULL
    AND new.time = '' AND new.clock_doubt = 0 AND new.commitment = x'' AND old.kind <> 'history_forgotten'
    AND old.time < (
        SELECT strftime('%Y-%m-%dT%H:%M:%SZ', time, '-1 year') FROM history
        WHERE kind = 'history_forgotten' AND seq > old.seq ORDER BY seq DESC LIMIT 1
    )
)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
DROP TRIGGER body_goes_only_with_an_erasure_or_under_seal;
CREATE TRIGGER body_goes_only_with_an_erasure_or_under_seal BEFORE DELETE ON history_bodies
WHEN NOT EXISTS (SELECT 1 FROM sealed_bodies WHERE seq = old.seq)
AND NOT EXISTS (SELECT 1 FROM history WHERE seq = old.seq AND kind = 'forgotten')
AND NOT EXISTS (
    SELECT 1 FROM history AS line JOIN history AS erasure ON erasure.case_id = line.case_id
    WHERE line.seq = old.seq AND erasure.kind = 'erased' AND erasure.seq > line.seq
)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
"""
_ORDERS = """
ALTER TABLE cases ADD COLUMN state_rank INTEGER AS (CASE state WHEN 'open' THEN 0 WHEN 'referred' THEN 1 ELSE 2 END)
    VIRTUAL;
DROP INDEX cases_state;
CREATE INDEX cases_state ON cases (state_rank, n DESC, state, setting, level, kind, child, due);
CREATE INDEX cases_setting ON cases (setting, n DESC, state, level, kind, child, due);
CREATE INDEX cases_kind ON cases (kind, n DESC, state, setting, level, child, due);
CREATE INDEX cases_child ON cases (child DESC, n DESC, state, setting, level, kind, due);
"""
"""More orders of the list. None of these indices knows when a case was changed: an answer does not touch them."""

_WHOLE = """
CREATE TRIGGER erasure_is_forgotten_last BEFORE UPDATE ON history
WHEN old.kind = 'erased' AND EXISTS (SELECT 1 FROM history WHERE case_id = old.case_id AND seq < old.seq)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
"""
"""With a wrong clock an erasure may be older than what it erased: its line goes only after all those of its case."""

_QUICK = """
CREATE TABLE waiting (n INTEGER PRIMARY KEY REFERENCES cases (n), text TEXT NOT NULL);
DROP TRIGGER history_follows;
CREATE TRIGGER history_follows BEFORE INSERT ON history
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ROLLBACK, 'history is append-only'); END;
"""
"""Words that wait for the index. What may only abort its own statement makes SQLite copy every page it touches first."""

_FORMER_WAYS = """
CREATE TABLE former_slots (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('worker', 'recovery', 'organisation')),
    public BLOB NOT NULL,
    worker TEXT
) WITHOUT ROWID;
"""
"""Ways that open the vault no more, kept while a limited case is sealed to them and not yet to those in their place."""

_NEED_TO_KNOW = """
CREATE TABLE sealed_reasons (case_id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE looks (n INTEGER PRIMARY KEY REFERENCES cases (n), day TEXT NOT NULL);
CREATE INDEX looks_by_day ON looks (day);
INSERT INTO looks (n, day) SELECT n, strftime('%Y-%m-%d', coalesce((
    SELECT max(time) FROM history WHERE case_id = cases.id AND kind NOT IN ('read', 'refused')
), 'now'), '+1 year') FROM cases WHERE limited = 1;
"""
"""The reason of a hold lies under the seal of its case; from the day in `looks` on a limited case is due to be looked at."""

_CODES = """
INSERT OR REPLACE INTO waiting (n, text)
SELECT n, replace(lower(code), '-', ' ') || ' ' || replace(lower(code), '-', '') FROM cases WHERE limited = 1;
"""
"""The code of a limited case is found by everybody: who may not read it learns whom to ask."""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _ORDERS, _WHOLE, _QUICK, _FORMER_WAYS, _NEED_TO_KNOW, _CODES)
