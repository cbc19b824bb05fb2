-- Keep the search index in step with the words, row by row. A rebuild takes them away and makes the index in one go.
CREATE TRIGGER words_insert AFTER INSERT ON words BEGIN
  INSERT INTO search (rowid, title, text, numbers, place) VALUES (new.row, new.title, new.text, new.numbers, new.place);
END;
CREATE TRIGGER words_delete AFTER DELETE ON words BEGIN
  INSERT INTO search (search, rowid, title, text, numbers, place) VALUES ('delete', old.row, old.title, old.text, old.numbers, old.place);
END;
CREATE TRIGGER words_update AFTER UPDATE ON words BEGIN
  INSERT INTO search (search, rowid, title, text, numbers, place) VALUES ('delete', old.row, old.title, old.text, old.numbers, old.place);
  INSERT INTO search (rowid, title, text, numbers, place) VALUES (new.row, new.title, new.text, new.numbers, new.place);
END;
