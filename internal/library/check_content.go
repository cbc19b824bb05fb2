package library

import (
	"context"
	"database/sql"
	"encoding/hex"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"

	"constancia/internal/cancel"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// checkContents reads every content that is kept or that the record names, and lists those that nothing names. What is
// gone with an erased entry is not named any more.
func (l *Library) checkContents(ctx context.Context, told Checked) ([]record.Finding, error) {
	names, err := texts(ctx, l.reader, "SELECT DISTINCT json_extract(body, '$.sha256') FROM thing WHERE kind IN (?, ?)",
		string(record.KindEvidence), string(record.KindMessage))
	if err != nil {
		return nil, err
	}
	named, all := map[string]bool{}, map[string]bool{}
	for _, sum := range names {
		named[sum], all[sum] = true, true
	}
	stored, err := l.storedContents(ctx)
	if err != nil {
		return nil, err
	}
	for _, sum := range stored {
		all[sum] = true
	}
	var findings []record.Finding
	for done, sum := range slices.Sorted(maps.Keys(all)) {
		told(CheckingContents, int64(done), int64(len(all)))
		what, err := l.checkContent(ctx, sum)
		if err != nil {
			return nil, err
		}
		if what == "" && !named[sum] {
			what = ContentUnnamed
		}
		if what != "" {
			findings = append(findings, record.Finding{What: what, Where: sum})
		}
	}
	return findings, nil
}

func (l *Library) checkContent(ctx context.Context, sum string) (record.What, error) {
	body, err := l.OpenContent(ctx, sum)
	if err == nil {
		_, err = cancel.Copy(ctx, io.Discard, body)
		_ = body.Close()
	}
	if err == nil {
		return "", nil
	}
	switch problem.From(err).Code {
	case problem.ContentMissing:
		return ContentMissing, nil
	case problem.ContentDamaged:
		return ContentDamaged, nil
	}
	return "", err
}

// storedContents lists what is kept, in the database and in the vault.
func (l *Library) storedContents(ctx context.Context) ([]string, error) {
	sums, err := collect(ctx, l.contents, func(rows *sql.Rows) (string, error) {
		var key []byte
		err := rows.Scan(&key)
		return hex.EncodeToString(key), err
	}, "SELECT sha256 FROM content")
	if err != nil {
		return nil, err
	}
	vault := os.DirFS(l.path(vaultName))
	err = fs.WalkDir(vault, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && isVaultName(name) {
			sums = append(sums, path.Base(name))
		}
		return ignoreAbsent(err)
	})
	return sums, err
}

var vaultFile = regexp.MustCompile(`^([0-9a-f]{2})/([0-9a-f]{64})$`)

// isVaultName reports whether a path in the vault is one that a content gets: ab/ab….
func isVaultName(name string) bool {
	parts := vaultFile.FindStringSubmatch(name)
	return parts != nil && parts[2][:2] == parts[1]
}
