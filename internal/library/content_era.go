package library

// Hashes come in no order: in one index of them all, a batch of messages would change almost as many pages as it has messages.
// So the indexes of hashes, this one and that of content_use, begin anew with each era of 65,536 rows, and only pages of the
// last one change. They have as little of a hash as tells one from the others; the rest is held against the row. To find a
// hash, each era is asked for it: with shorter ones that takes longer as the library grows.
const contentsIndex = "CREATE INDEX content_by_sha256 ON content (row >> 16, substr(sha256, 1, 6))"

// namesContent is whether a row of content or content_use, the table, is about a content, by its SHA-256.
func namesContent(table, sum string) string { return namesContentFrom("0", table, sum) }

// namesLateContent is that too, of the contents that came in last: at least 65,536 of them.
func namesLateContent(table, sum string) string {
	return namesContentFrom("(SELECT max(0, (max(row) >> 16) - 1) FROM "+table+")", table, sum)
}

func namesContentFrom(firstEra, table, sum string) string {
	return "row >> 16 IN (WITH RECURSIVE era (n) AS (SELECT " + firstEra + " UNION ALL SELECT n + 1 FROM era WHERE n < (SELECT max(row) >> 16 FROM " +
		table + ")) SELECT n FROM era) AND substr(sha256, 1, 6) = substr(" + sum + ", 1, 6) AND sha256 = " + sum
}
