package seal_test

import (
	"bytes"
	"crypto/x509"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
	"github.com/google/go-cmp/cmp"

	"constancia/internal/seal"
	"constancia/internal/seal/sealtest"
)

var head = []byte("constancia/0198a1c0-0000-7000-8000-00000000000a\n3\nEljWG3AEWlbys0uUPyCGxmeg4y6CsVCkLotQxkQcEdc=\n")

func start(t testing.TB) *sealtest.Service {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	return service
}

func stamp(t testing.TB, service *sealtest.Service, data []byte) []byte {
	t.Helper()
	token, err := service.Token(data)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestATokenTellsWhenAndByWhom(t *testing.T) {
	service := start(t)
	at := time.Date(2026, 3, 2, 9, 6, 7, 0, time.UTC)
	service.SetClock(func() time.Time { return at.In(time.FixedZone("", 3600)) })
	sealed, err := seal.Verify(stamp(t, service, head), head, service.Roots())
	if err != nil {
		t.Fatal(err)
	}
	chain := sealed.Chain
	sealed.Chain = nil
	if !strings.HasPrefix(sealed.Serial, "0x") {
		t.Errorf("serial %q", sealed.Serial)
	}
	sealed.Serial = ""
	want := seal.Sealed{At: at, Accuracy: time.Second, By: "Example Clock (Time for Examples)", Policy: "2.999.3161", Rooted: true}
	if diff := cmp.Diff(want, sealed); diff != "" {
		t.Error(diff)
	}
	if len(chain) != 2 || chain[0].Subject.CommonName != "Example Clock" || chain[1].Subject.CommonName != "Example Root" {
		t.Errorf("chain %v", chain)
	}
}

func TestAChainIsRootedOnlyInTheReadersRoots(t *testing.T) {
	service, other := start(t), start(t)
	token := stamp(t, service, head)
	tests := []struct {
		name   string
		roots  *x509.CertPool
		rooted bool
		length int
	}{
		{"the service's root is among them", service.Roots(), true, 2},
		{"the root of another service of the same name", other.Roots(), false, 2},
		{"no root", x509.NewCertPool(), false, 2},
		{"none asked", nil, false, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sealed, err := seal.Verify(token, head, test.roots)
			if err != nil || sealed.Rooted != test.rooted || len(sealed.Chain) != test.length {
				t.Errorf("rooted %v, %d certificates, %v", sealed.Rooted, len(sealed.Chain), err)
			}
		})
	}
}

func TestATokenSealsItsBytesAndNoOthers(t *testing.T) {
	service := start(t)
	token := stamp(t, service, head)
	for name, data := range map[string][]byte{
		"one byte more": append(bytes.Clone(head), '\n'),
		"another size":  bytes.Replace(head, []byte("\n3\n"), []byte("\n4\n"), 1),
		"nothing":       nil,
	} {
		if _, err := seal.Verify(token, data, service.Roots()); !errors.Is(err, seal.ErrOtherData) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNoTokenIsRefused(t *testing.T) {
	token := stamp(t, start(t), head)
	for name, der := range map[string][]byte{
		"nothing":                nil,
		"a text":                 []byte("time"),
		"half":                   token[:len(token)/2],
		"one byte more":          append(bytes.Clone(token), 0),
		"indefinite length":      append([]byte{0x30, 0x80}, token[4:]...),
		"larger than any":        append(bytes.Clone(token), make([]byte, seal.MaxToken)...),
		"the reply around it":    append([]byte{0x30, 0x82, byte(len(token) + 5>>8), byte(len(token) + 5), 0x30, 0x03, 0x02, 0x01, 0x00}, token...),
		"sequences in sequences": bytes.Repeat([]byte{0x30, 0x80}, 50_000),
	} {
		if _, err := seal.Verify(der, head, nil); !errors.Is(err, seal.ErrNotAToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnotherReaderOfTokensReadsTheSame(t *testing.T) {
	service := start(t)
	token := stamp(t, service, head)
	sealed, err := seal.Verify(token, head, service.Roots())
	if err != nil {
		t.Fatal(err)
	}
	other, err := timestamp.Parse(token)
	if err != nil {
		t.Fatal(err)
	}
	if !other.Time.Equal(sealed.At) || other.Accuracy != sealed.Accuracy || other.Policy.String() != sealed.Policy {
		t.Errorf("%v %v %v", other.Time, other.Accuracy, other.Policy)
	}
}

func TestTheServicesToChooseFromHaveAddressesThatAreTaken(t *testing.T) {
	seen := map[string]bool{}
	for _, service := range seal.Services() {
		if _, err := seal.CheckAddress(service.URL); err != nil || seen[service.URL] || seen[service.ID] ||
			len(service.Country) != 2 || service.Name == "" || service.ID == "" {
			t.Errorf("%+v: %v", service, err)
		}
		seen[service.URL], seen[service.ID] = true, true
	}
	if len(seen) < 2*5 {
		t.Errorf("only %d", len(seen))
	}
}
