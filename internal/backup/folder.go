package backup

import (
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"constancia/internal/durable"
	"constancia/internal/problem"
)

// Format is the number of the folder's format.
const Format = 1

const (
	markerName = "constancia-backup.json"
	readmeName = "README.txt"
)

//go:embed README.txt
var readme string

// marker says that a folder holds backups, and which key they were made for.
type marker struct {
	Format    int    `json:"format"`
	Recipient string `json:"recipient"`
}

func (k Key) marker() []byte {
	text, _ := json.Marshal(marker{Format, k.Recipient()}) // a number and a string can be written
	return append(text, '\n')
}

// folder is an open backup folder. Names in it are slash-separated and never lead out of it.
type folder struct {
	root *os.Root
	path string
	key  Key
	// changed are the folders in it whose names are not durable yet.
	changed map[string]bool
}

// openFolder opens a folder that holds backups.
//
// Problems: backup_no_folder, backup_foreign, backup_newer, backup_wrong_key, backup_unreachable.
func openFolder(path string, key Key) (*folder, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, problem.Wrap(err, problem.BackupNoFolder, problem.Values{"path": path})
	}
	if err != nil {
		return nil, explain(err, path)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, explain(err, path)
	}
	f := &folder{root: root, path: path, key: key, changed: map[string]bool{}}
	if err := f.requireMarker(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

// createFolder opens a folder for backups, and makes it one first when it is empty or not there. The folder above must
// be there: else a disk that is not plugged in would be taken for a new folder on this one.
func createFolder(path string, key Key) (*folder, error) {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, problem.Wrap(err, problem.BackupNoFolder, problem.Values{"path": path})
		}
		return nil, explain(err, path)
	}
	f, err := openFolder(path, key)
	if !errors.Is(err, problem.New(problem.BackupForeign, nil)) {
		return f, err
	}
	if empty, other := isEmpty(path); other != nil || !empty {
		return nil, errors.Join(err, other)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, explain(err, path)
	}
	f = &folder{root: root, path: path, key: key, changed: map[string]bool{}}
	if err := errors.Join(f.putPlain(markerName, key.marker()), f.syncNames()); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

// isEmpty reports whether a folder has nothing of the person's own: what file systems and syncing services put into
// every folder does not count.
func isEmpty(path string) (bool, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return false, explain(err, path)
	}
	return !slices.ContainsFunc(entries, func(entry fs.DirEntry) bool {
		return !strings.HasPrefix(entry.Name(), ".") && !slices.Contains([]string{"lost+found", "desktop.ini",
			"Thumbs.db", "System Volume Information", "$RECYCLE.BIN"}, entry.Name())
	}), nil
}

func (f *folder) close() error { return f.root.Close() }

// requireMarker refuses what is no backup folder, or one for another key or of a newer program.
func (f *folder) requireMarker() error {
	values := problem.Values{"path": f.path}
	text, err := f.readPlain(markerName, 4096)
	if errors.Is(err, fs.ErrNotExist) {
		return problem.Wrap(err, problem.BackupForeign, values)
	}
	if err != nil {
		return explain(err, f.path)
	}
	var found marker
	switch err := json.Unmarshal(text, &found); {
	case err != nil || found.Format < 1:
		return problem.Wrap(err, problem.BackupForeign, values)
	case found.Format > Format:
		return problem.New(problem.BackupNewer, values)
	case found.Recipient != f.key.Recipient():
		return problem.New(problem.BackupWrongKey, values)
	}
	return nil
}

// readPlain reads a small file whole. It refuses with errNotRegular what is not a plain file, and with errTooLarge one
// beyond limit.
func (f *folder) readPlain(name string, limit int64) ([]byte, error) {
	file, err := f.openRegular(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(text)) > limit {
		err = errTooLarge
	}
	return text, err
}

// putPlain writes a file that anybody may read: under a temporary name, synced, then renamed.
func (f *folder) putPlain(name string, text []byte) error {
	if found, err := f.readPlain(name, int64(len(text))); err == nil && string(found) == string(text) {
		return nil
	}
	temporary := temporaryName(name)
	file, err := f.root.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return explain(err, f.path)
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = f.root.Rename(temporary, name)
	}
	if err != nil {
		_ = f.root.Remove(temporary)
		return explain(err, f.path)
	}
	f.changed[path.Dir(name)] = true
	return nil
}

var (
	errNotRegular = errors.New("this is not a plain file")
	errTooLarge   = errors.New("this file is larger than it may be")
)

// openRegular opens a plain file. A link, a pipe or a device in its place is refused, and not touched.
func (f *folder) openRegular(name string) (*os.File, error) {
	before, err := f.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, errNotRegular
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	if after, err := file.Stat(); err != nil || !os.SameFile(before, after) {
		return nil, errors.Join(errNotRegular, err, file.Close())
	}
	return file, nil
}

// makeFolders makes a folder within, and those above it.
func (f *folder) makeFolders(name string) error {
	if name == "." {
		return nil
	}
	if info, err := f.root.Lstat(name); err == nil && info.IsDir() {
		return nil
	}
	if err := f.makeFolders(path.Dir(name)); err != nil {
		return err
	}
	if err := f.root.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return explain(err, f.path)
	}
	f.changed[path.Dir(name)] = true
	return nil
}

// syncNames makes the names of all that was written, made and removed durable.
func (f *folder) syncNames() error {
	for name := range f.changed {
		if err := durable.SyncNames(filepath.Join(f.path, filepath.FromSlash(name))); err != nil {
			return explain(err, f.path)
		}
		delete(f.changed, name)
	}
	return nil
}

// names lists what a folder within holds, by name; nothing when it is not there.
func (f *folder) names(name string) ([]string, error) {
	entries, err := fs.ReadDir(f.root.FS(), name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, explain(err, f.path)
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names, nil
}

func (f *folder) remove(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return explain(err, f.path)
	}
	f.changed[path.Dir(name)] = true
	return nil
}

var deviceName = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// devices lists the devices that have written here.
func (f *folder) devices() ([]string, error) {
	names, err := f.names(".")
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(names, func(name string) bool { return !deviceName.MatchString(name) }), nil
}
