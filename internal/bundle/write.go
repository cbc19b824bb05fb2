package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"

	"filippo.io/age"

	"constancia/internal/problem"
)

// Write writes a bundle. What goes into it is read twice, once to know hashes and sizes, once to write: no more than a
// piece of it is in memory, and w need not be a file.
//
// Problems: bundle_changed when the two readings differ or a head is not that of its log; record_does_not_hold; what the
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

// progressWriter tells now and then how much was written.
type progressWriter struct {
	w                 io.Writer
	told              func(done, total int64)
	done, total, next int64
}

// progressEvery is after how many bytes progress is told.
const progressEvery = 1 << 20

func (p *progressWriter) Write(bytes []byte) (int, error) {
	n, err := p.w.Write(bytes)
	p.done += int64(n)
	if p.told != nil && (p.done >= p.next || p.done >= p.total) {
		p.told(p.done, p.total)
		p.next = p.done + progressEvery
	}
	return n, err
}
