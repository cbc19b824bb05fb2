package library

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// Setting gives what is kept under a name for this computer alone, outside the log; empty when there is nothing.
func (l *Library) Setting(ctx context.Context, name string) (string, error) {
	value, err := setting(ctx, l.reader, name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, l.options.explain(err)
}

// Settings gives all that is kept under names with a prefix, by what follows it.
func (l *Library) Settings(ctx context.Context, prefix string) (map[string]string, error) {
	rows, err := l.reader.QueryContext(ctx, "SELECT name, value FROM setting WHERE substr(name, 1, length(?1)) = ?1", prefix)
	if err != nil {
		return nil, l.options.explain(err)
	}
	defer func() { _ = rows.Close() }()
	found := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, l.options.explain(err)
		}
		found[strings.TrimPrefix(name, prefix)] = value
	}
	return found, l.options.explain(rows.Err())
}

// PutSetting keeps a value under a name, durably; an empty one removes what was there.
//
// Problems: disk_full, library_unwritable, library_busy.
func (l *Library) PutSetting(ctx context.Context, name, value string) error {
	return l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		if value != "" {
			return putSetting(ctx, tx, name, value)
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM setting WHERE name = ?", name)
		return err
	})
}
