package bundle

import (
	"encoding/binary"
	"math"
)

// A bundle is a zip archive in the one form that FORMAT.md tells: nothing is compressed, nothing stands between or around
// the members, and nothing is told but names, sizes and CRC-32. So the whole archive follows from its members, any writer
// makes the same bytes, and a reader holds every byte against what must stand there. That leaves a hostile archive
// nothing to lie with: no entries over one another, no second directory, nothing that unpacks to more than it is.

// member is one file of the archive.
type member struct {
	name string
	size int64 // bytes
	crc  uint32
}

// Sizes of the fixed parts of zip's structures (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16).
const (
	localSize     = 30
	directorySize = 46
	end64Size     = 56
	locatorSize   = 20
	endSize       = 22
)

// Signatures of those structures.
const (
	localSignature     = 0x04034b50
	directorySignature = 0x02014b50
	end64Signature     = 0x06064b50
	locatorSignature   = 0x07064b50
	endSignature       = 0x06054b50
)

const (
	versionPlain = 10         // stored files
	versionZip64 = 45         // sizes or places beyond 32 bits
	dateOfAll    = 1<<5 | 1   // 1 January 1980, the first day that zip can tell; the time is 00:00:00
	zip64Extra   = 0x0001     // header id of the extra field with 64-bit sizes (APPNOTE.TXT, section 4.5.3)
	large        = 0xffffffff // stands where a number of 32 bits has no room, as does any larger one
	many         = 0xffff
)

// fields appends numbers to bytes in zip's little-endian order.
type fields []byte

func (f *fields) two(values ...uint16) {
	for _, value := range values {
		*f = binary.LittleEndian.AppendUint16(*f, value)
	}
}

func (f *fields) four(values ...uint32) {
	for _, value := range values {
		*f = binary.LittleEndian.AppendUint32(*f, value)
	}
}

func (f *fields) eight(values ...int64) {
	for _, value := range values {
		*f = binary.LittleEndian.AppendUint64(*f, uint64(value))
	}
}

// capped is the number as it stands in 32 bits.
func capped(value int64) uint32 { return uint32(min(value, large)) }

func (m member) isLarge() bool { return m.size >= large }

func version(zip64 bool) uint16 {
	if zip64 {
		return versionZip64
	}
	return versionPlain
}

// local is the header before the member's bytes.
func (m member) local() []byte {
	var extra, f fields
	if m.isLarge() {
		extra.two(zip64Extra, 16)
		extra.eight(m.size, m.size)
	}
	f.four(localSignature)
	f.two(version(m.isLarge()), 0, 0, 0, dateOfAll)
	f.four(m.crc, capped(m.size), capped(m.size))
	f.two(uint16(len(m.name)), uint16(len(extra)))
	return append(append(f, m.name...), extra...)
}

// directory is the member's record in the central directory; offset is where its local header begins.
func (m member) directory(offset int64) []byte {
	var extra, f fields
	zip64 := m.isLarge() || offset >= large
	if zip64 {
		length := uint16(0)
		var numbers fields
		if m.isLarge() {
			numbers.eight(m.size, m.size)
			length += 16
		}
		if offset >= large {
			numbers.eight(offset)
			length += 8
		}
		extra.two(zip64Extra, length)
		extra = append(extra, numbers...)
	}
	f.four(directorySignature)
	f.two(version(zip64), version(zip64), 0, 0, 0, dateOfAll)
	f.four(m.crc, capped(m.size), capped(m.size))
	f.two(uint16(len(m.name)), uint16(len(extra)), 0, 0, 0)
	f.four(0, capped(offset))
	return append(append(f, m.name...), extra...)
}

// ending closes an archive of count members whose central directory has that many bytes and begins at offset.
func ending(count int, size, offset int64) []byte {
	var f fields
	if count >= many || size >= large || offset >= large {
		f.four(end64Signature)
		f.eight(end64Size - 12)
		f.two(versionZip64, versionZip64)
		f.four(0, 0)
		f.eight(int64(count), int64(count), size, offset)
		f.four(locatorSignature, 0)
		f.eight(offset + size)
		f.four(1)
	}
	f.four(endSignature)
	entries := uint16(min(count, many))
	f.two(0, 0, entries, entries)
	f.four(capped(size), capped(offset))
	f.two(0)
	return f
}

// offsets tells where each member's local header begins, and last where the central directory does.
func offsets(members []member) []int64 {
	at := make([]int64, 1, len(members)+1)
	for i, m := range members {
		length := int64(len(m.local()))
		if m.size > math.MaxInt64-at[i]-length {
			return nil // more than any file has
		}
		at = append(at, at[i]+length+m.size)
	}
	return at
}
