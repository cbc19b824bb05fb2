package seal

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// update is a revision that seals all before it: one signature dictionary (section 12.8.1) in a field that nobody sees.
type update struct {
	// bytes are those that follow the revision before.
	bytes []byte
	// contents is where the seal stands, from its first digit; hash where the revision's own hash does. Both count from the
	// start of the file.
	contents, contentsEnd int64
	hash                  int64
}

// capacity is the room for a seal, in bytes: usual tokens take 2 to 8 kB, a signature with a token in it up to 16 kB.
const capacity = 24 << 10

// Added is how much larger a file gets by a seal, in bytes, at most unless its first page is nothing but links.
const Added = 2*capacity + 16<<10

// stampType is a document time stamp (ETSI EN 319 142-1, section 5.4.3).
func stampType() dict {
	return dict{"Type": name("DocTimeStamp"), "Filter": name("Adobe.PPKLite"), "SubFilter": name("ETSI.RFC3161")}
}

// newUpdate composes a revision with zeros for what is not known yet. The same file and signature give the same bytes, so
// that a reader can compose it again and compare.
func newUpdate(before *finished, signature dict) (*update, error) {
	root, ok := before.trailer["Root"].(*indirect)
	catalog := maps.Clone(before.dict(before.trailer["Root"]))
	if !ok || catalog == nil {
		return nil, fmt.Errorf("%w: catalog", ErrNotFinished)
	}
	kids := before.array(before.dict(catalog["Pages"])["Kids"])
	if len(kids) == 0 {
		return nil, fmt.Errorf("%w: pages", ErrNotFinished)
	}
	first, ok := kids[0].(*indirect)
	page := maps.Clone(before.dict(kids[0]))
	if !ok || page == nil {
		return nil, fmt.Errorf("%w: first page", ErrNotFinished)
	}
	fields := before.array(before.dict(catalog["AcroForm"])["Fields"])
	next := integerOf(before.trailer["Size"])
	sealed := maps.Clone(signature)
	sealed["ByteRange"] = plain(rangeText(0, 0, 0))
	sealed["Contents"] = plain("<" + strings.Repeat("0", 2*capacity) + ">")
	value := &indirect{number: next, value: sealed}
	appearance := &indirect{number: next + 2, value: &stream{dict: dict{
		"Type": name("XObject"), "Subtype": name("Form"), "BBox": integers(0, 0, 0, 0), "Length": integer(0)}}}
	field := &indirect{number: next + 1, value: dict{
		"Type": name("Annot"), "Subtype": name("Widget"), "FT": name("Sig"), "T": text(sealName(len(fields) + 1)),
		"Rect": integers(0, 0, 0, 0), "F": integer(printed | locked), "P": first, "V": value, "AP": dict{"N": appearance},
	}}
	page["Annots"] = append(slices.Clone(before.array(page["Annots"])), field)
	catalog["AcroForm"] = dict{"Fields": append(slices.Clone(fields), field), "SigFlags": integer(signaturesExist | appendOnly)}
	catalog["Extensions"] = dict{"ESIC": dict{"BaseVersion": name("1.7"), "ExtensionLevel": integer(1)}}
	return compose(before, []*indirect{{number: root.number, value: catalog}, {number: first.number, value: page}, value, field, appearance})
}

// sealName is the name of a seal's field.
func sealName(number int) string { return fmt.Sprintf("Seal %d", number) }

// The flags of tables 165 and 219.
const (
	printed, locked             = 1 << 2, 1 << 7
	signaturesExist, appendOnly = 1 << 0, 1 << 1
)

// rangeText is a ByteRange of one length, whatever the numbers.
func rangeText(before, after, length int64) string {
	return fmt.Sprintf("[0 %012d %012d %012d]", before, after, length)
}

func compose(before *finished, objects []*indirect) (*update, error) {
	numberOf := func(o *indirect) int { return o.number }
	u := &update{}
	slices.SortFunc(objects, func(a, b *indirect) int { return a.number - b.number })
	table := "xref\n"
	size := 0
	for _, o := range objects {
		table += fmt.Sprintf("%d 1\n%010d 00000 n \n", o.number, before.size+int64(len(u.bytes)))
		u.bytes = fmt.Appendf(u.bytes, "%d 0 obj\n", o.number)
		if empty, ok := o.value.(*stream); ok {
			u.bytes = append(appendObject(u.bytes, empty.dict, numberOf), "\nstream\n\nendstream\nendobj\n"...)
		} else {
			u.bytes = append(appendObject(u.bytes, o.value, numberOf), "\nendobj\n"...)
		}
		size = max(size, o.number+1)
	}
	trailer := dict{"Size": integer(max(size, integerOf(before.trailer["Size"]))), "Root": before.trailer["Root"], "Prev": integer(before.table())}
	if info := before.trailer["Info"]; info != nil {
		trailer["Info"] = info
	}
	start := before.size + int64(len(u.bytes))
	u.bytes = append(u.bytes, table+"trailer\n"...)
	u.bytes = appendObject(u.bytes, trailer, numberOf)
	u.bytes = fmt.Appendf(u.bytes[:len(u.bytes)-len(">>")], "/ID [<%s> <", before.firstID())
	u.hash = before.size + int64(len(u.bytes))
	u.bytes = fmt.Appendf(u.bytes, zeroDigest+trailerEnd, start)

	contents := bytes.Index(u.bytes, []byte("/Contents <00")) + len("/Contents <")
	u.contents = before.size + int64(contents)
	u.contentsEnd = u.contents + 2*capacity
	end := before.size + int64(len(u.bytes))
	filled := rangeText(u.contents-1, u.contentsEnd+1, end-u.contentsEnd-1)
	copy(u.bytes[bytes.Index(u.bytes, []byte(rangeText(0, 0, 0))):], filled)
	return u, nil
}

// table is where the revision's table begins.
func (f *finished) table() int {
	tail, err := f.window(max(0, f.size-maxEnding), maxEnding)
	if err != nil {
		return 0
	}
	return integerOf(plain(ending.FindSubmatch(tail)[2])) // it matched when it was opened
}

// firstID is the first part of the file's ID, which all revisions have.
func (f *finished) firstID() string {
	id, _ := f.trailer["ID"].(array)
	if len(id) == 0 {
		return ""
	}
	first, _ := id[0].(text)
	return fmt.Sprintf("%x", []byte(first))
}

// put writes into the bytes at a place of the file.
func (u *update) put(before *finished, at int64, what string) { copy(u.bytes[at-before.size:], what) }
