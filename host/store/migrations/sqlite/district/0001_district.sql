-- What no single space owns. `application_id` marks the file as ours ("CSDI"); ids are UUID text, times are
-- microseconds UTC, booleans 0 or 1.
BEGIN IMMEDIATE;
PRAGMA application_id = 0x43534449;

-- The tree village -> town -> district. `born` is set once the space's own file has been made: a file that
-- is missing afterwards is a loss to report, not a space to begin anew.
CREATE TABLE space (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT REFERENCES space (id),
    born INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Codes that a space once had: villages merge, and old addresses still lead somewhere.
CREATE TABLE space_code (
    code TEXT NOT NULL PRIMARY KEY,
    space TEXT NOT NULL REFERENCES space (id),
    until INTEGER NOT NULL
) STRICT;

-- Each space's next due time, so that idle ones stay closed. While `open`, the truth is in the memory of the
-- process that writes the space; a row that is still open when the store starts is counted anew.
CREATE TABLE space_due (
    space TEXT NOT NULL PRIMARY KEY REFERENCES space (id),
    due_at INTEGER,
    open INTEGER NOT NULL
) STRICT;
CREATE INDEX space_due_by_time ON space_due (open, due_at);

CREATE TABLE account (
    person TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    phone TEXT UNIQUE,
    password_hash TEXT,
    lang TEXT,
    elder INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL
) STRICT;

-- Only the hash of a token is kept.
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES account (person),
    opened INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person);

-- Which spaces know a person: an index over what the spaces hold, for the list after signing in.
CREATE TABLE membership (
    person TEXT NOT NULL,
    space TEXT NOT NULL REFERENCES space (id),
    PRIMARY KEY (person, space)
) STRICT, WITHOUT ROWID;

-- Officers over a space and everything beneath it. The grant itself is the space's; this is where it is looked
-- up on every request. It is taken away here first and added here last.
CREATE TABLE subtree_grant (
    person TEXT NOT NULL,
    space TEXT NOT NULL REFERENCES space (id),
    PRIMARY KEY (person, space)
) STRICT, WITHOUT ROWID;

-- Releases of plugins; the bytes are in plugins/<digest>.wasm.
CREATE TABLE release (
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    installed INTEGER NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT;
CREATE UNIQUE INDEX release_active ON release (name) WHERE active = 1;

-- Days that are not what their weekday says.
CREATE TABLE calendar_day (
    day TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL
) STRICT;

-- Small facts of the host.
CREATE TABLE note (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

PRAGMA user_version = 1;
COMMIT;
