-- What is made from the log. It can be dropped and made again.

-- A thing is what the record says now about one case, party, contact …: its entry's payload with corrections applied.
CREATE TABLE thing (
  id          TEXT PRIMARY KEY,
  kind        TEXT    NOT NULL,
  case_id     TEXT    NOT NULL,
  happened_at TEXT    NOT NULL, -- earliest possible instant, RFC 3339 in UTC
  recorded_at TEXT    NOT NULL,
  log_id      TEXT    NOT NULL,
  sequence    INTEGER NOT NULL,
  leaf_hash   TEXT    NOT NULL, -- lower-case hex
  body        TEXT    NOT NULL, -- JSON
  corrections TEXT    NOT NULL DEFAULT '[]' -- JSON array of the corrections' payloads with their ids, oldest first
) STRICT;
CREATE INDEX thing_in_order ON thing (case_id, kind, happened_at, recorded_at, log_id, sequence);
CREATE INDEX thing_by_kind ON thing (kind, case_id);
CREATE INDEX evidence_by_message ON thing (json_extract(body, '$.message')) WHERE kind = 'evidence';

-- Where a message was seen, so that it is not fetched a second time.
CREATE TABLE message_source (
  message_id   TEXT PRIMARY KEY,
  case_id      TEXT    NOT NULL,
  sha256       TEXT    NOT NULL,
  host         TEXT    NOT NULL,
  user         TEXT    NOT NULL,
  mailbox      TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL
) STRICT;
CREATE INDEX message_source_by_hash ON message_source (case_id, sha256);
CREATE INDEX message_source_by_uid ON message_source (case_id, host, user, mailbox, uid_validity, uid);

-- What a reader made of a message. A message without a row waits to be read.
CREATE TABLE reading (
  message_id TEXT PRIMARY KEY,
  reader     TEXT NOT NULL,
  body       TEXT NOT NULL -- JSON, without the attachments' content
) STRICT;

-- The words that search finds a thing by.
CREATE TABLE words (
  row     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  kind    TEXT NOT NULL,
  case_id TEXT NOT NULL,
  title   TEXT NOT NULL,
  text    TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
  title, text, content='words', content_rowid='row', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
-- What the search index holds, to be checked.
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, col);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
