-- Rules that the space set for itself, decisions with what they rested on, and the ledger of points. Amounts are
-- whole hundredths of a point. Rows of the ledger are added, never changed: triggers keep whoever writes by another
-- way from doing so unawares, and the chain finds who does it on purpose.
BEGIN IMMEDIATE;

-- The newest row of the ledger, which the next one is chained to.
ALTER TABLE space_state ADD COLUMN ledger_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE space_state ADD COLUMN ledger_hash TEXT NOT NULL DEFAULT '';

-- What decides, kept once by its digest: the space's own, and copies of the district's and of defaults that were
-- used, so that every decision can be replayed from this file alone. `rows` is the table as JSON.
CREATE TABLE rule_text (
    space_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    hook TEXT NOT NULL,
    script TEXT NOT NULL,
    rows TEXT NOT NULL,
    PRIMARY KEY (space_id, digest)
) STRICT;

-- The space's own versions. A version is never changed; `checked` and `tried` say when that was done last.
CREATE TABLE rule_version (
    space_id TEXT NOT NULL,
    hook TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    cases TEXT NOT NULL,
    note TEXT NOT NULL,
    author TEXT,
    made INTEGER NOT NULL,
    checked INTEGER,
    tried INTEGER,
    PRIMARY KEY (space_id, hook, version),
    FOREIGN KEY (space_id, digest) REFERENCES rule_text (space_id, digest)
) STRICT;

-- From when which version decides; the one with the greatest `starts` not in the future does. A publication that
-- had not begun when the rule was rolled back is withdrawn.
CREATE TABLE rule_publication (
    space_id TEXT NOT NULL,
    hook TEXT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    publisher TEXT,
    at INTEGER NOT NULL,
    is_rollback INTEGER NOT NULL,
    withdrawn INTEGER,
    PRIMARY KEY (space_id, hook, number),
    FOREIGN KEY (space_id, hook, version) REFERENCES rule_version (space_id, hook, version)
) STRICT;
CREATE INDEX rule_publication_by_start ON rule_publication (space_id, hook, starts, number) WHERE withdrawn IS NULL;

-- What a rule failed at, for whoever mends it; the oldest go.
CREATE TABLE rule_failure (
    space_id TEXT NOT NULL,
    hook TEXT NOT NULL,
    number INTEGER NOT NULL,
    origin TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    input TEXT NOT NULL,
    failure TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (space_id, hook, number)
) STRICT;

-- What rules decided, with everything that it takes to decide it again. `item` and `points` stand here too, so that
-- history is counted from an index.
CREATE TABLE decision (
    space_id TEXT NOT NULL,
    id TEXT NOT NULL,
    hook TEXT NOT NULL,
    plugin TEXT NOT NULL,
    origin TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    guards TEXT NOT NULL,
    engine TEXT NOT NULL,
    input TEXT NOT NULL,
    answers TEXT NOT NULL,
    output TEXT NOT NULL,
    because TEXT NOT NULL,
    fell_back TEXT,
    person TEXT,
    household TEXT,
    item TEXT,
    points INTEGER NOT NULL,
    at INTEGER NOT NULL,
    made INTEGER NOT NULL,
    voided INTEGER,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, digest) REFERENCES rule_text (space_id, digest)
) STRICT;
CREATE INDEX decision_of_person ON decision (space_id, person, hook, item, at, points)
    WHERE voided IS NULL AND person IS NOT NULL;
CREATE INDEX decision_of_household ON decision (space_id, household, hook, item, at, points)
    WHERE voided IS NULL AND household IS NOT NULL;

CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is never removed');
END;
CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
WHEN OLD.voided IS NOT NULL OR NEW.voided IS NULL
    OR NEW.space_id IS NOT OLD.space_id OR NEW.id IS NOT OLD.id OR NEW.hook IS NOT OLD.hook
    OR NEW.plugin IS NOT OLD.plugin OR NEW.origin IS NOT OLD.origin OR NEW.version IS NOT OLD.version
    OR NEW.digest IS NOT OLD.digest OR NEW.guards IS NOT OLD.guards OR NEW.engine IS NOT OLD.engine
    OR NEW.input IS NOT OLD.input OR NEW.answers IS NOT OLD.answers OR NEW.output IS NOT OLD.output
    OR NEW.because IS NOT OLD.because OR NEW.fell_back IS NOT OLD.fell_back OR NEW.person IS NOT OLD.person
    OR NEW.household IS NOT OLD.household OR NEW.item IS NOT OLD.item OR NEW.points IS NOT OLD.points
    OR NEW.at IS NOT OLD.at OR NEW.made IS NOT OLD.made
BEGIN
    SELECT RAISE(ABORT, 'a decision is never changed, only set aside');
END;

-- `whose` is household or person. The account's balance is the sum of its rows, `held` that of its holds.
CREATE TABLE ledger_account (
    space_id TEXT NOT NULL,
    whose TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    balance INTEGER NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (space_id, whose, kind, holder)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_account_by_balance ON ledger_account (space_id, whose, kind, balance);

-- The chain: `hash` covers the hash before and the row, whose payload (text, person, item) it covers through
-- `digest`, which is salted: with payload and salt erased the digest tells nothing, and the chain stays whole.
-- `is_earned` rows count in rankings: what was spent and the close of a period do not.
CREATE TABLE ledger_entry (
    space_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    whose TEXT NOT NULL,
    holder TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    reason TEXT NOT NULL,
    is_earned INTEGER NOT NULL,
    decision TEXT,
    corrects TEXT,
    made_by TEXT,
    at INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    text TEXT,
    person TEXT,
    item TEXT,
    salt TEXT,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (space_id, number),
    UNIQUE (space_id, id),
    FOREIGN KEY (space_id, decision) REFERENCES decision (space_id, id),
    FOREIGN KEY (space_id, corrects) REFERENCES ledger_entry (space_id, id)
) STRICT;
CREATE INDEX ledger_entry_by_account ON ledger_entry (space_id, whose, holder, number);

CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'a row of the ledger is never removed');
END;
CREATE TRIGGER ledger_entry_is_not_changed BEFORE UPDATE ON ledger_entry
WHEN NEW.text IS NOT NULL OR NEW.person IS NOT NULL OR NEW.item IS NOT NULL OR NEW.salt IS NOT NULL
    OR NEW.space_id IS NOT OLD.space_id OR NEW.number IS NOT OLD.number OR NEW.id IS NOT OLD.id
    OR NEW.plugin IS NOT OLD.plugin OR NEW.whose IS NOT OLD.whose OR NEW.holder IS NOT OLD.holder
    OR NEW.kind IS NOT OLD.kind OR NEW.amount IS NOT OLD.amount OR NEW.balance IS NOT OLD.balance
    OR NEW.reason IS NOT OLD.reason OR NEW.is_earned IS NOT OLD.is_earned OR NEW.decision IS NOT OLD.decision
    OR NEW.corrects IS NOT OLD.corrects OR NEW.made_by IS NOT OLD.made_by OR NEW.at IS NOT OLD.at
    OR NEW.posted IS NOT OLD.posted OR NEW.digest IS NOT OLD.digest OR NEW.hash IS NOT OLD.hash
BEGIN
    SELECT RAISE(ABORT, 'a row of the ledger is never changed: post a correction');
END;

-- Sums of an account's rows (`whose` household or person), and of the deeds of a person for whichever account
-- (`whose` deeds), per month, quarter, year and ever: rankings and closes never walk the rows themselves.
CREATE TABLE ledger_sum (
    space_id TEXT NOT NULL,
    whose TEXT NOT NULL,
    span TEXT NOT NULL,
    period TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    amount INTEGER NOT NULL,
    earned INTEGER NOT NULL,
    PRIMARY KEY (space_id, whose, span, period, kind, holder)
) STRICT, WITHOUT ROWID;

-- What is set aside; the row goes when it is spent or given back.
CREATE TABLE ledger_hold (
    space_id TEXT NOT NULL,
    id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    whose TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    amount INTEGER NOT NULL,
    made INTEGER NOT NULL,
    PRIMARY KEY (space_id, id)
) STRICT, WITHOUT ROWID;

-- Whose accounts have had the close of a period.
CREATE TABLE ledger_close (
    space_id TEXT NOT NULL,
    period TEXT NOT NULL,
    whose TEXT NOT NULL,
    holder TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (space_id, period, whose, holder)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
COMMIT;
