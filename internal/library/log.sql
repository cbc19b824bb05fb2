-- The log, and what belongs to this computer only. views.sql has the rest of the database, which is made from the log.

-- One log per case and device. case_id is NULL for the log of the library itself.
CREATE TABLE log (
  log_id    TEXT PRIMARY KEY,
  device_id TEXT NOT NULL,
  case_id   TEXT
) STRICT;
CREATE UNIQUE INDEX log_by_case ON log (coalesce(case_id, ''), device_id);

CREATE TABLE entry (
  log_id       TEXT    NOT NULL REFERENCES log (log_id),
  sequence     INTEGER NOT NULL,
  entry_id     TEXT    NOT NULL UNIQUE,
  operation_id TEXT    NOT NULL,
  kind         TEXT    NOT NULL,
  kind_version INTEGER NOT NULL,
  format       INTEGER NOT NULL,
  recorded_at  TEXT    NOT NULL,
  leaf         BLOB    NOT NULL, -- the leaf's bytes
  leaf_hash    BLOB    NOT NULL,
  PRIMARY KEY (log_id, sequence)
) STRICT;
CREATE INDEX entry_by_operation ON entry (operation_id);

-- The hashes of each log's Merkle tree, as record.GrowTree gives them.
CREATE TABLE tree_hash (
  log_id   TEXT    NOT NULL REFERENCES log (log_id),
  position INTEGER NOT NULL, -- from 0
  hash     BLOB    NOT NULL,
  PRIMARY KEY (log_id, position)
) STRICT, WITHOUT ROWID;

-- What an erasure can take away; nothing else may.
CREATE TABLE entry_private (
  entry_id TEXT PRIMARY KEY REFERENCES entry (entry_id),
  payload  BLOB NOT NULL, -- canonical JSON
  salt     BLOB NOT NULL
) STRICT;

-- The entries that an erasure names. It stands here before the payload goes.
CREATE TABLE erased (
  entry_id   TEXT PRIMARY KEY,
  erasure_id TEXT NOT NULL REFERENCES entry (entry_id)
) STRICT;

CREATE TRIGGER log_is_append_only_update BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'logs are append-only'); END;
CREATE TRIGGER log_is_append_only_delete BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'logs are append-only'); END;
CREATE TRIGGER entry_is_append_only_update BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entry_is_append_only_delete BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'entries are append-only'); END;
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

-- Outside the log: what belongs to this computer only ------------------------------------------------------------------

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
-- A second copy, against which SQLite's integrity_check holds the first: nothing else would notice a flipped bit here.
CREATE INDEX setting_twice ON setting (name, value);

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
CREATE INDEX contact_draft_twice ON contact_draft (draft_id, case_id, began_at, ended_at, typed);
CREATE INDEX contact_draft_note_twice ON contact_draft_note (draft_id, number, noted_at, text);
