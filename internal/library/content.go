package library

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"constancia/internal/cancel"
	"constancia/internal/durable"
	"constancia/internal/problem"
)

// smallLimit is the largest content kept as a row of contents.db; larger ones are files in the vault. A file and its
// fsync for each of thousands of emails costs five times as much as a row; a row of hundreds of megabytes costs a
// hundred times the memory of a file.
const smallLimit = 1 << 20

// Content names bytes by what they are.
type Content struct {
	SHA256 string // lower-case hex
	Size   int64  // bytes
}

// PutContent stores what r gives, unaltered, and says what it was. When it returns without an error the bytes are
// durable; storing the same bytes again changes nothing.
//
// Problems: disk_full, library_unwritable.
func (l *Library) PutContent(ctx context.Context, r io.Reader) (Content, error) {
	l.filing.RLock()
	defer l.filing.RUnlock()
	return l.putContent(ctx, r, "")
}

// putContent stores what r gives, while filing is held. When a SHA-256 is wanted, other bytes are not kept.
//
// Problem: content_damaged when they are others.
func (l *Library) putContent(ctx context.Context, r io.Reader, wanted string) (Content, error) {
	head, err := io.ReadAll(io.LimitReader(r, smallLimit+1))
	if err != nil {
		return Content{}, l.options.explain(err)
	}
	if len(head) > smallLimit {
		return l.putFile(ctx, io.MultiReader(bytes.NewReader(head), r), wanted)
	}
	small := Hash(head)
	if wanted != "" && small.content.SHA256 != wanted {
		return Content{}, contentDamaged(wanted)
	}
	return small.content, l.putContents(ctx, []Hashed{small})
}

// hasContent reports whether the library has bytes, without holding them against their hash.
func (l *Library) hasContent(ctx context.Context, sum string) (bool, error) {
	key, err := hex.DecodeString(sum)
	if err != nil || len(key) != sha256.Size {
		return false, nil //nolint:nilerr // nothing can have such a hash
	}
	var there bool
	err = l.contents.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM content WHERE "+namesContent("content", "?1")+")", key).Scan(&there)
	if err != nil || there {
		return there, l.options.explain(err)
	}
	_, err = os.Stat(l.vaultFile(sum))
	return err == nil, l.options.explain(ignoreAbsent(err))
}

func (l *Library) vaultFile(sum string) string { return filepath.Join(l.path(vaultName), sum[:2], sum) }

// Hashed are bytes together with what they are. [Hash] makes them.
type Hashed struct {
	bytes   []byte
	sum     [sha256.Size]byte
	content Content
}

// Hash names bytes.
func Hash(bytes []byte) Hashed {
	sum := sha256.Sum256(bytes)
	return Hashed{bytes, sum, Content{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(bytes))}}
}

// Content says what the bytes are.
func (h Hashed) Content() Content { return h.content }

// PutContents stores several small contents in one transaction; a larger one goes into the vault.
func (l *Library) PutContents(ctx context.Context, all [][]byte) ([]Content, error) {
	hashed, contents := make([]Hashed, len(all)), make([]Content, len(all))
	for i, bytes := range all {
		hashed[i] = Hash(bytes)
		contents[i] = hashed[i].content
	}
	return contents, l.PutHashed(ctx, hashed)
}

// PutHashed stores contents as PutContents does.
func (l *Library) PutHashed(ctx context.Context, all []Hashed) error {
	l.filing.RLock()
	defer l.filing.RUnlock()
	return l.putContents(ctx, all)
}

func (l *Library) putContents(interrupted context.Context, all []Hashed) error {
	if len(all) == 0 {
		return nil
	}
	return l.inTransaction(interrupted, l.contents, func(tx *sql.Tx) error {
		ctx := context.WithoutCancel(interrupted) // watching for an interruption during each statement would cost more than most
		there, err := thoseThere(ctx, tx, all)
		if err != nil {
			return err
		}
		for _, one := range all {
			if err := interrupted.Err(); err != nil {
				return err
			}
			l.awaited.add(one.content.SHA256)
			if len(one.bytes) > smallLimit {
				_, err = l.putFile(interrupted, bytes.NewReader(one.bytes), "")
			} else {
				err = putRow(ctx, tx, one, there[one.sum])
			}
			if err != nil {
				return err
			}
			there[one.sum] = true
		}
		return nil
	})
}

// thoseThere are the small contents that have a row already, asked for in one go.
func thoseThere(ctx context.Context, tx *sql.Tx, all []Hashed) (map[[sha256.Size]byte]bool, error) {
	sums := make([]string, len(all))
	for i, one := range all {
		sums[i] = one.content.SHA256
	}
	found, err := collect(ctx, tx, func(rows *sql.Rows) (key []byte, err error) { return key, rows.Scan(&key) },
		"SELECT sha256 FROM json_each(?) CROSS JOIN content WHERE "+namesContent("content", "unhex(value)"), jsonList(sums))
	there := make(map[[sha256.Size]byte]bool, len(all))
	for _, key := range found {
		there[[sha256.Size]byte(key)] = true
	}
	return there, err
}

// putRow stores a small content. A row that is there already stays as it is, unless it is damaged.
func putRow(ctx context.Context, tx *sql.Tx, one Hashed, isThere bool) error {
	statement := "INSERT INTO content (sha256, bytes) VALUES (?1, ?2)"
	if isThere {
		statement = "UPDATE content SET bytes = ?2 WHERE " + namesContent("content", "?1") + " AND bytes <> ?2"
	}
	_, err := tx.ExecContext(ctx, statement, one.sum[:], one.bytes)
	return err
}

// putFile streams a content into the vault: under a temporary name, read-only and synced, then renamed and its folder
// synced, so that the name never shows half a file. A file that is there already stays as it is, unless it is damaged.
func (l *Library) putFile(ctx context.Context, r io.Reader, wanted string) (_ Content, err error) {
	file, err := os.CreateTemp(l.path(vaultName), temporaryPrefix)
	if err != nil {
		return Content{}, l.options.explain(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(l.options.explain(err), ignoreClosed(file.Close()), ignoreAbsent(os.Remove(file.Name())))
		}
	}()
	digest := sha256.New()
	size, err := cancel.Copy(ctx, io.MultiWriter(file, digest), r)
	if err != nil {
		return Content{}, err
	}
	content := Content{SHA256: hex.EncodeToString(digest.Sum(nil)), Size: size}
	if wanted != "" && content.SHA256 != wanted {
		return Content{}, contentDamaged(wanted)
	}
	l.awaited.add(content.SHA256)
	if err := errors.Join(file.Chmod(0o400), file.Sync(), file.Close()); err != nil {
		return Content{}, err
	}
	folder := filepath.Join(l.path(vaultName), content.SHA256[:2])
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Content{}, err
	}
	name := filepath.Join(folder, content.SHA256)
	stored, err := isContent(name, content)
	if err == nil && stored {
		err = os.Remove(file.Name())
	} else if err == nil {
		err = replaceFile(file.Name(), name)
	}
	if err != nil {
		return Content{}, err
	}
	return content, errors.Join(durable.SyncNames(folder), durable.SyncNames(l.path(vaultName)))
}

// isContent reports whether a file is there and has a content's bytes.
func isContent(path string, content Content) (bool, error) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != content.Size {
		return false, ignoreAbsent(err)
	}
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	digest := sha256.New()
	_, err = io.Copy(digest, file)
	return hex.EncodeToString(digest.Sum(nil)) == content.SHA256, errors.Join(err, file.Close())
}

// OpenContent gives the bytes of a content and holds them against their hash: a small one before the first byte, a
// large one at its end, where Read then gives the problem instead of io.EOF.
//
// Problems: content_missing, content_damaged.
func (l *Library) OpenContent(ctx context.Context, sum string) (io.ReadCloser, error) {
	small, large, err := l.findContent(ctx, sum)
	if err != nil {
		return nil, err
	}
	if large == nil {
		return io.NopCloser(bytes.NewReader(small)), nil
	}
	return &verifyingFile{file: large, digest: sha256.New(), sum: sum}, nil
}

// findContent gives the bytes of a small content, held against their hash, or the file of a large one.
func (l *Library) findContent(ctx context.Context, sum string) (small []byte, large *os.File, err error) {
	key, err := hex.DecodeString(sum)
	if err != nil || len(key) != sha256.Size {
		return nil, nil, contentMissing(sum)
	}
	err = l.contents.QueryRowContext(ctx, "SELECT bytes FROM content WHERE "+namesContent("content", "?1"), key).Scan(&small)
	if err == nil {
		return small, nil, holdAgainst(sum, small)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, nil, l.options.explain(err)
	}
	large, err = os.Open(l.vaultFile(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, contentMissing(sum)
	}
	return nil, large, l.options.explain(err)
}

// holdAgainst holds bytes against their hash.
func holdAgainst(sum string, bytes []byte) error {
	if Hash(bytes).content.SHA256 != sum {
		return contentDamaged(sum)
	}
	return nil
}

// verifyingFile is a file of the vault that is hashed while it is read. It has no other way to read than Read: io.Copy
// would take a file's own WriteTo, past the hash.
type verifyingFile struct {
	file   *os.File
	digest hash.Hash
	sum    string
}

func (f *verifyingFile) Read(p []byte) (int, error) {
	n, err := f.file.Read(p)
	f.digest.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(f.digest.Sum(nil)) != f.sum {
		return n, contentDamaged(f.sum)
	}
	return n, err
}

func (f *verifyingFile) Close() error { return f.file.Close() }

func contentDamaged(sum string) error {
	return problem.New(problem.ContentDamaged, problem.Values{"sha256": sum})
}

func contentMissing(sum string) error {
	return problem.New(problem.ContentMissing, problem.Values{"sha256": sum})
}

const temporaryPrefix = ".incoming-"

// sweepTemporaryFiles takes away what a crash left half-written. Called only while nobody else uses the library.
func (l *Library) sweepTemporaryFiles() error {
	// Only what is below the vault is a pattern: a person's folder may be called "[2026]".
	leftovers, err := fs.Glob(os.DirFS(l.path(vaultName)), temporaryPrefix+"*")
	if err != nil {
		return err
	}
	for _, name := range leftovers {
		if err := ignoreAbsent(os.Remove(filepath.Join(l.path(vaultName), name))); err != nil {
			return err
		}
	}
	return nil
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func ignoreClosed(err error) error {
	if errors.Is(err, fs.ErrClosed) {
		return nil
	}
	return err
}
