-- What is made from the log. It can be dropped and made again.

-- A thing is what the record says now about one case, party, contact …: its entry's payload with corrections applied. An
-- erased entry has none.
CREATE TABLE thing (
  id          TEXT PRIMARY KEY,
  kind        TEXT    NOT NULL,
  case_id     TEXT    NOT NULL, -- of its log; empty in a log of the library itself
  counts      INTEGER NOT NULL, -- 0 when a retraction in force names it
  happened_at TEXT    NOT NULL, -- earliest possible instant, RFC 3339 in UTC; of a message, when it was received
  recorded_at TEXT    NOT NULL,
  log_id      TEXT    NOT NULL,
  sequence    INTEGER NOT NULL,
  leaf_hash   TEXT    NOT NULL, -- lower-case hex
  body        TEXT    NOT NULL, -- JSON
  corrections TEXT    NOT NULL -- JSON array of the corrections that are in it, with their places, oldest first
) STRICT;
CREATE INDEX thing_in_order ON thing (case_id, kind, happened_at, recorded_at, log_id, sequence);
CREATE INDEX thing_by_kind ON thing (kind, case_id);
CREATE INDEX thing_taken_back ON thing (case_id) WHERE NOT counts;
CREATE INDEX evidence_by_message ON thing (json_extract(body, '$.message')) WHERE kind = 'evidence';

-- What the timeline of a case is made from: a narrow row for each thing that counts and happened, or says how something
-- ended. A page of ten thousand rows, their count and their drawing are had from it without reading the things themselves.
CREATE TABLE moment (
  case_id      TEXT    NOT NULL,
  day          TEXT    NOT NULL, -- the first day that it can have been, where it happened; empty when it has none
  wall         TEXT    NOT NULL, -- as much of its wall time as is known
  recorded_at  TEXT    NOT NULL,
  log_id       TEXT    NOT NULL,
  sequence     INTEGER NOT NULL,
  kind         TEXT    NOT NULL,
  id           TEXT    NOT NULL UNIQUE,
  about        TEXT    NOT NULL, -- the contact or message it belongs to; of a settlement, the promise; or empty
  channel      TEXT    NOT NULL,
  direction    TEXT    NOT NULL,
  party        TEXT    NOT NULL,
  people       TEXT    NOT NULL, -- ids of those who were spoken to
  senders      TEXT    NOT NULL, -- of a message: addresses in lower case, each between spaces
  receivers    TEXT    NOT NULL,
  hold_seconds INTEGER NOT NULL,
  failures     INTEGER NOT NULL, -- how many, good service aside
  recording    TEXT    NOT NULL, -- live, same_day, later; empty for what no person wrote down
  due_day      TEXT    NOT NULL, -- of a promise; empty when it has no date
  deadline     TEXT    NOT NULL, -- the instant after which it is late, RFC 3339 in UTC
  outcome      TEXT    NOT NULL, -- of a settlement
  words_row    INTEGER NOT NULL, -- of the words that it is found by; 0 where there are none
  PRIMARY KEY (case_id, kind, day, wall, recorded_at, log_id, sequence)
) STRICT, WITHOUT ROWID;
-- Of these, emails have no part: there are far more of them than of all else, and nothing asks for them so.
CREATE INDEX contact_by_party ON moment (case_id, party) WHERE kind = 'contact';
CREATE INDEX promise_about ON moment (about) WHERE kind = 'promise';
CREATE INDEX evidence_about ON moment (about) WHERE kind = 'evidence';
CREATE INDEX settlement_about ON moment (about) WHERE kind = 'settlement';
CREATE INDEX moment_due ON moment (case_id, deadline) WHERE deadline <> '';

-- What corrections, retractions and erasures say which entries they are about, whether or not those are here yet.
CREATE TABLE mention (
  target   TEXT NOT NULL,
  leaf     TEXT NOT NULL, -- lower-case hex, as they say it
  entry_id TEXT NOT NULL, -- the one that says so
  kind     TEXT NOT NULL, -- its kind
  PRIMARY KEY (target, leaf, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_entry ON mention (entry_id);

-- The how-manieth of its log's exhibits each one is. Those that were taken back or erased keep their number used.
CREATE TABLE exhibit_number (
  exhibit_id TEXT PRIMARY KEY,
  log_id     TEXT    NOT NULL,
  number     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX exhibit_number_by_log ON exhibit_number (log_id, number);

-- Which content an entry names. The index of the hashes has eras, as that of the contents: see content_era.go.
CREATE TABLE content_use (
  row      INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE,
  sha256   BLOB NOT NULL
) STRICT;
CREATE INDEX content_use_by_sha256 ON content_use (row >> 16, substr(sha256, 1, 6));

-- Where a message was seen, so that it is not fetched a second time. Of one in a file, the mailbox is the file's name with
-- the member of an archive, and the uid its place in an mbox.
CREATE TABLE message_source (
  message_id   TEXT PRIMARY KEY, -- or the entry of a sighting
  case_id      TEXT    NOT NULL,
  host         TEXT    NOT NULL,
  user         TEXT    NOT NULL,
  mailbox      TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL
) STRICT;
CREATE INDEX message_source_by_uid ON message_source (case_id, host, user, mailbox, uid_validity, uid);

-- What a reader made of a message. A message without a row waits to be read.
CREATE TABLE reading (
  message_id TEXT PRIMARY KEY,
  reader     TEXT NOT NULL,
  date       TEXT NOT NULL, -- of the message, as in the body: it is asked for alone
  body       TEXT NOT NULL, -- JSON, without the text, the HTML and the attachments' content
  text       TEXT NOT NULL
) STRICT;

CREATE INDEX reading_by_reader ON reading (reader);
-- The messages that wait to be read, and where they stand on the timeline until then. They are no moments yet: most are read
-- right behind, and each row of an index that would change its place costs as much as one more.
CREATE TABLE unread (
  message_id TEXT PRIMARY KEY,
  day        TEXT NOT NULL, -- when the server, or whoever recorded it, had it
  wall       TEXT NOT NULL,
  about      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- They as moments.
CREATE VIEW unread_moment AS SELECT
  thing.case_id, unread.day, unread.wall, thing.recorded_at, thing.log_id, thing.sequence, thing.kind, unread.message_id AS id, unread.about,
  'email' AS channel, 'incoming' AS direction, '' AS party, '' AS people, '' AS senders, '' AS receivers, 0 AS hold_seconds,
  0 AS failures, '' AS recording, '' AS due_day, '' AS deadline, '' AS outcome, 0 AS words_row
  FROM unread CROSS JOIN thing ON thing.id = unread.message_id WHERE thing.counts;

-- The words that search finds a thing by. What does not count is not found.
CREATE TABLE words (
  row     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  kind    TEXT NOT NULL,
  case_id TEXT NOT NULL,
  title   TEXT NOT NULL,
  text    TEXT NOT NULL, -- of a message, without its own: that stands with what was read of it
  -- References and phone numbers without what stands between their digits, from each character on: a number is found by
  -- any part of it.
  numbers TEXT NOT NULL,
  -- The case as one word, which nobody types: a search in a case asks the index for it, too.
  place   TEXT NOT NULL GENERATED ALWAYS AS (char(0xE000) || replace(case_id, '-', '')) VIRTUAL
) STRICT;
CREATE INDEX words_beside ON words (case_id) WHERE kind NOT IN ('contact', 'message');
-- The words as they get into the search index.
CREATE VIEW searchable AS SELECT row, title, iif(kind = 'message',
  text || coalesce((SELECT char(10) || reading.text FROM reading WHERE message_id = words.id), ''), text) AS text, numbers, place FROM words;
CREATE VIRTUAL TABLE search USING fts5 (
  title, text, numbers, place, content='searchable', content_rowid='row', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
);
-- Bytes of words that it gathers before it writes them: a thousand texts of an import become one piece, not a large and a
-- small one.
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
-- How many pieces of the index come together before they are merged: an import writes a piece for each thousand texts. The
-- more, the less often a word is written again as the library grows; a search looks into each. They are merged bit by bit:
-- so many that all would be at once never come together.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
-- What the search index holds, to be checked.
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, col);
-- The words of the search index, each place by itself: the next word behind another is found at once.
CREATE VIRTUAL TABLE term USING fts5vocab (search, instance);
