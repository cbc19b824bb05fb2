package bundle

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"constancia/internal/cancel"
	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/seal"
)

// source writes the bytes of a member.
type source func(ctx context.Context, w io.Writer) error

// builder knows what each member of the bundle is made from.
type builder struct {
	contents Contents
	logs     []openLog
	sources  map[string]source
	// checked says that the entries were found to hold, at the first of the two readings.
	checked bool
}

// openLog is a log whose head was opened.
type openLog struct {
	Log
	head record.Head
}

func (b *builder) text(name string, text []byte) {
	b.sources[name] = func(_ context.Context, w io.Writer) error {
		_, err := w.Write(text)
		return err
	}
}

func (b *builder) build(options Options) error {
	if err := b.openLogs(); err != nil {
		return err
	}
	whole := b.contents.Chosen == nil
	if whole {
		b.sources[logName] = b.writeEntries
	} else if err := b.choose(); err != nil {
		return err
	}
	if err := b.seals(); err != nil {
		return err
	}
	for _, file := range b.contents.Files {
		b.sources[contentName(file.SHA256, file.Extension)] = func(ctx context.Context, w io.Writer) error {
			return copyFile(ctx, w, file)
		}
	}
	without := append([]string{}, b.contents.Without...)
	slices.Sort(without)
	described, err := record.Canonical(about{Case: b.contents.CaseID, Format: Format,
		MadeAt: b.contents.MadeAt.UTC().Format(record.TimeLayout), Program: b.contents.Program, Whole: whole, Without: without})
	if err != nil {
		return err
	}
	b.text(aboutName, append(described, '\n'))
	b.text(scriptName, []byte(record.Reader))
	guide, err := guideOf(options.Language, len(b.contents.Seals) > 0)
	if err != nil {
		return err
	}
	b.text(guideName, guide)
	return nil
}

func (b *builder) openLogs() error {
	for _, log := range b.contents.Logs {
		head, err := record.OpenHead(log.Head, log.Key)
		if err != nil {
			return err
		}
		tree, err := record.TreeOf(head.Size, log.Hashes)
		if err != nil {
			return err
		}
		if tree != head.Tree {
			return problem.New(problem.BundleChanged, problem.Values{"where": head.LogID})
		}
		b.logs = append(b.logs, openLog{log, head})
		b.text(headsFolder+head.LogID+".head", log.Head)
		b.text(headsFolder+head.LogID+".key", []byte(log.Key+"\n"))
	}
	slices.SortFunc(b.logs, func(a, b openLog) int { return cmp.Compare(a.head.LogID, b.head.LogID) })
	return nil
}

// ownKey checks what the log's own device signed.
func (l openLog) ownKey() (string, error) {
	if l.Device == nil || len(l.Device.Payload) == 0 {
		return l.Key, nil
	}
	var device casefile.Device
	if err := record.Decode(l.Device.Payload, &device); err != nil {
		return "", err
	}
	key, err := base64.StdEncoding.DecodeString(device.Key)
	if err != nil {
		return "", err
	}
	return record.VerifierKey(l.head.LogID, ed25519.PublicKey(key))
}

func (b *builder) log(id string) (openLog, error) {
	for _, log := range b.logs {
		if log.head.LogID == id {
			return log, nil
		}
	}
	return openLog{}, fmt.Errorf("the bundle has no log %s", id)
}

// errPastHead ends the visit of a log that was appended to since its head was made.
var errPastHead = errors.New("this entry is younger than the head")

func (b *builder) writeEntries(ctx context.Context, w io.Writer) error {
	var checker record.Checker
	for _, log := range b.logs {
		err := log.Entries(ctx, func(stored record.Stored) error {
			if stored.Header.Sequence > log.head.Size {
				return errPastHead
			}
			if !b.checked {
				checker.Check(stored)
			}
			line, err := entryLine(stored)
			if err != nil {
				return err
			}
			_, err = w.Write(line)
			return err
		})
		if err != nil && !errors.Is(err, errPastHead) {
			return err
		}
	}
	if b.checked {
		return nil
	}
	b.checked = true
	return b.requireHolds(&checker)
}

// requireHolds refuses entries that do not hold: a bundle of them would not hold either, wherever it is checked.
func (b *builder) requireHolds(checker *record.Checker) error {
	wrong := len(checker.Findings())
	for _, log := range b.logs {
		tree, _ := checker.Tree(log.head.LogID)
		if made, err := record.TreeOf(tree.Size(), tree); err != nil || made != log.head.Tree {
			wrong++
		}
	}
	return holdsUnless(wrong)
}

func holdsUnless(wrong int) error {
	if wrong == 0 {
		return nil
	}
	return problem.New(problem.RecordDoesNotHold, problem.Values{"count": strconv.Itoa(wrong)})
}

// choose makes disclosed.jsonl: of each log the entry of the device, and the chosen ones, in order.
func (b *builder) choose() error {
	var all []byte
	for _, log := range b.logs {
		entries := map[int64]Chosen{}
		for _, chosen := range b.contents.Chosen {
			if chosen.Header.LogID == log.head.LogID {
				entries[chosen.Header.Sequence] = chosen
			}
		}
		if log.Device != nil {
			entries[log.Device.Header.Sequence] = Chosen{Stored: *log.Device}
		}
		for _, sequence := range slices.Sorted(maps.Keys(entries)) {
			shown, err := show(entries[sequence], log.head, log.Hashes)
			if err != nil {
				return err
			}
			line, err := shownLine(shown)
			if err != nil {
				return err
			}
			all = append(all, line...)
		}
	}
	b.text(disclosedName, all)
	return nil
}

// seals adds the time stamps, and the proofs that the logs begin with what was stamped.
func (b *builder) seals() error {
	var proofs []byte
	for _, sealed := range slices.SortedFunc(slices.Values(b.contents.Seals), compareSeals) {
		log, err := b.log(sealed.LogID)
		if err != nil {
			return err
		}
		key, err := log.ownKey()
		if err != nil {
			return err
		}
		head, err := record.OpenHead(sealed.Head, key)
		if err != nil {
			return err
		}
		proof, err := record.ProveConsistency(head.Size, log.head.Size, log.Hashes)
		if err != nil {
			return err
		}
		line, err := proofLine(sealProof{sealed.name(), proof})
		if err != nil {
			return err
		}
		proofs = append(proofs, line...)
		certificates, err := certificatesOf(sealed.Token, sealed.Head)
		if err != nil {
			return err
		}
		b.text(sealsFolder+sealed.name()+".head", sealed.Head)
		b.text(sealsFolder+sealed.name()+".tst", sealed.Token)
		b.text(sealsFolder+sealed.name()+".pem", certificates)
	}
	b.text(proofsName, proofs)
	return nil
}

func (s Seal) name() string { return fmt.Sprintf("%s.%d", s.LogID, s.Sequence) }

func compareSeals(a, b Seal) int {
	return cmp.Or(cmp.Compare(a.LogID, b.LogID), cmp.Compare(a.Sequence, b.Sequence))
}

// certificatesOf are those of the token's signer and of who vouches for it, as openssl reads them.
func certificatesOf(token, head []byte) ([]byte, error) {
	sealed, err := seal.Verify(token, head, nil)
	if err != nil {
		return nil, err
	}
	return pemOf(sealed.Chain), nil
}

func pemOf(certificates []*x509.Certificate) (text []byte) {
	for _, certificate := range certificates {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})...)
	}
	return text
}

// copyFile writes a kept file, until the person stops it, and makes sure that it is the one that was recorded.
func copyFile(ctx context.Context, w io.Writer, file File) error {
	body, err := file.Open(ctx)
	if err != nil {
		return err
	}
	digest := sha256.New()
	_, err = cancel.Copy(ctx, io.MultiWriter(w, digest), body)
	if err := errors.Join(err, body.Close()); err != nil {
		return err
	}
	if hex.EncodeToString(digest.Sum(nil)) != file.SHA256 {
		return problem.New(problem.BundleChanged, problem.Values{"where": file.SHA256})
	}
	return nil
}
