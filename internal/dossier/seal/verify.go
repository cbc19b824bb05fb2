package seal

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"

	timeseal "constancia/internal/seal"
)

// What can be wrong with a file.
type What string

// What verifying finds.
const (
	// BytesDiffer: the file is not, byte for byte, what was written.
	BytesDiffer What = "dossier_bytes_differ"
	// FileDiffers: an embedded file is not the one that the list names.
	FileDiffers What = "dossier_file_differs"
	// FileMissing: the list names a file that is not there.
	FileMissing What = "dossier_file_missing"
	// FileUnlisted: an embedded file is not in the list.
	FileUnlisted What = "dossier_file_unlisted"
	// StampFails: a time stamp is not one, or not one for these bytes.
	StampFails What = "dossier_stamp_fails"
	// SignatureFails: a signature is not one, or not one for these bytes.
	SignatureFails What = "dossier_signature_fails"
)

// Finding is something that is wrong.
type Finding struct {
	What What `json:"what"`
	// Name is the embedded file, or the field of the seal.
	Name string `json:"name,omitempty"`
}

// Report says what holds.
type Report struct {
	// SHA256 is the file's, in lower-case hex.
	SHA256 string
	// Revisions is how many there are: the file as it was finished, and one for each seal.
	Revisions int
	// Files are the embedded files that the list names and that are as it says.
	Files []VerifiedFile
	// Stamps are the time stamps that hold, Signatures the signatures that do; the first ones cover least.
	Stamps     []Stamped
	Signatures []Signed
	Findings   []Finding
}

// Holds reports whether nothing is wrong.
func (r Report) Holds() bool { return len(r.Findings) == 0 }

// VerifiedFile is an embedded file.
type VerifiedFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Stamped is a time stamp over the first bytes of the file.
type Stamped struct {
	timeseal.Sealed
	// Covers is how many bytes, up to where a later revision begins or the end.
	Covers int64
}

// Verify holds a file of size bytes against its own hashes, its embedded files against their list, and judges its seals.
// roots are those that the reader trusts; they decide on nothing but what is called rooted. A file that is damaged is told
// by the findings.
//
// Errors: [ErrNotFinished] for a file of which nothing can be told, those of from and ctx.
func Verify(ctx context.Context, from io.ReaderAt, size int64, roots *x509.CertPool) (Report, error) {
	last, err := open(from, size)
	if err != nil {
		return Report{}, err
	}
	var revisions []*finished
	for f := last; f != nil; f = f.previous {
		revisions = append([]*finished{f}, revisions...)
	}
	v := &verifier{ctx: ctx, roots: roots, hashes: newHasher(ctx, from), report: Report{Revisions: len(revisions)}}
	for _, f := range revisions {
		if err := v.revision(f); err != nil {
			return Report{}, err
		}
	}
	sum, err := v.hashes.with(size)
	if err != nil {
		return Report{}, err
	}
	v.report.SHA256 = hex.EncodeToString(sum[:])
	if err := v.embedded(last); err != nil {
		return Report{}, err
	}
	return v.report, nil
}

type verifier struct {
	ctx    context.Context
	roots  *x509.CertPool
	hashes *hasher
	report Report
}

func (v *verifier) found(what What, name string) {
	v.report.Findings = append(v.report.Findings, Finding{what, name})
}

// revision judges one: that it has its own hash, and but for the first, that it is one seal and nothing else.
func (v *verifier) revision(f *finished) error {
	own := []gap{{f.ownAt, f.ownAt + int64(len(zeroDigest)), true}}
	var u *update
	var signature dict
	if f.previous != nil {
		if err := v.hashes.upTo(f.previous.size); err != nil {
			return err
		}
		var err error
		if u, signature, err = composedAgain(f); err != nil {
			v.found(BytesDiffer, "")
			return nil //nolint:nilerr // it is a finding
		}
		own = u.unhashed()
	} else if err := v.hashes.upTo(f.ownAt); err != nil {
		return err
	}
	sum, err := v.hashes.with(f.size, own...)
	if err != nil {
		return err
	}
	if hex.EncodeToString(sum[:]) != f.own {
		v.found(BytesDiffer, "")
	}
	if u == nil {
		return nil
	}
	return v.seal(f, u, signature)
}

// sealNumber is where a seal's dictionary is told from all else in a revision.
var sealNumber = regexp.MustCompile(`(?m)^([1-9][0-9]{0,9}) 0 obj\n<</Type /(DocTimeStamp|Sig)/`)

// composedAgain writes a revision again as it has to be, by the signature in it, and compares all but the seal and the
// hash: a revision that changes anything else is none of ours.
func composedAgain(f *finished) (*update, dict, error) {
	written, err := f.window(f.previous.size, f.size-f.previous.size)
	if err != nil {
		return nil, nil, err
	}
	match := sealNumber.FindSubmatch(written)
	if match == nil || len(written) > maxObject {
		return nil, nil, fmt.Errorf("%w: a revision without a seal", ErrNotFinished)
	}
	signature := f.dict(f.reference(integerOf(plain(match[1]))))
	if signature == nil {
		return nil, nil, fmt.Errorf("%w: a revision without a seal", ErrNotFinished)
	}
	u, err := newUpdate(f.previous, signature)
	if err != nil {
		return nil, nil, err
	}
	if len(u.bytes) != len(written) {
		return nil, nil, fmt.Errorf("%w: a revision that is not only a seal", ErrNotFinished)
	}
	again := bytes.Clone(written)
	for _, gap := range u.unhashed() {
		from, to := gap.from-f.previous.size, gap.to-f.previous.size
		copy(again[from:to], u.bytes[from:to])
	}
	if !bytes.Equal(again, u.bytes) {
		return nil, nil, fmt.Errorf("%w: a revision that is not only a seal", ErrNotFinished)
	}
	return u, signature, nil
}

// seal judges the seal of a revision.
func (v *verifier) seal(f *finished, u *update, signature dict) error {
	digits, err := f.window(u.contents, u.contentsEnd-u.contents)
	if err != nil {
		return err
	}
	field := sealName(f.revision() - 1)
	isStamp := signature["Type"] == name("DocTimeStamp")
	der, err := sealBytes(digits)
	if err != nil {
		v.found(failing(isStamp), field)
		return nil //nolint:nilerr // it is a finding
	}
	imprint, err := v.hashes.with(f.size, u.unsigned())
	if err != nil {
		return err
	}
	if !isStamp {
		v.signature(f, signature, der, imprint, field)
		return nil
	}
	stamped, err := timeseal.VerifyHash(der, imprint, v.roots)
	if err != nil {
		v.found(StampFails, field)
		return nil //nolint:nilerr // it is a finding
	}
	v.report.Stamps = append(v.report.Stamps, Stamped{stamped, f.size})
	return nil
}

func failing(isStamp bool) What {
	if isStamp {
		return StampFails
	}
	return SignatureFails
}

// sealBytes are a seal's DER: digits in lower case, and zeros up to the end.
func sealBytes(digits []byte) ([]byte, error) {
	der := make([]byte, hex.DecodedLen(len(digits)))
	if _, err := hex.Decode(der, digits); err != nil {
		return nil, err
	}
	if hex.EncodeToString(der) != string(digits) {
		return nil, errors.New("digits in capitals")
	}
	size, err := sizeOfDER(der)
	if err != nil {
		return nil, err
	}
	if len(bytes.Trim(der[size:], "\x00")) > 0 {
		return nil, errors.New("more than zeros behind the seal")
	}
	return der[:size], nil
}

// sizeOfDER is how long the first value is, with its header.
func sizeOfDER(der []byte) (int, error) {
	errShort := errors.New("no value in DER")
	if len(der) < 2 || der[0] != 0x30 {
		return 0, errShort
	}
	size, header := int(der[1]), 2
	if size >= 0x80 {
		count := size & 0x7f
		if count < 1 || count > 3 || len(der) < 2+count {
			return 0, errShort
		}
		size, header = 0, 2+count
		for _, b := range der[2:header] {
			size = size<<8 | int(b)
		}
	}
	if header+size > len(der) {
		return 0, errShort
	}
	return header + size, nil
}

// embedded holds the embedded files against their list.
func (v *verifier) embedded(f *finished) error {
	names := f.array(f.dict(f.dict(f.dict(f.trailer["Root"])["Names"])["EmbeddedFiles"])["Names"])
	sums := map[string]string{}
	var listed []string
	var found []VerifiedFile
	for i := 0; i+1 < len(names); i += 2 {
		called := readText(f.get(names[i]))
		specification := f.dict(names[i+1])
		data, _ := f.get(f.dict(specification["EF"])["F"]).(*storedStream)
		if called == ListName {
			var err error
			if sums, listed, err = f.list(v.ctx, data); err != nil {
				return err
			}
			continue
		}
		digest := sha256.New()
		size, err := f.copyStream(v.ctx, digest, data, math.MaxInt64)
		if err != nil {
			if v.ctx.Err() != nil {
				return v.ctx.Err()
			}
			digest.Reset() // damaged: it is not what the list says
		}
		found = append(found, VerifiedFile{Name: called, SHA256: hex.EncodeToString(digest.Sum(nil)), Size: size})
	}
	seen := map[string]bool{}
	for _, file := range found {
		seen[file.Name] = true
		switch sums[file.Name] {
		case file.SHA256:
			v.report.Files = append(v.report.Files, file)
		case "":
			v.found(FileUnlisted, file.Name)
		default:
			v.found(FileDiffers, file.Name)
		}
	}
	for _, called := range listed {
		if !seen[called] {
			v.found(FileMissing, called)
		}
	}
	return nil
}

// list reads the hashes by name, and the names in their order.
func (f *finished) list(ctx context.Context, data *storedStream) (sums map[string]string, names []string, err error) {
	var out bytes.Buffer
	sums = map[string]string{}
	if _, err := f.copyStream(ctx, &out, data, maxObject); err != nil {
		return sums, nil, ctx.Err() // damaged: no file is listed then
	}
	lines := bufio.NewScanner(&out)
	for lines.Scan() {
		sum, called, _ := strings.Cut(lines.Text(), "  ")
		sums[called] = sum
		names = append(names, called)
	}
	return sums, names, nil
}

// copyStream copies a stream's data without its compression, at most so many bytes.
func (f *finished) copyStream(ctx context.Context, to io.Writer, s *storedStream, most int64) (int64, error) {
	if s == nil {
		return 0, fmt.Errorf("%w: no data", ErrNotFinished)
	}
	length := f.integer(s.dict["Length"])
	if length < 0 || s.at+length > f.size {
		return 0, fmt.Errorf("%w: length of a stream", ErrNotFinished)
	}
	var from io.Reader = &cancellable{ctx, io.NewSectionReader(f.from, s.at, length)}
	switch f.get(s.dict["Filter"]) {
	case nil:
	case name("FlateDecode"):
		inflating, err := zlib.NewReader(from)
		if err != nil {
			return 0, err
		}
		from = inflating
	default:
		return 0, fmt.Errorf("%w: filter", ErrNotFinished)
	}
	return io.Copy(to, io.LimitReader(from, most))
}
