package bundle

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"strconv"

	"constancia/internal/problem"
)

// maxMembers is the most files that a bundle may have. As nothing in it is compressed, what it costs to read is bounded by
// its own size.
const maxMembers = 500_000

// archive is a bundle's zip, of which every byte but the members' own was found to be as it must.
type archive struct {
	source  io.ReaderAt
	members []member
	// starts tells where each member's bytes begin.
	starts []int64
	places map[string]int // by name
}

// openArchive reads the directory of a zip, and holds it and all headers against the one form they may have.
//
// Problems: not_a_bundle, bundle_damaged, bundle_too_large, bundle_name_refused, bundle_name_twice, bundle_link,
// bundle_compressed.
func openArchive(source io.ReaderAt, size int64) (*archive, error) {
	d, err := readDirectory(source, size)
	if err != nil {
		return nil, err
	}
	members, err := d.members()
	if err != nil {
		return nil, err
	}
	a := &archive{source: source, members: members, places: make(map[string]int, len(members))}
	for i, m := range members {
		a.places[m.name] = i
	}
	return a, a.compare(d)
}

// directory is the end of an archive: the central directory and what closes the file.
type directory struct {
	count  int64
	offset int64
	bytes  []byte // of the central directory
	ending []byte
}

// readDirectory finds the central directory from the end of the file, where nothing may follow it.
func readDirectory(source io.ReaderAt, size int64) (*directory, error) {
	end, err := readAt(source, size-endSize, endSize)
	if err != nil || binary.LittleEndian.Uint32(end) != endSignature {
		return nil, notAnArchive(source)
	}
	d := &directory{ending: end}
	d.count = int64(binary.LittleEndian.Uint16(end[10:]))
	length := int64(binary.LittleEndian.Uint32(end[12:]))
	d.offset = int64(binary.LittleEndian.Uint32(end[16:]))
	if d.count == many || length == large || d.offset == large {
		if d.ending, err = readAt(source, size-endSize-locatorSize-end64Size, end64Size+locatorSize+endSize); err != nil {
			return nil, damaged(endOfFile)
		}
		d.count = int64(binary.LittleEndian.Uint64(d.ending[32:]))
		length = int64(binary.LittleEndian.Uint64(d.ending[40:]))
		d.offset = int64(binary.LittleEndian.Uint64(d.ending[48:]))
	}
	if d.count < 0 || d.count > maxMembers || length > maxMembers*(directorySize+maxName+28) {
		return nil, problem.New(problem.BundleTooLarge, problem.Values{"limit": strconv.Itoa(maxMembers)})
	}
	if d.offset < 0 || length < 0 || d.offset+length != size-int64(len(d.ending)) {
		return nil, damaged(endOfFile)
	}
	if d.bytes, err = readAt(source, d.offset, length); err != nil {
		return nil, damaged(endOfFile)
	}
	return d, nil
}

// endOfFile is where a bundle is damaged that does not end as it must: cut off, or with something behind it.
const endOfFile = "zip"

func damaged(where string) error {
	return problem.New(problem.BundleDamaged, problem.Values{"where": shortName(where)})
}

// notAnArchive tells a bundle that lost its end from a file that never was one.
func notAnArchive(source io.ReaderAt) error {
	start, err := readAt(source, 0, 4)
	if err == nil && binary.LittleEndian.Uint32(start) == localSignature {
		return damaged(endOfFile)
	}
	return problem.New(problem.NotABundle, nil)
}

func readAt(source io.ReaderAt, offset, size int64) ([]byte, error) {
	if offset < 0 {
		return nil, io.ErrUnexpectedEOF
	}
	text := make([]byte, size)
	n, err := source.ReadAt(text, offset)
	if int64(n) == size {
		return text, nil
	}
	return nil, err
}

// members reads the directory's records. What could do harm gets a problem of its own; all else that is not as it must
// be is found by compare.
func (d *directory) members() ([]member, error) {
	members := make([]member, 0, min(d.count, int64(len(d.bytes)/directorySize)))
	seen := map[string]bool{}
	rest := d.bytes
	for range d.count {
		if len(rest) < directorySize || binary.LittleEndian.Uint32(rest) != directorySignature {
			return nil, damaged(endOfFile)
		}
		record, extra := rest[:directorySize], int(binary.LittleEndian.Uint16(rest[30:]))
		name := int(binary.LittleEndian.Uint16(record[28:]))
		if len(rest) < directorySize+name+extra {
			return nil, damaged(endOfFile)
		}
		m := member{name: string(rest[directorySize : directorySize+name]), crc: binary.LittleEndian.Uint32(record[16:]),
			size: int64(binary.LittleEndian.Uint32(record[24:]))}
		if m.size == large && extra >= 12 {
			m.size = int64(binary.LittleEndian.Uint64(rest[directorySize+name+4:]))
		}
		if err := harm(m, record); err != nil {
			return nil, err
		}
		if seen[m.name] {
			return nil, problem.New(problem.BundleNameTwice, problem.Values{"name": m.name})
		}
		seen[m.name] = true
		members = append(members, m)
		rest = rest[directorySize+name+extra:]
	}
	return members, nil
}

// harm says what a member could do harm by: a name that leads elsewhere, a link, or a size that is not its own.
func harm(m member, record []byte) error {
	if err := nameProblem(m.name); err != nil {
		return err
	}
	const unixMode = 16 // the upper half of the attributes
	if mode := binary.LittleEndian.Uint32(record[38:]) >> unixMode; mode&0o170000 == 0o120000 {
		return problem.New(problem.BundleLink, problem.Values{"name": m.name})
	}
	if method := binary.LittleEndian.Uint16(record[10:]); method != 0 {
		return problem.New(problem.BundleCompressed, problem.Values{"name": m.name})
	}
	if m.size < 0 {
		return damaged(m.name)
	}
	return nil
}

// compare makes directory and headers anew from the members, and holds the file against them.
func (a *archive) compare(d *directory) error {
	places := offsets(a.members)
	if places == nil || places[len(a.members)] != d.offset {
		return damaged(endOfFile)
	}
	var made []byte
	for i, m := range a.members {
		if i > 0 && a.members[i-1].name >= m.name {
			return damaged(m.name)
		}
		header := m.local()
		found, err := readAt(a.source, places[i], int64(len(header)))
		if err != nil || !bytes.Equal(header, found) {
			return damaged(m.name)
		}
		a.starts = append(a.starts, places[i]+int64(len(header)))
		made = append(made, m.directory(places[i])...)
	}
	if !bytes.Equal(made, d.bytes) || !bytes.Equal(ending(len(a.members), int64(len(made)), d.offset), d.ending) {
		return damaged(endOfFile)
	}
	return nil
}

// open gives the bytes of a member. Whether they are the right ones is for the manifest to say.
func (a *archive) open(name string) (*io.SectionReader, error) {
	i, ok := a.places[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return io.NewSectionReader(a.source, a.starts[i], a.members[i].size), nil
}

// has reports whether there is a member of that name.
func (a *archive) has(name string) bool {
	_, ok := a.places[name]
	return ok
}

// read gives all bytes of a small member: at most limit.
func (a *archive) read(name string, limit int64) ([]byte, error) {
	section, err := a.open(name)
	if err != nil {
		return nil, err
	}
	if section.Size() > limit {
		return nil, problem.New(problem.BundleTooLarge, problem.Values{"limit": strconv.FormatInt(limit, 10)})
	}
	return readAt(section, 0, section.Size())
}
