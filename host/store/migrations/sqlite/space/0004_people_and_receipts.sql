-- Lists of people and households by name, and who of the space has opened which page that asks for it. What was seen
-- is no record of the village's affairs: it stands in no audit and moves no revision, and a crash may lose the last.
BEGIN IMMEDIATE;

CREATE INDEX member_by_name ON member (space_id, name, person);
CREATE INDEX household_by_name ON household (space_id, name, id);

-- `subject` is what the page was about: a document's id, mostly. `at` is when it was opened first.
CREATE TABLE seen (
    space_id TEXT NOT NULL,
    plugin TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (space_id, plugin, subject, person)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
COMMIT;
