-- What one space owns. `application_id` marks the file as ours ("CSSP"); `space_id` comes first in every key,
-- though a file holds one space, so that the statements are those of an engine that holds all spaces in one.
BEGIN IMMEDIATE;
PRAGMA application_id = 0x43535350;

-- One row: what every commit moves on. `counter` numbers events, deliveries and carriages.
CREATE TABLE space_state (
    space_id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    audit_seq INTEGER NOT NULL,
    audit_hash TEXT NOT NULL,
    counter INTEGER NOT NULL,
    office_phone TEXT
) STRICT;

CREATE TABLE household (
    space_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    village_group TEXT,
    PRIMARY KEY (space_id, id)
) STRICT;

-- `name_search` is the name as it is searched: lower case, half width.
CREATE TABLE member (
    space_id TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    name_search TEXT NOT NULL,
    household TEXT,
    phone TEXT,
    PRIMARY KEY (space_id, person),
    FOREIGN KEY (space_id, household) REFERENCES household (space_id, id)
) STRICT;
CREATE INDEX member_by_household ON member (space_id, household);

-- Grants here; `subtree` ones reach the spaces beneath too.
CREATE TABLE role (
    space_id TEXT NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    subtree INTEGER NOT NULL,
    granted_by TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (space_id, person, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_state (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    is_on INTEGER NOT NULL,
    pinned TEXT,
    PRIMARY KEY (space_id, plugin)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (space_id, plugin)
) STRICT;

-- `readers` is a mask of roles, worked out when the document is written; `body_hash` covers the row and its
-- index entries, and the audit chain covers the hash.
CREATE TABLE document (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    schema INTEGER NOT NULL,
    version INTEGER NOT NULL,
    owner TEXT,
    readers INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    body TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    PRIMARY KEY (space_id, plugin, collection, id)
) STRICT;
CREATE INDEX document_by_schema ON document (space_id, plugin, collection, schema, id);

-- `key` sorts bytewise as its fields sort. Owner and readers stand here too, so that counting needs no document.
CREATE TABLE index_entry (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    collection TEXT NOT NULL,
    index_name TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    is_unique INTEGER NOT NULL,
    owner TEXT,
    readers INTEGER NOT NULL,
    PRIMARY KEY (space_id, plugin, collection, index_name, key, document)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX index_entry_unique ON index_entry (space_id, plugin, collection, index_name, key)
    WHERE is_unique = 1;
CREATE INDEX index_entry_by_document ON index_entry (space_id, plugin, collection, document);

-- Two characters that stand side by side in a searched field (and the last one of each word by itself).
CREATE TABLE search_entry (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    collection TEXT NOT NULL,
    gram TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (space_id, plugin, collection, gram, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    series TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (space_id, plugin, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    space_id TEXT NOT NULL,
    id TEXT NOT NULL,
    uploader TEXT NOT NULL,
    at INTEGER NOT NULL,
    is_image INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    plugin TEXT,
    collection TEXT,
    document TEXT,
    PRIMARY KEY (space_id, id)
) STRICT;
CREATE INDEX file_unattached ON file (space_id, at) WHERE document IS NULL;
CREATE INDEX file_by_document ON file (space_id, plugin, collection, document) WHERE document IS NOT NULL;

-- Events sent here and events that arrived: `came` is here, below or above. A repeat of an arrival is known by
-- its source and number. `root` is the first event of the causal tree, for its budget.
CREATE TABLE event (
    space_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    at INTEGER NOT NULL,
    came TEXT NOT NULL,
    from_name TEXT,
    source_space TEXT NOT NULL,
    source_sequence INTEGER NOT NULL,
    root TEXT NOT NULL,
    cause TEXT,
    answers TEXT,
    PRIMARY KEY (space_id, sequence)
) STRICT;
CREATE UNIQUE INDEX event_by_id ON event (space_id, id);
CREATE UNIQUE INDEX event_by_source ON event (space_id, source_space, source_sequence);
CREATE INDEX event_by_root ON event (space_id, root);

-- What a hearer here has still to hear; the row goes when it has. `ready` is the place in the order of its
-- (subscriber, subject), `due` the next attempt.
CREATE TABLE delivery (
    space_id TEXT NOT NULL,
    id INTEGER NOT NULL,
    event INTEGER NOT NULL,
    subscriber TEXT NOT NULL,
    subject TEXT NOT NULL,
    ready INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    error TEXT,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, event) REFERENCES event (space_id, sequence)
) STRICT;
CREATE INDEX delivery_in_order ON delivery (space_id, subscriber, subject, ready, id);
CREATE INDEX delivery_by_due ON delivery (space_id, parked, due);

-- What has still to be carried to another space; the row goes when it has arrived.
CREATE TABLE carriage (
    space_id TEXT NOT NULL,
    id INTEGER NOT NULL,
    event INTEGER NOT NULL,
    target TEXT NOT NULL,
    direction TEXT NOT NULL,
    subject TEXT NOT NULL,
    ready INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    error TEXT,
    PRIMARY KEY (space_id, id),
    FOREIGN KEY (space_id, event) REFERENCES event (space_id, sequence)
) STRICT;
CREATE INDEX carriage_in_order ON carriage (space_id, target, subject, ready, id);
CREATE INDEX carriage_by_due ON carriage (space_id, due);

CREATE TABLE job (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    job TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    cursor TEXT,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (space_id, plugin, job)
) STRICT, WITHOUT ROWID;

-- What an action answered under the key that its sender chose, for a repeat of the request.
CREATE TABLE idempotency (
    space_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (space_id, actor, action, key)
) STRICT;
CREATE INDEX idempotency_by_expiry ON idempotency (space_id, expires);

-- The chain: `hash` covers the hash before, the row, and the row's traces.
CREATE TABLE audit (
    space_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    via TEXT,
    on_behalf_of TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (space_id, seq)
) STRICT;

-- In which state an audited transaction left a record (`hash` is empty when it removed it). Records of the
-- platform itself have an empty plugin.
CREATE TABLE trace (
    space_id TEXT NOT NULL,
    audit_seq INTEGER NOT NULL,
    plugin TEXT NOT NULL,
    collection TEXT NOT NULL,
    record TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (space_id, audit_seq, plugin, collection, record),
    FOREIGN KEY (space_id, audit_seq) REFERENCES audit (space_id, seq)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
COMMIT;
