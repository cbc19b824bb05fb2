package seal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/seal"
)

// FuzzVerify feeds tokens that were bent in any way. Nothing may panic, and what is taken must hold: the token is for these
// bytes, its signer's certificate is one for time stamps, and the same again gives the same.
func FuzzVerify(f *testing.F) {
	signed, err := os.ReadFile(filepath.Join("testdata", "example", "head.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for name, data := range map[string][]byte{"example/token.der": signed, "openssl_ec.der": head, "openssl_rs.der": head} {
		token, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		if _, err := seal.Verify(token, data, nil); err != nil {
			f.Fatalf("the seed %s does not hold: %v", name, err)
		}
		f.Add(token, data)
		f.Add(token[:len(token)/2], data)
	}
	f.Fuzz(func(t *testing.T, token, data []byte) {
		sealed, err := seal.Verify(token, data, nil)
		if err != nil {
			return
		}
		if sealed.Rooted || len(sealed.Chain) == 0 || sealed.At.IsZero() || len(token) > seal.MaxToken {
			t.Errorf("taken: %+v", sealed)
		}
		if _, err := seal.Verify(token, append(bytes.Clone(data), 0), nil); err == nil {
			t.Error("taken for other bytes as well")
		}
	})
}
