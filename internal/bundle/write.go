package bundle

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"

	"filippo.io/age"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/seal"
)

// Write writes a bundle. What goes into it is read twice, once to know hashes and sizes, once to write: no more than a
// piece of it is in memory, and w need not be a file.
//
// Problems: bundle_changed when the two readings differ or a head is not that of its log; no_such_field; what the
// contents' functions and w return.
func Write(ctx context.Context, w io.Writer, contents Contents, options Options) error {
	b := &builder{contents: contents, sources: map[string]source{}}
	if err := b.build(options); err != nil {
		return err
	}
	if options.Recipient == nil {
		return b.write(ctx, w, options.Progress)
	}
	encrypted, err := age.Encrypt(w, options.Recipient)
	if err != nil {
		return fmt.Errorf("failed to encrypt the bundle: %w", err)
	}
	if err := b.write(ctx, encrypted, options.Progress); err != nil {
		return err
	}
	return encrypted.Close()
}

// source writes the bytes of a member.
type source func(ctx context.Context, w io.Writer) error

// builder knows what each member of the bundle is made from.
type builder struct {
	contents Contents
	logs     []openLog
	sources  map[string]source
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
	if err := json.Unmarshal(l.Device.Payload, &device); err != nil {
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
	for _, log := range b.logs {
		err := log.Entries(ctx, func(stored record.Stored) error {
			if stored.Header.Sequence > log.head.Size {
				return errPastHead
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
	return nil
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
			shown, err := show(entries[sequence], log.head.Size, log.Hashes)
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

// write reads everything once for the manifest, and then writes it.
func (b *builder) write(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	members, manifest, err := b.measure(ctx)
	if err != nil {
		return err
	}
	b.text(manifestName, manifest)
	places := offsets(members)
	total := places[len(members)]
	p := &progressWriter{w: w, told: progress, total: total}
	var central []byte
	for i, m := range members {
		if _, err := p.Write(m.local()); err != nil {
			return err
		}
		again := &meter{next: p}
		if err := b.sources[m.name](ctx, again); err != nil {
			return err
		}
		if again.of(m.name) != m {
			return problem.New(problem.BundleChanged, problem.Values{"where": m.name})
		}
		central = append(central, m.directory(places[i])...)
	}
	_, err = p.Write(append(central, ending(len(members), int64(len(central)), total)...))
	return err
}

// measure reads every member and makes the manifest. The members are in the archive's order, by name.
func (b *builder) measure(ctx context.Context) ([]member, []byte, error) {
	names := slices.Sorted(maps.Keys(b.sources))
	var members []member
	var manifest bytes.Buffer
	for _, name := range names {
		if err := nameProblem(name); err != nil {
			return nil, nil, err
		}
		digest := sha256.New()
		m := &meter{next: digest}
		if err := b.sources[name](ctx, m); err != nil {
			return nil, nil, err
		}
		members = append(members, m.of(name))
		sum := hex.EncodeToString(digest.Sum(nil))
		fmt.Fprintf(&manifest, "%s  %s\n", sum, name)
	}
	text := manifest.Bytes()
	own := member{manifestName, int64(len(text)), crc32.ChecksumIEEE(text)}
	at, _ := slices.BinarySearch(names, manifestName)
	return slices.Insert(members, at, own), text, nil
}

// meter passes bytes on and remembers what they were.
type meter struct {
	next io.Writer
	crc  uint32
	size int64
}

func (m *meter) Write(p []byte) (int, error) {
	m.crc = crc32.Update(m.crc, crc32.IEEETable, p)
	m.size += int64(len(p))
	return m.next.Write(p)
}

func (m *meter) of(name string) member { return member{name, m.size, m.crc} }

// progressWriter tells how much was written.
type progressWriter struct {
	w           io.Writer
	told        func(done, total int64)
	done, total int64
}

func (p *progressWriter) Write(bytes []byte) (int, error) {
	n, err := p.w.Write(bytes)
	p.done += int64(n)
	if p.told != nil {
		p.told(p.done, p.total)
	}
	return n, err
}

// copyFile writes a kept file, until the person stops it, and makes sure that it is the one that was recorded.
func copyFile(ctx context.Context, w io.Writer, file File) error {
	body, err := file.Open(ctx)
	if err != nil {
		return err
	}
	digest := sha256.New()
	_, err = io.Copy(io.MultiWriter(w, digest), &cancellable{ctx, body})
	if err := errors.Join(err, body.Close()); err != nil {
		return err
	}
	if hex.EncodeToString(digest.Sum(nil)) != file.SHA256 {
		return problem.New(problem.BundleChanged, problem.Values{"where": file.SHA256})
	}
	return nil
}

type cancellable struct {
	ctx context.Context
	io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}
