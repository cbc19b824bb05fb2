package seal_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
	timeseal "constancia/internal/seal"
	"constancia/internal/seal/sealtest"
)

// clock starts a time-stamp service on this machine.
func clock(t testing.TB) *sealtest.Service {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	return service
}

// stamp adds a time stamp of a service.
func stamp(t testing.TB, service *sealtest.Service, data []byte) []byte {
	t.Helper()
	revision, err := seal.Stamp(t.Context(), bytes.NewReader(data), int64(len(data)), func(hash [sha256.Size]byte) ([]byte, error) {
		answer, err := timeseal.RequestForHash(t.Context(), nil, service.URL, hash, bytes.NewReader(make([]byte, 8)))
		return answer.Token, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(data, revision)
}

func verify(t testing.TB, data []byte, roots *x509.CertPool) (seal.Report, error) {
	t.Helper()
	report, err := seal.Verify(t.Context(), bytes.NewReader(data), int64(len(data)), roots)
	if err != nil && !errors.Is(err, seal.ErrNotFinished) {
		t.Fatal(err)
	}
	return report, err
}

func TestAFinishedDossierHoldsStampedOrNot(t *testing.T) {
	service := clock(t)
	finished := draw(t, i18n.Spanish, 1).finish(t, originals()...)
	stamped := stamp(t, service, finished)
	twice := stamp(t, service, stamped)
	for name, test := range map[string]struct {
		data   []byte
		stamps int
	}{"as finished": {finished, 0}, "stamped": {stamped, 1}, "stamped again": {twice, 2}} {
		report, err := verify(t, test.data, service.Roots())
		if err != nil || !report.Holds() || len(report.Files) != len(originals()) || report.Revisions != 1+test.stamps || len(report.Stamps) != test.stamps {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
		for _, one := range report.Stamps {
			if !one.Rooted || one.By != "Example Clock (Time for Examples)" || one.At.IsZero() {
				t.Errorf("%s: %+v", name, one)
			}
		}
	}
	if !bytes.HasPrefix(stamped, finished) || !bytes.HasPrefix(twice, stamped) {
		t.Error("what was there before the stamp has changed")
	}
}

// TestAFlippedBitAnywhereIsNoticed flips bits at random places, a few of them in the ordinary test, 10,000 with
// -full. A flip within the token of a stamp, or a signature, may leave it the very same one; nothing else is let pass.
func TestAFlippedBitAnywhereIsNoticed(t *testing.T) {
	service := clock(t)
	finished := draw(t, i18n.Spanish, 1).finish(t, originals()...)
	certificate, root := person(t, keys(t)["ECDSA"])
	roots := service.Roots()
	roots.AddCert(root)
	signed := sign(t, service, certificate, finished)
	for name, data := range map[string][]byte{
		"as finished": finished, "stamped": stamp(t, service, finished), "signed": signed, "signed and stamped": stamp(t, service, signed),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := slices.Clone(data)
			whole, err := verify(t, data, roots)
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(1, uint64(len(data))))
			for range flips() {
				at, bit := random.IntN(len(data)), random.IntN(8)
				if random.IntN(4) == 0 { // the tables and the seal are small and matter most
					at = len(data) - 1 - random.IntN(len(data)/5)
				}
				requireNoticed(t, data, at, bit, whole, roots)
			}
			for at := len(data) - 400; at < len(data); at += 3 {
				requireNoticed(t, data, at, at%8, whole, roots)
			}
		})
	}
}

func requireNoticed(t *testing.T, data []byte, at, bit int, whole seal.Report, roots *x509.CertPool) {
	t.Helper()
	data[at] ^= 1 << bit
	defer func() { data[at] ^= 1 << bit }()
	report, err := verify(t, data, roots)
	if err != nil || !report.Holds() {
		return
	}
	if len(whole.Stamps)+len(whole.Signatures) == 0 || !slices.EqualFunc(report.Stamps, whole.Stamps, sameStamp) ||
		!slices.EqualFunc(report.Signatures, whole.Signatures, sameSignature) {
		t.Errorf("byte %d of %d, bit %d was not noticed: %+v", at, len(data), bit, report)
	}
}

func sameStamp(a, b seal.Stamped) bool { return a.Covers == b.Covers && sameTime(a.Sealed, b.Sealed) }

func sameTime(a, b timeseal.Sealed) bool {
	return a.At.Equal(b.At) && a.By == b.By && a.Serial == b.Serial && len(a.Chain) == len(b.Chain) && a.Chain[0].Equal(b.Chain[0])
}

func sameSignature(a, b seal.Signed) bool {
	stamped := a.Stamped == nil && b.Stamped == nil || a.Stamped != nil && b.Stamped != nil && sameTime(*a.Stamped, *b.Stamped)
	return a.By == b.By && a.Rooted == b.Rooted && a.Covers == b.Covers && stamped
}

func TestFilesOfOthersAreNotTakenForDossiers(t *testing.T) {
	d := draw(t, i18n.English, 1)
	finished := d.finish(t)
	for name, data := range map[string][]byte{
		"nothing": nil, "a text": []byte("hello"), "a PDF of others": d.pages, "the first half": finished[:len(finished)/2],
		"one byte less": finished[:len(finished)-1], "one byte more": append(slices.Clone(finished), '\n'),
		"only the end": finished[len(finished)-300:],
	} {
		if report, err := verify(t, data, nil); !errors.Is(err, seal.ErrNotFinished) {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
	}
}

// FuzzVerify holds that no file, however odd, does more than fail.
func FuzzVerify(f *testing.F) {
	d := draw(f, i18n.English, 1)
	small := d.finish(f, originals()[2])
	f.Add(small[max(0, len(small)-4000):], 10)
	f.Add([]byte("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev 0/ID [<00> <00>]>>\nstartxref\n0\n%%EOF\n"), 0)
	f.Fuzz(func(t *testing.T, tail []byte, cut int) {
		data := append(slices.Clone(small[:len(small)-min(max(cut, 0), len(small))]), tail...)
		if report, err := verify(t, data, nil); err == nil && report.Holds() && !bytes.Equal(data, small) {
			t.Errorf("it holds: %+v", report)
		}
	})
}

var full = flag.Bool("full", false, "flip as many bits as it takes to be sure")

func flips() int {
	if *full {
		return 10_000
	}
	return 40
}
