package casework

import (
	"context"
	"os"
	"time"

	"filippo.io/age"

	"constancia/internal/bundle"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// ReadBundle says which bundle to read. One that is encrypted is opened with the passphrase, or with the age identities
// (secret keys) in a file.
type ReadBundle struct {
	Path       string
	Passphrase secret.Text
	Identities string // a file
}

// VerifiedBundle says whether a bundle holds, and what it holds.
type VerifiedBundle struct {
	Verification
	CaseID string `json:"case"`
	// Whole says that it has all entries of the case, and not chosen ones.
	Whole bool `json:"whole"`
	// MadeAt is when it was made by the clock of who made it, RFC 3339 in UTC.
	MadeAt string `json:"made_at"`
	// Fields and Hidden count the fields of chosen entries that are shown and that are not.
	Fields int64 `json:"fields"`
	Hidden int64 `json:"hidden"`
	// Files counts those that are enclosed, Without those that the entries name and that are not.
	Files   int `json:"files"`
	Without int `json:"without"`
	// Fingerprint is that of the case's record, as it stands in dossiers.
	Fingerprint string       `json:"fingerprint"`
	Seals       []BundleSeal `json:"seals"`
	// Vouched are the logs whose heads another device of the case has signed.
	Vouched []string `json:"vouched"`
	// Foreign are the guide or the script in it when they are not those of this version of the program.
	Foreign []string `json:"foreign"`
}

// BundleSeal is a time stamp in a bundle: the first entries of a log, as many as Entries, were there at a time.
type BundleSeal struct {
	LogID   string `json:"log"`
	Entries int64  `json:"entries"`
	At      string `json:"at"` // RFC 3339 in UTC
	By      string `json:"by"` // the name in the service's certificate
}

// openedBundle is a bundle with the file that it is read from.
type openedBundle struct {
	*bundle.Bundle
	file *os.File
}

// openBundle opens a bundle. Its problems name the file.
func openBundle(n ReadBundle) (*openedBundle, error) {
	identities, err := identitiesOf(n)
	if err != nil {
		return nil, err
	}
	file, err := openFile(n.Path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil {
		var opened *bundle.Bundle
		if opened, err = bundle.Open(file, info.Size(), identities...); err == nil {
			return &openedBundle{opened, file}, nil
		}
	}
	_ = file.Close()
	return nil, ofFile(err, n.Path)
}

// ofFile puts the name of the file into the problems of a bundle.
func ofFile(err error, path string) error {
	found := problem.From(err)
	values := problem.Values{"path": path}
	for name, value := range found.Values {
		values[name] = value
	}
	return problem.Wrap(err, found.Code, values)
}

func identitiesOf(n ReadBundle) ([]age.Identity, error) {
	switch {
	case !n.Passphrase.Empty():
		identity, err := bundle.Passphrase(n.Passphrase.Reveal())
		return []age.Identity{identity}, err
	case n.Identities == "":
		return nil, nil
	}
	file, err := openFile(n.Identities)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	identities, err := age.ParseIdentities(file)
	if err != nil {
		// What age says may have a part of the key in it.
		return nil, problem.New(problem.FileUnreadable, problem.Values{"path": n.Identities})
	}
	return identities, nil
}

// VerifyBundle checks a bundle. It needs no library, and writes nothing.
//
// Problems: file_not_found, file_unreadable, cancelled, and those of [bundle.Open].
func VerifyBundle(ctx context.Context, n ReadBundle, progress func(Progress)) (VerifiedBundle, error) {
	opened, err := openBundle(n)
	if err != nil {
		return VerifiedBundle{}, err
	}
	defer func() { _ = opened.file.Close() }()
	found, err := opened.verify(ctx, progress)
	if err != nil {
		return VerifiedBundle{}, ofFile(err, n.Path)
	}
	verified := VerifiedBundle{
		Verification: verification(found.Findings, found.Entries),
		CaseID:       opened.CaseID(), Whole: opened.Whole(), MadeAt: opened.MadeAt(), Fields: found.Fields, Hidden: found.Hidden,
		Files: found.Files, Without: found.Without, Fingerprint: found.Fingerprint, Seals: []BundleSeal{},
		Vouched: append([]string{}, found.Vouched...), Foreign: append([]string{}, found.Foreign...),
	}
	verified.Holds = len(found.Findings) == 0
	for _, sealed := range found.Seals {
		verified.Seals = append(verified.Seals, BundleSeal{sealed.LogID, sealed.Size, sealed.At.Format(time.RFC3339), sealed.By})
	}
	return verified, nil
}

// DoesNotHold is what to say of something that can't even be read for what it should be.
func DoesNotHold(what, where string) Verification {
	return verification([]record.Finding{{What: record.What(what), Where: where}}, 0)
}

func (o *openedBundle) verify(ctx context.Context, progress func(Progress)) (bundle.Report, error) {
	found, err := o.Verify(ctx, func(done, total int64) {
		report(progress, Progress{What: "verifying", Done: done, Total: total})
	})
	if err != nil && ctx.Err() != nil {
		return found, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	}
	return found, err
}
