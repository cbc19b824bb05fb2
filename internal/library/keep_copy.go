package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"constancia/internal/durable"
)

// copyName is the name of a copy of the database as a schema had it, made on a day of the clock, in UTC. A second copy on
// that day takes the place of the first: as long as the schema is the same, it has all that the first had.
func (o Options) copyName(schema int) string {
	return fmt.Sprintf("constancia.schema-%d.%s.db", schema, o.Clock().UTC().Format("2006-01-02"))
}

const (
	copyPattern = "constancia.schema-*.db"
	copyingName = databaseName + ".copying" // a copy that is not whole yet
)

// Copies lists the files in the library's folder that hold the database as earlier programs left it. They stay until
// the person removes them, or erases something.
func (l *Library) Copies() ([]string, error) {
	names, err := fs.Glob(os.DirFS(l.options.Directory), copyPattern)
	slices.Sort(names)
	for i, name := range names {
		names[i] = l.path(name)
	}
	return names, err
}

// keepCopy copies the database, whole and durable, beside itself, and returns where. Only its owner can read it.
func (l *Library) keepCopy(ctx context.Context, schema int) (path string, err error) {
	temporary := l.path(copyingName)
	if err := ignoreAbsent(os.Remove(temporary)); err != nil { // what a crash left
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreAbsent(os.Remove(temporary)))
		}
	}()
	file, err := os.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	err = l.copyInto(ctx, temporary)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return "", err
	}
	sound, err := l.isSound(ctx, copyingName)
	if err != nil {
		return "", err
	}
	if !sound {
		return "", errors.New("the copy of the database is not sound")
	}
	path = l.path(l.options.copyName(schema))
	if err := replaceFile(temporary, path); err != nil {
		return "", err
	}
	return path, durable.SyncNames(l.options.Directory)
}

func (l *Library) copyInto(ctx context.Context, path string) error {
	database, err := openDatabase(ctx, l.path(databaseName), writing)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close() }()
	_, err = database.ExecContext(ctx, "VACUUM INTO ?", path)
	return err
}
