package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// Bundle is a bundle opened to be read. Until [Bundle.Verify] was asked, nothing that it says is to be believed, but that
// its archive has the one form that it may have.
type Bundle struct {
	archive *archive
	about   about
}

// Bounds of the small members of a bundle, in bytes.
const (
	maxAbout = 1 << 20
	maxHead  = 1 << 16
	maxKey   = 1 << 10
	maxPEM   = 1 << 20
)

// ageIntro begins every file that age has encrypted.
const ageIntro = "age-encryption.org/v1\n"

// Open opens a bundle of size bytes. One that is encrypted needs an identity that opens it; see [Passphrase].
//
// Problems: not_a_bundle, bundle_newer, bundle_locked, bundle_key_wrong, bundle_damaged, bundle_too_large,
// bundle_name_refused, bundle_name_twice, bundle_link, bundle_compressed.
func Open(source io.ReaderAt, size int64, identities ...age.Identity) (*Bundle, error) {
	source, size, err := decrypt(source, size, identities)
	if err != nil {
		return nil, err
	}
	archive, err := openArchive(source, size)
	if err != nil {
		return nil, err
	}
	b := &Bundle{archive: archive}
	return b, b.readAbout()
}

// Passphrase is the identity that opens what was encrypted with a passphrase. A file may not ask for more work than this
// program itself asks for, a quarter of a GiB of memory: else a hostile one could take all there is.
func Passphrase(passphrase string) (age.Identity, error) {
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	identity.SetMaxWorkFactor(workFactor)
	return identity, nil
}

// workFactor is age's own: 2^18 rounds of scrypt.
const workFactor = 18

func decrypt(source io.ReaderAt, size int64, identities []age.Identity) (io.ReaderAt, int64, error) {
	if !isEncrypted(source) {
		return source, size, nil
	}
	if len(identities) == 0 {
		return nil, 0, problem.New(problem.BundleLocked, nil)
	}
	plain, plainSize, err := age.DecryptReaderAt(source, size, identities...)
	if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
		return nil, 0, problem.Wrap(err, problem.BundleKeyWrong, nil)
	}
	if err != nil {
		return nil, 0, problem.Wrap(err, problem.BundleDamaged, problem.Values{"where": "age"})
	}
	return &decrypted{plain}, plainSize, nil
}

// decrypted says of a piece that age refuses, since a bit of it was changed, what is the matter.
type decrypted struct{ io.ReaderAt }

func (d *decrypted) ReadAt(p []byte, at int64) (int, error) {
	n, err := d.ReaderAt.ReadAt(p, at)
	if _, ofFile := errors.AsType[*fs.PathError](err); err != nil && !errors.Is(err, io.EOF) && !ofFile {
		err = problem.Wrap(err, problem.BundleDamaged, problem.Values{"where": "age"})
	}
	return n, err
}

func isEncrypted(source io.ReaderAt) bool {
	intro, err := readAt(source, 0, int64(len(ageIntro)))
	return err == nil && string(intro) == ageIntro
}

// readAbout reads what the bundle says it is. A newer format may have other rules for all that follows.
func (b *Bundle) readAbout() error {
	text, err := b.archive.read(aboutName, maxAbout)
	if err != nil {
		return problem.Wrap(err, problem.NotABundle, nil)
	}
	if json.Unmarshal(text, &b.about) != nil {
		return damaged(aboutName)
	}
	if b.about.Format > Format {
		return problem.New(problem.BundleNewer, nil)
	}
	made, err := record.Canonical(b.about)
	if err != nil || !bytes.Equal(append(made, '\n'), text) || !b.about.allowed() {
		return damaged(aboutName)
	}
	return nil
}

func (a about) allowed() bool {
	at, err := time.Parse(record.TimeLayout, a.MadeAt)
	once := slices.IsSorted(a.Without) && len(slices.Compact(slices.Clone(a.Without))) == len(a.Without)
	return err == nil && at.Format(record.TimeLayout) == a.MadeAt && at.Year() > 0 && a.Format >= 1 && a.Without != nil && once
}

// CaseID is the case that the bundle says it is of.
func (b *Bundle) CaseID() string { return b.about.Case }

// Whole reports whether the bundle has all entries of the case's logs, and not chosen ones.
func (b *Bundle) Whole() bool { return b.about.Whole }

// MadeAt is when the bundle was made by the clock of who made it, in [record.TimeLayout].
func (b *Bundle) MadeAt() string { return b.about.MadeAt }

// Entries gives every entry of a whole bundle to visit, log by log in order of sequence, until visit returns an error. It
// gives what stands there: whether that holds is for [Bundle.Verify] to say. An erased entry has no payload and no salt.
//
// Problem: bundle_damaged.
func (b *Bundle) Entries(ctx context.Context, visit func(record.Stored) error) error {
	lines, err := b.archive.open(logName)
	if err != nil {
		return damaged(logName)
	}
	return eachLine(ctx, lines, func(number int64, line []byte) error {
		stored, err := readEntryLine(line)
		if err != nil {
			return damaged(lineAt(logName, number))
		}
		return visit(stored)
	})
}

// SignedHead is a log's head with the key that checks its signature, as a bundle has them.
type SignedHead struct {
	LogID  string
	Signed []byte
	Key    string
}

// Heads lists the heads of the bundle's logs in order of log id.
//
// Problem: bundle_damaged.
func (b *Bundle) Heads() ([]SignedHead, error) {
	var heads []SignedHead
	for _, m := range b.archive.members {
		name, ok := strings.CutPrefix(m.name, headsFolder)
		if !ok {
			continue
		}
		logID, ok := strings.CutSuffix(name, ".head")
		if !ok {
			continue
		}
		signed, err := b.archive.read(m.name, maxHead)
		if err != nil {
			return nil, damaged(m.name)
		}
		key, err := b.archive.read(headsFolder+logID+".key", maxKey)
		if err != nil {
			return nil, damaged(m.name)
		}
		line, ended := strings.CutSuffix(string(key), "\n")
		if !ended {
			return nil, damaged(headsFolder + logID + ".key")
		}
		heads = append(heads, SignedHead{logID, signed, line})
	}
	return heads, nil
}

// Contents lists the SHA-256 of the enclosed files.
func (b *Bundle) Contents() []string {
	var sums []string
	for _, m := range b.archive.members {
		if sum := contentSum(m.name); sum != "" {
			sums = append(sums, sum)
		}
	}
	return sums
}

// Content gives the bytes of an enclosed file by its SHA-256 in lower-case hex. Whether they have that hash is for
// [Bundle.Verify] to say.
//
// Problem: content_missing.
func (b *Bundle) Content(sha256 string) (io.Reader, error) {
	for _, m := range b.archive.members {
		if contentSum(m.name) == sha256 && sha256 != "" {
			return b.archive.open(m.name)
		}
	}
	return nil, problem.New(problem.ContentMissing, problem.Values{"sha256": sha256})
}
