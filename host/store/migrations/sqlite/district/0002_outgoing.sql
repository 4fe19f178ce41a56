-- Spaces whose outbox to SMS and WeChat may hold something, so that the sender opens no other one. A row is written
-- before the first such message of a space is kept, and goes when its outbox is found empty.
BEGIN IMMEDIATE;

CREATE TABLE space_outgoing (
    space TEXT NOT NULL PRIMARY KEY REFERENCES space (id)
) STRICT;

PRAGMA user_version = 2;
COMMIT;
