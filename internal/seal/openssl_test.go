package seal_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/digitorus/pkcs7"

	"constancia/internal/seal"
)

// inFolder runs a command in a folder, and returns what it says and whether it found all well.
func inFolder(t *testing.T, folder, command string, arguments ...string) (string, bool) {
	t.Helper()
	if _, err := exec.LookPath(command); err != nil {
		t.Fatalf("%s is not installed. \"make test\" installs it.", command)
	}
	run := exec.Command(command, arguments...)
	run.Dir = folder
	output, err := run.CombinedOutput()
	return string(output), err == nil
}

func write(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// skipWhenShort leaves a test out of -short runs, which are those under the race detector: nothing here runs at once.
func skipWhenShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long under the race detector")
	}
}

func opensslVerifies(t *testing.T, folder string) bool {
	t.Helper()
	_, good := inFolder(t, folder, "openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", "head", "-CAfile", "root.pem")
	return good
}

func TestOpenSSLTakesWhatIsSealed(t *testing.T) {
	service, folder := start(t), t.TempDir()
	write(t, folder, "token", stamp(t, service, head))
	write(t, folder, "head", head)
	write(t, folder, "root.pem", service.RootPEM())
	if !opensslVerifies(t, folder) {
		t.Error("openssl refuses it")
	}
	write(t, folder, "head", append(bytes.Clone(head), '\n'))
	if opensslVerifies(t, folder) {
		t.Error("openssl takes other bytes")
	}
}

// TestOneFlippedBitIsRefusedOrChangesNothing flips each bit. A token that is still taken says the very same; that can only
// be one with a flip within the copy of the root, which nobody needs.
func TestOneFlippedBitIsRefusedOrChangesNothing(t *testing.T) {
	skipWhenShort(t)
	service := start(t)
	token := stamp(t, service, head)
	want, err := seal.Verify(token, head, service.Roots())
	if err != nil {
		t.Fatal(err)
	}
	taken, root := 0, want.Chain[1].Raw
	for at := range token {
		for bit := range 8 {
			flipped := bytes.Clone(token)
			flipped[at] ^= 1 << bit
			got, err := seal.Verify(flipped, head, service.Roots())
			if err != nil {
				continue
			}
			taken++
			if !reflect.DeepEqual(got, want) || bytes.Contains(flipped, root) {
				t.Errorf("byte %d, bit %d was not seen: %+v", at, bit, got)
			}
		}
	}
	if most := 8 * len(token) / 20; taken > most {
		t.Errorf("%d of %d flips were taken, many more than the names in the root have bits", taken, 8*len(token))
	}
}

// TestWhatOpenSSLTakesWithAFlippedBitSaysTheSame holds a stranger's tool to it: where openssl overlooks a flip, content
// and certificate are untouched.
func TestWhatOpenSSLTakesWithAFlippedBitSaysTheSame(t *testing.T) {
	skipWhenShort(t)
	service, folder := start(t), t.TempDir()
	token := stamp(t, service, head)
	parsed, err := pkcs7.Parse(token)
	if err != nil {
		t.Fatal(err)
	}
	signer, root := parsed.GetOnlySigner().Raw, parsed.Certificates[1].Raw
	write(t, folder, "head", head)
	write(t, folder, "root.pem", service.RootPEM())
	tried, refused := 0, 0
	for at := 0; at < len(token); at += 5 {
		if from := bytes.Index(token, root); at >= from && at < from+len(root) {
			continue // openssl takes the root out of its own file
		}
		tried++
		flipped := bytes.Clone(token)
		flipped[at] ^= 1 << (at % 8)
		write(t, folder, "token", flipped)
		if !opensslVerifies(t, folder) {
			refused++
			continue
		}
		if !bytes.Contains(flipped, parsed.Content) || !bytes.Contains(flipped, signer) {
			t.Errorf("byte %d: openssl overlooks what matters", at)
		}
	}
	if refused < tried*9/10 {
		t.Errorf("openssl refused only %d of %d", refused, tried)
	}
}

// TestTokensThatOpenSSLMadeAreTaken has openssl be the service, with what services differ in: the kind of key, the hash
// of the signature, and the hash that names the certificate.
func TestTokensThatOpenSSLMadeAreTaken(t *testing.T) {
	tests := []struct{ name, key, digest, naming string }{
		{"RSA with SHA-256", "rsa:2048", "sha256", "sha256"},
		{"RSA with SHA-512, the certificate named by SHA-1", "rsa:2048", "sha512", "sha1"},
		{"RSA with SHA-384, the certificate named by SHA-512", "rsa:2048", "sha384", "sha512"},
		{"ECDSA with SHA-512", "ec", "sha512", "sha256"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, "head", head)
			script := strings.NewReplacer("KEY", test.key, "DIGEST", test.digest, "NAMING", test.naming).Replace(opensslService)
			if said, good := inFolder(t, folder, "sh", "-c", script); !good {
				t.Fatal(said)
			}
			token, err := os.ReadFile(filepath.Join(folder, "token"))
			if err != nil {
				t.Fatal(err)
			}
			if *update && test.digest == "sha512" {
				write(t, "testdata", "openssl_"+test.key[:2]+".der", token)
			}
			if !opensslVerifies(t, folder) {
				t.Error("openssl refuses its own")
			}
			sealed, err := seal.Verify(token, head, pool(t, filepath.Join(folder, "root.pem")))
			if err != nil || !sealed.Rooted || sealed.By != "Clock of OpenSSL" || sealed.Policy != "2.999.1" || len(sealed.Chain) != 3 {
				t.Errorf("%+v, %v", sealed, err)
			}
		})
	}
}

// opensslService makes a root, an authority below it, and the service's certificate, and seals the file head.
const opensslService = `set -e
cat > openssl.cnf <<'END'
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamps]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa]
default_tsa = service
[service]
serial = serial
crypto_device = builtin
signer_cert = service.pem
signer_key = service.key
certs = below.pem
signer_digest = DIGEST
default_policy = 2.999.1
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
clock_precision_digits = 3
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = NAMING
END
new() { openssl req -config openssl.cnf -nodes -newkey "$1" $2 -keyout "$3.key" -subj "$4" -days 30 $5; }
kind='KEY'
options=
if [ "$kind" = ec ]; then options='-pkeyopt ec_paramgen_curve:P-256'; fi
new "$kind" "$options" root '/CN=Root of OpenSSL' '-x509 -extensions ca -out root.pem'
new "$kind" "$options" below '/CN=Below the Root' '-out below.csr'
openssl x509 -req -in below.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile openssl.cnf -extensions ca -days 30 -out below.pem
new "$kind" "$options" service '/CN=Clock of OpenSSL' '-out service.csr'
openssl x509 -req -in service.csr -CA below.pem -CAkey below.key -CAcreateserial -extfile openssl.cnf -extensions stamps -days 30 -out service.pem
echo 0A > serial
openssl ts -query -data head -sha256 -cert -out query
openssl ts -reply -config openssl.cnf -queryfile query -out reply
openssl ts -reply -in reply -token_out -out token
`
