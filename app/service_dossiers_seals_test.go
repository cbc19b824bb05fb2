package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"constancia/internal/problem"
	"constancia/internal/seal/sealtest"
)

// dossier makes a dossier, and gives its file and the job that made it.
func (a *assets) dossier() (path, jobID string) {
	a.t.Helper()
	a.saves = filepath.Join(a.t.TempDir(), "dossier.pdf")
	id, err := (&Dossiers{a.desk}).Export(DossierInput{CaseID: a.caseID, Edition: "head-office", Language: "en"})
	if err != nil {
		a.t.Fatal(err)
	}
	if report := a.finish(id); report.State != jobDone {
		a.t.Fatalf("got %+v", report)
	}
	return a.saves, id
}

// sealed is what is said of a file once the job is done that stamps or signs it.
func (a *assets) sealed(jobID string, err error) DossierSeals {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
	if report := a.finish(jobID); report.State != jobDone {
		a.t.Fatalf("got %+v", report)
	}
	return a.seals(jobID)
}

// seals is what is said of the file that a job made.
func (a *assets) seals(jobID string) DossierSeals {
	a.t.Helper()
	seals, err := (&Dossiers{a.desk}).Sealed(jobID)
	if err != nil {
		a.t.Fatal(err)
	}
	return seals
}

// check is what checking a file finds.
func (a *assets) check(path string) DossierCheck {
	a.t.Helper()
	dossiers := &Dossiers{a.desk}
	a.opens = []string{path}
	id, err := dossiers.Check()
	if err != nil {
		a.t.Fatal(err)
	}
	a.finish(id)
	check, err := dossiers.Checked(id)
	if err != nil {
		a.t.Fatal(err)
	}
	return check
}

// aCertificate is a file with a person's certificate and its key.
func aCertificate(t *testing.T, passphrase string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clara Vidal Roca"},
		NotBefore: time.Now().AddDate(-5, 0, 0), NotAfter: time.Now().AddDate(50, 0, 0), KeyUsage: x509.KeyUsageContentCommitment}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	file, err := pkcs12.Modern.Encode(key, certificate, nil, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "clara.p12")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestADossierThatCouldNotBeStampedIsStampedLater(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	gone, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	defer service.Close()

	_, plain := a.dossier()
	if seals := a.seals(plain); len(seals.Said) != 0 || seals.Later {
		t.Errorf("no service was chosen, and it says %+v", seals)
	}
	if _, err := a.casework.ChooseSealService(t.Context(), gone.URL); err != nil {
		t.Fatal(err)
	}
	path, made := a.dossier()
	if seals := a.seals(made); !seals.Later || len(seals.Said) != 1 {
		t.Fatalf("the service is out of reach, and it says %+v", seals)
	}
	if _, err := a.casework.ChooseSealService(t.Context(), service.URL); err != nil {
		t.Fatal(err)
	}
	stamp, err := dossiers.Stamp(made)
	if seals := a.sealed(stamp, err); seals.Later || len(seals.Said) != 1 || !strings.HasSuffix(seals.Said[0], "UTC.") {
		t.Errorf("it is stamped, and it says %+v", seals)
	}
	if check := a.check(path); !check.Holds || check.FileName != "dossier.pdf" || len(check.SHA256) != 64 {
		t.Errorf("checking finds %+v", check)
	}
	list, err := dossiers.Made(a.caseID)
	if err != nil || len(list) != 3 || list[0].SHA256 != a.check(path).SHA256 {
		t.Fatalf("made were %+v, %v", list, err)
	}
	at, err := time.Parse(time.RFC3339, list[0].StampedAt)
	if err != nil || time.Since(at) > time.Hour || list[0].StampedBy == "" || list[1].StampedAt != "" || list[1].StampedBy != "" {
		t.Errorf("the list says that they were stamped at %q by %q and at %q by %q",
			list[0].StampedAt, list[0].StampedBy, list[1].StampedAt, list[1].StampedBy)
	}
}

func TestADossierIsSignedWithThePersonsOwnCertificate(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	path, made := a.dossier()
	a.opens = []string{aCertificate(t, "the one of the certificate")}
	refused, err := dossiers.Sign(made, "another")
	if err != nil {
		t.Fatal(err)
	}
	if report := a.finish(refused); report.State != jobFailed || !strings.Contains(report.Failure, string(problem.CertificateRefused)) {
		t.Errorf("with another passphrase it comes to %+v", report)
	}
	signed, err := dossiers.Sign(made, "the one of the certificate")
	if seals := a.sealed(signed, err); len(seals.Said) != 1 || !strings.Contains(seals.Said[0], "Clara Vidal Roca") {
		t.Errorf("it says %+v", seals)
	}
	if check := a.check(path); !check.Holds || !strings.Contains(strings.Join(check.Said, " "), "Clara Vidal Roca") {
		t.Errorf("checking finds %+v", check)
	}
	if list, err := dossiers.Made(a.caseID); err != nil || list[0].SignedBy != "Clara Vidal Roca" || list[1].SignedBy != "" {
		t.Errorf("the list is %+v, %v", list, err)
	}
}

func TestAListedDossierIsFoundWhereItWasWrittenWhileItIsAsItWasMade(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	path, _ := a.dossier()
	listed, err := dossiers.Made(a.caseID)
	if err != nil || len(listed) != 1 {
		t.Fatalf("listed are %+v, %v", listed, err)
	}
	find := func(exportID string) (JobReport, string) {
		t.Helper()
		id, err := dossiers.FindMade(a.caseID, exportID)
		if err != nil {
			t.Fatal(err)
		}
		return a.finish(id), id
	}
	report, found := find(listed[0].ID)
	if report.State != jobDone || report.FileName != path {
		t.Fatalf("it was written to %s, and it comes to %+v", path, report)
	}
	if seals := a.seals(found); len(seals.Said) != 0 || seals.Later {
		t.Errorf("of its seals it says %+v", seals)
	}
	a.opens = []string{aCertificate(t, "word")}
	signed, err := dossiers.Sign(found, "word")
	a.sealed(signed, err)
	if report, _ := find(listed[0].ID); report.State != jobFailed || !strings.Contains(report.Failure, string(problem.MadeFileGone)) {
		t.Errorf("the file was signed since, and it comes to %+v", report)
	}
	if listed, err = dossiers.Made(a.caseID); err != nil || len(listed) != 2 {
		t.Fatalf("listed are %+v, %v", listed, err)
	}
	if report, _ := find(listed[0].ID); report.State != jobDone {
		t.Errorf("the signed one is there, and it comes to %+v", report)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if report, _ := find(listed[0].ID); report.State != jobFailed || !strings.Contains(report.Failure, string(problem.MadeFileGone)) {
		t.Errorf("the file was removed, and it comes to %+v", report)
	}
	if _, err := dossiers.FindMade(a.caseID, "made up"); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("an id that the page made up finds %v", err)
	}
}

func TestADossierThatWasAlteredIsFoundOut(t *testing.T) {
	a := newAssets(t)
	path, _ := a.dossier()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if check := a.check(path); check.Holds || len(check.Said) != 1 || strings.HasPrefix(check.Said[0], "cli.") {
		t.Errorf("checking finds %+v", check)
	}
}

func TestNothingIsSealedOrCheckedWhenThePersonThinksBetterOfIt(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	for name, ask := range map[string]func() (string, error){
		"stamp": func() (string, error) { return dossiers.Stamp("") },
		"sign":  func() (string, error) { return dossiers.Sign("", "x") },
		"check": dossiers.Check,
	} {
		if id, err := ask(); id != "" || err != nil {
			t.Errorf("%s: it gives %q, %v", name, id, err)
		}
	}
	if _, err := dossiers.Checked("made up"); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("an id that the page made up finds %v", err)
	}
}
