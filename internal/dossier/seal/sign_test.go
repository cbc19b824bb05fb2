package seal_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
	timeseal "constancia/internal/seal"
	"constancia/internal/seal/sealtest"
)

const passphrase = "the one of the certificate"

// person is a person's certificate file, and the root that vouches for it.
func person(t testing.TB, key crypto.Signer) (file []byte, root *x509.Certificate) {
	t.Helper()
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certify := func(template, issuer *x509.Certificate, public crypto.PublicKey) *x509.Certificate {
		template.NotBefore, template.NotAfter = dossiertest.Now.AddDate(-5, 0, 0), dossiertest.Now.AddDate(50, 0, 0)
		der, err := x509.CreateCertificate(rand.Reader, template, issuer, public, rootKey)
		if err != nil {
			t.Fatal(err)
		}
		made, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Root of People"}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	root = certify(authority, authority, rootKey.Public())
	own := certify(&x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Clara Vidal Roca"},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment}, root, key.Public())
	file, err = pkcs12.Modern.Encode(key, own, []*x509.Certificate{root}, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return file, root
}

// keys are those of the kinds that people have.
func keys(t testing.TB) map[string]crypto.Signer {
	t.Helper()
	ec, err1 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	rsaKey, err2 := rsa.GenerateKey(rand.Reader, 2048)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return map[string]crypto.Signer{"RSA": rsaKey, "ECDSA": ec}
}

// sign adds a signature, stamped when there is a service.
func sign(t testing.TB, service *sealtest.Service, certificate, data []byte) []byte {
	t.Helper()
	by, err := seal.OpenSigner(certificate, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	var token func([sha256.Size]byte) ([]byte, error)
	if service != nil {
		token = func(hash [sha256.Size]byte) ([]byte, error) {
			answer, err := timeseal.RequestForHash(t.Context(), nil, service.URL, hash, rand.Reader)
			return answer.Token, err
		}
	}
	revision, err := seal.Sign(t.Context(), bytes.NewReader(data), int64(len(data)), by, dossiertest.Now, rand.Reader, token)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(data, revision)
}

func TestASignedDossierHoldsAndOthersCallItsSignatureValid(t *testing.T) {
	service := clock(t)
	finished := draw(t, i18n.Spanish, 1).finish(t, originals()...)
	for kind, key := range keys(t) {
		t.Run(kind, func(t *testing.T) {
			certificate, root := person(t, key)
			roots := service.Roots()
			roots.AddCert(root)
			plain := sign(t, nil, certificate, finished)
			signed := sign(t, service, certificate, finished)
			stamped := stamp(t, service, signed)
			for name, data := range map[string][]byte{"signed": plain, "signed with a stamp": signed, "and stamped": stamped} {
				report, err := verify(t, data, roots)
				if err != nil || !report.Holds() || len(report.Signatures) != 1 {
					t.Fatalf("%s: %+v, %v", name, report, err)
				}
				if one := report.Signatures[0]; one.By != "Clara Vidal Roca" || !one.Rooted || (one.Stamped == nil) != (name == "signed") {
					t.Errorf("%s: %+v", name, one)
				}
				path := save(t, data)
				said, _ := try(t, "pdfsig", "-nocert", path)
				for _, want := range []string{"Signature is Valid", "Clara Vidal Roca", "ETSI.CAdES.detached"} {
					if !strings.Contains(said, want) {
						t.Errorf("%s: pdfsig lacks %q: %s", name, want, said)
					}
				}
				if said := run(t, "qpdf", "--check", path); strings.Contains(said, "WARNING") {
					t.Errorf("%s: qpdf: %s", name, said)
				}
			}
		})
	}
}

func TestAFlippedBitInASignedDossierIsNoticed(t *testing.T) {
	service := clock(t)
	certificate, _ := person(t, keys(t)["ECDSA"])
	finished := draw(t, i18n.English, 1).finish(t)
	signed := sign(t, nil, certificate, finished)
	_, sealed := takenApart(t, signed)
	from := bytes.LastIndex(signed, []byte("/Contents <")) + len("/Contents <")
	step := 17
	if *full {
		step = 1
	}
	end := from + 2*len(bytes.TrimRight(sealed, "\x00")) + 100
	for at := from; at < end; at += step {
		requireNoticed(t, signed, at, at%8, seal.Report{}, service.Roots())
	}
	for at := len(finished); at < len(signed); at += 40 * step {
		requireNoticed(t, signed, at, at%8, seal.Report{}, service.Roots())
	}
}

func TestWhatDoesNotServeToSignIsRefused(t *testing.T) {
	certificate, _ := person(t, keys(t)["ECDSA"])
	for name, try := range map[string]func() error{
		"another passphrase": func() error { _, err := seal.OpenSigner(certificate, "guess"); return err },
		"no certificate":     func() error { _, err := seal.OpenSigner([]byte("hello"), ""); return err },
		"one of the past": func() error {
			by, err := seal.OpenSigner(certificate, passphrase)
			if err != nil {
				t.Fatal(err)
			}
			finished := draw(t, i18n.English, 1).finish(t)
			_, err = seal.Sign(t.Context(), bytes.NewReader(finished), int64(len(finished)), by, time.Date(2190, 1, 1, 0, 0, 0, 0, time.UTC), rand.Reader, nil)
			return err
		},
	} {
		if err := try(); !errors.Is(err, seal.ErrCertificate) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
