-- Messages to people: what a call says to somebody reaches them when they look next, and the urgent ones by SMS or
-- WeChat too. `link` is the page of the plugin that it leads to, as JSON: its address is worked out when it is read,
-- by the release that runs then.
BEGIN IMMEDIATE;

CREATE TABLE message (
    space_id TEXT NOT NULL,
    id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    key TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    body_zh TEXT,
    body_en TEXT,
    link TEXT,
    urgent INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (space_id, id)
) STRICT;
CREATE INDEX message_by_time ON message (space_id, at);

-- Who got it. Plugin and key stand here too, so that nobody gets a second one whoever was reached by the first.
CREATE TABLE message_recipient (
    space_id TEXT NOT NULL,
    person TEXT NOT NULL,
    message TEXT NOT NULL,
    plugin TEXT NOT NULL,
    key TEXT NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (space_id, person, message),
    FOREIGN KEY (space_id, message) REFERENCES message (space_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX message_recipient_once ON message_recipient (space_id, plugin, key, person);
CREATE INDEX message_recipient_by_message ON message_recipient (space_id, message);
CREATE INDEX message_recipient_unread ON message_recipient (space_id, person, message) WHERE read_at IS NULL;

-- By which way out of the platform somebody wants urgent messages; `off` for none. Who never chose has no row.
CREATE TABLE message_choice (
    space_id TEXT NOT NULL,
    person TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (space_id, person)
) STRICT, WITHOUT ROWID;

-- The outbox: written with the message, emptied by the host's sender. `state` is waiting, sent, failed (for good) or
-- parked (tried too often); `due` is the next attempt, `at` the last change.
CREATE TABLE outgoing (
    space_id TEXT NOT NULL,
    message TEXT NOT NULL,
    person TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due INTEGER NOT NULL,
    error TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (space_id, message, person),
    FOREIGN KEY (space_id, message) REFERENCES message (space_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_by_due ON outgoing (space_id, state, due);

PRAGMA user_version = 5;
COMMIT;
