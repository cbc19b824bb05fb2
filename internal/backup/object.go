package backup

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"

	"filippo.io/age"

	"constancia/internal/problem"
)

// object is an encrypted file of the folder as it was written: its size in bytes, and its SHA-256 in lower-case hex,
// which is empty where what is inside has a hash to go by.
type object struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const temporaryPrefix = ".incoming-"

func temporaryName(name string) string {
	return path.Join(path.Dir(name), temporaryPrefix+randomName())
}

// randomName is 32 hex digits.
func randomName() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails
	return hex.EncodeToString(random[:])
}

// objectWriter writes one object. It has its name only after finish.
type objectWriter struct {
	folder    *folder
	name      string
	temporary string
	file      *os.File
	encrypted io.WriteCloser
	outside   *meter // what goes to disk
	inside    *meter // what was given to Write
}

// meter counts and hashes what passes.
type meter struct {
	digest hash.Hash
	size   int64
}

func sumOf(text []byte) string {
	m := newMeter()
	_, _ = m.Write(text)
	return m.sum()
}

func newMeter() *meter { return &meter{digest: sha256.New()} }

func (m *meter) Write(p []byte) (int, error) {
	m.size += int64(len(p))
	return m.digest.Write(p)
}

func (m *meter) sum() string { return hex.EncodeToString(m.digest.Sum(nil)) }

func (f *folder) create(name string) (*objectWriter, error) {
	if err := f.makeFolders(path.Dir(name)); err != nil {
		return nil, err
	}
	w := &objectWriter{folder: f, name: name, temporary: temporaryName(name), outside: newMeter(), inside: newMeter()}
	var err error
	if w.file, err = f.root.OpenFile(w.temporary, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err != nil {
		return nil, explain(err, f.path)
	}
	w.encrypted, err = age.Encrypt(io.MultiWriter(w.file, w.outside), f.key.parts.identity.Recipient())
	if err != nil {
		w.abandon()
		return nil, explain(err, f.path)
	}
	return w, nil
}

func (w *objectWriter) Write(p []byte) (int, error) {
	n, err := w.encrypted.Write(p)
	_, _ = w.inside.Write(p[:n])
	return n, explain(err, w.folder.path)
}

// abandon takes away what was written so far. After finish it does nothing.
func (w *objectWriter) abandon() {
	if w.file == nil {
		return
	}
	_ = w.file.Close()
	_ = w.folder.root.Remove(w.temporary)
	w.file = nil
}

// finish puts the object on disk, reads it again from there, decrypts and hashes it, and only then gives it its name.
func (w *objectWriter) finish(ctx context.Context) (object, error) {
	defer w.abandon()
	err := w.encrypted.Close()
	if err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		return object{}, explain(err, w.folder.path)
	}
	forgetCache(w.file)
	written := object{Name: w.name, Size: w.outside.size, SHA256: w.outside.sum()}
	if err := w.readAgain(ctx, written); err != nil {
		return object{}, err
	}
	err = w.file.Close()
	if err == nil {
		err = w.folder.root.Rename(w.temporary, w.name)
	}
	if err != nil {
		return object{}, explain(err, w.folder.path)
	}
	w.file = nil
	w.folder.changed[path.Dir(w.name)] = true
	return written, nil
}

func (w *objectWriter) readAgain(ctx context.Context, written object) error {
	temporary := written
	temporary.Name = w.temporary
	body, err := w.folder.open(ctx, temporary)
	found := newMeter()
	if err == nil {
		_, err = io.Copy(found, body)
		_ = body.Close()
	}
	if err == nil && (found.size != w.inside.size || found.sum() != w.inside.sum()) {
		err = damaged(nil, w.name)
	}
	if errors.Is(err, errDamaged) || errors.Is(err, errMissing) {
		return problem.Wrap(err, problem.BackupUnreachable, problem.Values{"path": w.folder.path})
	}
	return err
}

// objectReader decrypts an object. It gives backup_damaged instead of io.EOF when the object is not the one that was
// written; what it gave before is then worth nothing.
type objectReader struct {
	ctx    context.Context
	file   *os.File
	body   io.Reader
	hashed *meter
	want   object
}

// open opens an object for reading.
//
// Problems: backup_object_missing, backup_damaged, backup_unreachable.
func (f *folder) open(ctx context.Context, o object) (*objectReader, error) {
	file, err := f.openRegular(o.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, problem.Wrap(err, problem.BackupObjectMissing, problem.Values{"path": o.Name})
	case errors.Is(err, errNotRegular):
		return nil, damaged(err, o.Name)
	case err != nil:
		return nil, explain(err, f.path)
	}
	r := &objectReader{ctx: ctx, file: file, hashed: newMeter(), want: o}
	// A byte more than it may have, so that one that grew is noticed.
	r.body, err = age.Decrypt(io.TeeReader(io.LimitReader(file, o.Size+1), r.hashed), f.key.parts.identity)
	if err != nil {
		return nil, errors.Join(damaged(err, o.Name), file.Close())
	}
	return r, nil
}

func (r *objectReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, problem.Wrap(err, problem.Cancelled, nil)
	}
	n, err := r.body.Read(p)
	if errors.Is(err, io.EOF) && !r.asWritten() {
		return n, damaged(nil, r.want.Name)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, damaged(err, r.want.Name)
	}
	return n, err
}

func (r *objectReader) asWritten() bool {
	return r.hashed.size == r.want.Size && (r.want.SHA256 == "" || r.hashed.sum() == r.want.SHA256)
}

func (r *objectReader) Close() error { return r.file.Close() }

// stands reports whether an object is there in its size. Whether its bytes are right takes reading it.
func (f *folder) stands(o object) bool {
	info, err := f.root.Lstat(o.Name)
	return err == nil && info.Mode().IsRegular() && info.Size() == o.Size
}
