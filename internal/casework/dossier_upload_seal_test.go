package casework_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/casework"
	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/seal/sealtest"
)

// contract is a PDF of a page that does not follow PDF/A: its typeface is not in it.
func contract(t *testing.T) string {
	t.Helper()
	file := gofpdf.New("P", "mm", "A4", "")
	file.SetFont("Helvetica", "", 14)
	file.AddPage()
	file.Text(30, 40, "The only clause")
	var out bytes.Buffer
	if err := file.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// sealedCase is a case of several volumes, the contract in the last, with a service chosen.
func sealedCase(t *testing.T) *sealed {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	s := &sealed{withPhotos(t, 4, 1300), service}
	if err := s.add(s.caseID, "contract.pdf", contract(t)); err != nil {
		t.Fatal(err)
	}
	service.SetClock(func() time.Time { return s.now })
	s.choose(service.URL)
	return s
}

func (s *sealed) uploadSet(progress func(casework.Progress)) casework.UploadSetMade {
	s.t.Helper()
	set, err := s.ExportUploadSet(s.t.Context(), casework.UploadSet{
		ExportDossier: casework.ExportDossier{CaseID: s.caseID, Language: i18n.English, Addressee: "es-omic", Anyway: true},
		Folder:        filepath.Join(s.t.TempDir(), "upload"),
	}, progress)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(set.Volumes) < 2 || len(set.Unfit) > 0 {
		s.t.Fatalf("made was %+v", set)
	}
	return set
}

// sealOf is what the last seal of a file covers, and the seal.
func sealOf(t *testing.T, data []byte) (covered, sealed []byte) {
	t.Helper()
	found := regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)\]`).FindAllSubmatch(data, -1)
	if len(found) == 0 {
		t.Fatal("there is no seal")
	}
	before, err1 := strconv.Atoi(string(found[len(found)-1][1]))
	after, err2 := strconv.Atoi(string(found[len(found)-1][2]))
	sealed, err3 := hex.DecodeString(string(data[before+1 : after-1]))
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	return slices.Concat(data[:before], data[after:]), sealed
}

// takenByOpenSSL reports whether openssl takes the time stamp of a file, with the service's own root.
func takenByOpenSSL(t *testing.T, service *sealtest.Service, data []byte, flip func(covered []byte)) bool {
	t.Helper()
	covered, token := sealOf(t, data)
	flip(covered)
	folder := t.TempDir()
	for name, content := range map[string][]byte{"covered": covered, "token": token, "root.pem": service.RootPEM()} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := exec.CommandContext(t.Context(), "openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", "covered", "-CAfile", "root.pem")
	check.Dir = folder
	return check.Run() == nil
}

func TestEachVolumeHasATimeStampOfItsOwn(t *testing.T) {
	s := sealedCase(t)
	set := s.uploadSet(nil)
	if set.Unstamped != nil || len(set.WithoutStamp()) > 0 || set.Complete.StampedAt == "" {
		t.Fatalf("made was %+v", set)
	}
	total := int64(0)
	for i, volume := range set.Volumes {
		path := filepath.Join(set.Folder, volume.Name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if total += volume.Size; volume.Size > set.Limits.FileBytes || total > set.Limits.TotalBytes {
			t.Errorf("%s is too large: %d bytes", volume.Name, volume.Size)
		}
		found, err := casework.VerifyDossier(t.Context(), path)
		if err != nil || !found.Holds || len(found.Stamps) != 1 || found.Stamps[0].By != volume.StampedBy || found.SHA256 != volume.SHA256 {
			t.Errorf("%s: %+v, %v", volume.Name, found, err)
		}
		if !takenByOpenSSL(t, s.service, data, func([]byte) {}) {
			t.Errorf("openssl refuses the time stamp of %s", volume.Name)
		}
		if takenByOpenSSL(t, s.service, data, func(covered []byte) { covered[len(covered)/2] ^= 1 }) {
			t.Errorf("openssl takes the time stamp of %s with a flipped bit", volume.Name)
		}
		if said, err := exec.CommandContext(t.Context(), "qpdf", "--check", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", volume.Name, said)
		}
		requireClaim(t, volume.Name, data, i < len(set.Volumes)-1)
	}
	whole, err := os.ReadFile(set.Complete.Path)
	if err != nil {
		t.Fatal(err)
	}
	requireClaim(t, "the complete dossier", whole, false)
}

// requireClaim holds that a file claims to be PDF/A-3b, and is, or else does not claim it.
func requireClaim(t *testing.T, name string, data []byte, claims bool) {
	t.Helper()
	if claims != bytes.Contains(data, []byte("<pdfaid:part>3</pdfaid:part>")) {
		t.Errorf("that %s claims to be PDF/A is %t", name, !claims)
	}
	if broken, err := pdfatest.Broken(data); claims && (err != nil || len(broken) > 0) {
		t.Errorf("%s: %.500q, %v", name, broken, err)
	}
}

func TestVolumesThatCantBeStampedAreMadeAllTheSameAndCanBeLater(t *testing.T) {
	s := sealedCase(t)
	drawing := 0
	set := s.uploadSet(func(p casework.Progress) {
		if p.What != "drawing" {
			return
		}
		if drawing++; drawing == 2 { // the complete dossier has been stamped
			s.service.Behave(sealtest.Unavailable)
		}
	})
	if set.Complete.StampedAt == "" || set.Unstamped == nil || len(set.WithoutStamp()) != len(set.Volumes) {
		t.Fatalf("made was %+v", set)
	}
	requireProblem(t, set.Unstamped, problem.SealServiceRefused)
	s.service.Behave(sealtest.Honest)
	last := set.Volumes[len(set.Volumes)-1]
	again, err := s.StampDossier(t.Context(), filepath.Join(set.Folder, last.Name), nil)
	if err != nil || again.StampedAt == "" || again.Size > set.Limits.FileBytes {
		t.Errorf("stamped later is %+v, %v", again, err)
	}
	exports, err := s.Exports(t.Context(), s.caseID)
	if err != nil || len(exports) != 2+len(set.Volumes) {
		t.Fatalf("on record are %+v, %v", exports, err)
	}
	for i, export := range exports {
		want := casework.SealedLater("")
		if i == len(exports)-1 {
			want = casework.StampedLater
		}
		if export.Later != want {
			t.Errorf("%d, %s, was %q later", i, export.Value.FileName, export.Later)
		}
	}
}
