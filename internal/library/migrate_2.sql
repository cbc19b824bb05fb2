-- From schema 1, which trial versions made, to 2: a Merkle tree for each log, and entries that can be erased. What stands
-- here stays as it is: log.sql goes on. Go fills tree_hash.

DROP TRIGGER log_is_append_only_update;
DROP TRIGGER log_is_append_only_delete;
DROP TRIGGER private_is_append_only_update;
DROP TRIGGER private_is_append_only_delete;

ALTER TABLE log RENAME TO log_1;
CREATE TABLE log (
  log_id    TEXT PRIMARY KEY,
  device_id TEXT NOT NULL,
  case_id   TEXT
) STRICT;
INSERT INTO log (log_id, device_id, case_id) SELECT log_id, device_id, case_id FROM log_1;
DROP TABLE log_1;
CREATE UNIQUE INDEX log_by_case ON log (coalesce(case_id, ''), device_id);

-- The hashes of each log's Merkle tree, as record.GrowTree gives them.
CREATE TABLE tree_hash (
  log_id   TEXT    NOT NULL REFERENCES log (log_id),
  position INTEGER NOT NULL, -- from 0
  hash     BLOB    NOT NULL,
  PRIMARY KEY (log_id, position)
) STRICT, WITHOUT ROWID;

-- The entries that an erasure names. It stands here before the payload goes.
CREATE TABLE erased (
  entry_id   TEXT PRIMARY KEY,
  erasure_id TEXT NOT NULL REFERENCES entry (entry_id)
) STRICT;

CREATE TRIGGER log_is_append_only_update BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'logs are append-only'); END;
CREATE TRIGGER log_is_append_only_delete BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'logs are append-only'); END;
CREATE TRIGGER private_is_append_only_update BEFORE UPDATE ON entry_private BEGIN SELECT raise(ABORT, 'entries are append-only'); END;
CREATE TRIGGER private_is_deleted_by_erasure_only BEFORE DELETE ON entry_private
  WHEN NOT EXISTS (SELECT 1 FROM erased WHERE entry_id = old.entry_id)
  BEGIN SELECT raise(ABORT, 'entries are append-only'); END;
CREATE TRIGGER private_stays_erased BEFORE INSERT ON entry_private
  WHEN EXISTS (SELECT 1 FROM erased WHERE entry_id = new.entry_id)
  BEGIN SELECT raise(ABORT, 'the entry was erased'); END;
CREATE TRIGGER tree_is_append_only_update BEFORE UPDATE ON tree_hash BEGIN SELECT raise(ABORT, 'logs are append-only'); END;
CREATE TRIGGER tree_is_append_only_delete BEFORE DELETE ON tree_hash BEGIN SELECT raise(ABORT, 'logs are append-only'); END;
CREATE TRIGGER erased_is_append_only_update BEFORE UPDATE ON erased BEGIN SELECT raise(ABORT, 'what is erased stays so'); END;
CREATE TRIGGER erased_is_append_only_delete BEFORE DELETE ON erased BEGIN SELECT raise(ABORT, 'what is erased stays so'); END;

-- A contact that goes on, or was not put on record yet: what was typed so far, and each note with its clock.
CREATE TABLE contact_draft (
  draft_id TEXT PRIMARY KEY,
  case_id  TEXT NOT NULL,
  began_at TEXT NOT NULL,
  ended_at TEXT,          -- NULL while it goes on
  typed    TEXT NOT NULL  -- JSON
) STRICT;
CREATE TABLE contact_draft_note (
  draft_id TEXT    NOT NULL REFERENCES contact_draft (draft_id) ON DELETE CASCADE,
  number   INTEGER NOT NULL, -- from 1
  noted_at TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  PRIMARY KEY (draft_id, number)
) STRICT, WITHOUT ROWID;
-- A second copy, against which SQLite's integrity_check holds the first: nothing else would notice a flipped bit here.
CREATE INDEX setting_twice ON setting (name, value);
CREATE INDEX contact_draft_twice ON contact_draft (draft_id, case_id, began_at, ended_at, typed);
CREATE INDEX contact_draft_note_twice ON contact_draft_note (draft_id, number, noted_at, text);
