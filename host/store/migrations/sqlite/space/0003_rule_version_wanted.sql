-- From when its author wants a version to decide; whoever publishes it may choose another day. It was a note of the
-- district, where a village's backup did not hold it.
BEGIN IMMEDIATE;
ALTER TABLE rule_version ADD COLUMN wanted INTEGER;
PRAGMA user_version = 3;
COMMIT;
