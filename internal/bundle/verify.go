package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"constancia/internal/cancel"
	"constancia/internal/casefile"
	"constancia/internal/record"
)

// What may not hold of a bundle, beside what [record.Checker] finds in its entries.
const (
	FileChanged      record.What = "file_changed"      // a file is not the one that the manifest lists
	FileUnlisted     record.What = "file_unlisted"     // a file that the manifest does not list, or nothing asks for
	FileAbsent       record.What = "file_absent"       // a file that must be there is not
	TextMalformed    record.What = "text_malformed"    // a text, or a line of it, is not in its one form
	HeadNotSigned    record.What = "head_not_signed"   // a head that its key did not sign
	HeadDiffers      record.What = "head_differs"      // a head that is not that of the entries
	HeadMissing      record.What = "head_missing"      // a log without a head
	KeyNotRecorded   record.What = "key_not_recorded"  // a head signed with another key than the log names
	ProofFails       record.What = "proof_fails"       // what is shown is not proved to be in the log
	FieldNotProved   record.What = "field_not_proved"  // a shown field is not what was recorded under that name
	FieldsIncomplete record.What = "fields_incomplete" // fields are left out where all are said to be shown
	CaseDiffers      record.What = "case_differs"      // an entry of another case than the bundle says
	SealFails        record.What = "seal_fails"        // a time stamp that is not one for its head
	SealMissing      record.What = "seal_missing"      // a time stamp that is on record and not enclosed, or another one
	ContentMissing   record.What = "content_missing"   // a file that an entry names is not enclosed
	ContentDamaged   record.What = "content_damaged"   // an enclosed file is not what its name says
	FileUnnamed      record.What = "content_unnamed"   // an enclosed file that no entry names
)

// Report is what a bundle was found to hold.
type Report struct {
	// Findings are what does not hold; the bundle holds when there are none. No other member is to be believed then.
	Findings []record.Finding
	// Entries counts the entries that are there or shown, Fields those of their fields that are shown, and Hidden those
	// that are not.
	Entries, Fields, Hidden int64
	// Files counts the enclosed files, Without those that are named and said not to be enclosed.
	Files, Without int
	// Fingerprint is that of the case: SHA-256 over the texts of its heads, lower-case hex. It stands in dossiers that
	// were made of the same record.
	Fingerprint string
	Seals       []SealReport
	// Vouched are the logs whose heads are signed by the device of another log of the case.
	Vouched []string
	// Foreign are those of VERIFY.txt and verify.py that are not as this version of the program writes them. A bundle by
	// another version has others; so has one whose sender wants a stranger to run something else.
	Foreign []string
}

// SealReport is what a time stamp says: that the first entries of a log, as many as Size, were there at a time.
type SealReport struct {
	LogID string
	Size  int64
	At    time.Time
	// By is the name in the certificate of the service.
	By string
}

// Verify checks everything that can be checked without asking anybody: each byte of every member, every entry and leaf,
// the trees, the heads and their signatures, the proofs, the time stamps with the certificates they bring, the shown
// fields, and the files. progress is told how many bytes of how many are read; it may be nil.
func (b *Bundle) Verify(ctx context.Context, progress func(done, total int64)) (Report, error) {
	v := &verification{bundle: b, keys: map[string]string{}, heads: map[string]record.Head{}, named: map[string]bool{},
		may: map[string]bool{}, recorded: map[string]casefile.Seal{}, recordedKeys: map[string][]byte{}, formats: map[string]int64{}}
	if err := v.manifest(ctx, progress); err != nil {
		return Report{}, err
	}
	v.readHeads()
	if err := v.entries(ctx); err != nil {
		return Report{}, err
	}
	if err := v.seals(ctx); err != nil {
		return Report{}, err
	}
	v.files()
	return v.report, v.foreign()
}

// verification is one run over a bundle.
type verification struct {
	bundle  *Bundle
	report  Report
	checker record.Checker
	heads   map[string]record.Head // by log
	keys    map[string]string      // verifier keys by log
	// named are the files that entries ask for, and may those that they allow.
	named, may map[string]bool
	// recorded are the seals that the log of a whole bundle tells, by name.
	recorded map[string]casefile.Seal
	// recordedKeys are the public keys that the logs name, by log.
	recordedKeys map[string][]byte
	// formats are the highest of the entries that are there, by log: only one of 0 may name no key.
	formats map[string]int64
}

func (v *verification) find(what record.What, where string) {
	v.report.Findings = append(v.report.Findings, record.Finding{What: what, Where: where})
}

func lineAt(name string, number int64) string { return fmt.Sprintf("%s:%d", name, number) }

// manifest holds every member against its CRC-32 and the manifest, and makes sure that each member has its place.
func (v *verification) manifest(ctx context.Context, progress func(done, total int64)) error {
	a := v.bundle.archive
	var made bytes.Buffer
	var done, total int64
	for _, m := range a.members {
		total += m.size
	}
	for _, m := range a.members {
		digest := sha256.New()
		meter := &meter{next: digest}
		section, err := a.open(m.name)
		if err != nil {
			return err
		}
		if _, err := cancel.Copy(ctx, meter, section); err != nil {
			return err
		}
		if meter.of(m.name) != m {
			v.find(FileChanged, m.name)
		}
		sum := hex.EncodeToString(digest.Sum(nil))
		if named := contentSum(m.name); named != "" && named != sum {
			v.find(ContentDamaged, m.name)
		}
		if m.name != manifestName {
			fmt.Fprintf(&made, "%s  %s\n", sum, m.name)
		}
		if done += m.size; progress != nil {
			progress(done, total)
		}
	}
	must, not := v.must()
	for _, name := range must {
		if !a.has(name) {
			v.find(FileAbsent, name)
		}
	}
	if a.has(not) {
		v.find(FileUnlisted, not)
	}
	v.compareManifest(made.Bytes())
	return nil
}

// must lists the members that every bundle of its kind has, and the one that it has not.
func (v *verification) must() (must []string, not string) {
	entries, not := disclosedName, logName
	if v.bundle.about.Whole {
		entries, not = logName, disclosedName
	}
	return []string{guideName, entries, manifestName, proofsName, scriptName}, not
}

// compareManifest says where the manifest is not the one that the members make.
func (v *verification) compareManifest(made []byte) {
	a := v.bundle.archive
	if !a.has(manifestName) {
		return
	}
	found, err := a.read(manifestName, maxManifest)
	if err != nil {
		v.find(TextMalformed, manifestName)
		return
	}
	if bytes.Equal(found, made) {
		return
	}
	before := len(v.report.Findings)
	listed := map[string]string{}
	for line := range strings.Lines(string(found)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		listed[name] = sum
	}
	for line := range strings.Lines(string(made)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		switch was, ok := listed[name]; {
		case !ok:
			v.find(FileUnlisted, name)
		case was != sum:
			v.find(FileChanged, name)
		}
		delete(listed, name)
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		v.find(FileAbsent, shortName(name))
	}
	if len(v.report.Findings) == before {
		v.find(TextMalformed, manifestName)
	}
}

// maxManifest is the most bytes of a manifest: a hash, two spaces, a name and U+000A for each member.
const maxManifest = maxMembers * (64 + 2 + maxName + 1)

// maxText is the most bytes of VERIFY.txt and verify.py that are looked at.
const maxText = 1 << 20

// foreign holds what a stranger reads and runs against what this version of the program writes.
func (v *verification) foreign() error {
	texts := map[string][]string{scriptName: {record.Reader}}
	for _, language := range []string{"en", "es", "ca"} {
		guide, err := guideOf(language, len(v.report.Seals) > 0)
		if err != nil {
			return err
		}
		texts[guideName] = append(texts[guideName], string(guide))
	}
	for _, name := range []string{guideName, scriptName} {
		found, err := v.bundle.archive.read(name, maxText)
		if err != nil || !slices.Contains(texts[name], string(found)) {
			v.report.Foreign = append(v.report.Foreign, name)
		}
	}
	return nil
}
