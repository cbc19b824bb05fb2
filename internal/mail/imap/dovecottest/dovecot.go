// Package dovecottest runs a real Dovecot for tests: on loopback, on ports nobody else has, as whatever user the tests
// run as, with a certificate made for the occasion. It ends with the test.
package dovecottest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a running Dovecot with one user. Its INBOX holds the given messages in their order; Borradores is its
// mailbox of drafts by special use, Enviados and Papelera those of what was sent and thrown away, and Facturación an empty
// mailbox with a name that is not ASCII.
type Server struct {
	Host         string
	Port         int // TLS from the first byte
	StartTLSPort int
	CAFile       string
	Pin          string // SHA-256 of the public key, hex
	User         string
	Password     string
	// MaildirPath is the folder of the INBOX. Each file in its cur is a message.
	MaildirPath string

	who account
}

const startTimeout = 20 * time.Second

// Start starts Dovecot. Lines of the messages must end with CRLF: Dovecot serves others converted.
func Start(t testing.TB, messages [][]byte) Server {
	t.Helper()
	program := find(t)
	folder := makeFolder(t)
	s := Server{
		Host: "127.0.0.1", Port: freePort(t), StartTLSPort: freePort(t), CAFile: filepath.Join(folder, "cert.pem"),
		User: "begona@correo.example", Password: `contraseña "secreta" \ 4471`, MaildirPath: filepath.Join(folder, "mail"),
	}
	s.Pin = makeCertificate(t, s.CAFile, filepath.Join(folder, "key.pem"))
	who := serverUser(t)
	s.who = who
	fillMaildir(t, s.MaildirPath, messages, who)
	users := fmt.Sprintf("%s:{PLAIN}%s::::::\n", s.User, s.Password)
	writeFile(t, filepath.Join(folder, "users"), users, 0o644)
	config := filepath.Join(folder, "dovecot.conf")
	writeFile(t, config, s.config(folder, who), 0o644)
	run(t, program, config, folder, s.Port)
	return s
}

// find finds the program. Its folder is not in the path of every user.
func find(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"dovecot", "/usr/sbin/dovecot", "/usr/local/sbin/dovecot"} {
		if program, err := exec.LookPath(name); err == nil {
			return program
		}
	}
	t.Fatal("Dovecot is not installed, and this test is about a real server. Install it with: " +
		"apt-get install dovecot-imapd (make test does)")
	return ""
}

// makeFolder makes a folder with a short name, since the path of a socket holds 100 characters, which every user may
// enter, since Dovecot's processes run as several.
func makeFolder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "dovecot")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// account is who the server's processes run as.
type account struct {
	login, internal, group string
	uid, gid               int
}

// serverUser is the user itself, or, for root, whom Dovecot refuses to serve, users without rights.
func serverUser(t testing.TB) account {
	t.Helper()
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if me.Uid == "0" {
		nobody := account{login: "dovenull", internal: "dovecot", group: "dovecot", uid: 65534, gid: 65534}
		return nobody
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return account{login: me.Username, internal: me.Username, group: group.Name, uid: os.Getuid(), gid: os.Getgid()}
}

// Deliver puts a message into the INBOX, or into the mailbox with that name, as a mail server does.
func (s Server) Deliver(t testing.TB, mailbox string, content []byte) {
	t.Helper()
	maildir := s.MaildirPath
	if mailbox != "INBOX" {
		maildir = filepath.Join(maildir, "."+mailbox)
	}
	made := []string{maildir}
	for _, name := range []string{"cur", "new", "tmp"} {
		made = append(made, filepath.Join(maildir, name))
		if err := os.MkdirAll(made[len(made)-1], 0o755); err != nil {
			t.Fatal(err)
		}
	}
	sum := sha256.Sum256(content)
	name := fmt.Sprintf("%d.M%dP2.correo,S=%d", time.Now().Unix(), time.Now().Nanosecond(), len(content))
	written := filepath.Join(maildir, "tmp", hex.EncodeToString(sum[:8]))
	writeFile(t, written, string(content), 0o644)
	if os.Getuid() == 0 {
		for _, path := range append(made, written) {
			if err := os.Chown(path, s.who.uid, s.who.gid); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Rename(written, filepath.Join(maildir, "new", name)); err != nil {
		t.Fatal(err)
	}
}

func fillMaildir(t testing.TB, maildir string, messages [][]byte, who account) {
	t.Helper()
	for _, name := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(maildir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	first := time.Date(2026, 3, 2, 16, 5, 0, 0, time.UTC)
	for i, content := range messages {
		at := first.Add(time.Duration(i) * time.Hour)
		name := filepath.Join(maildir, "cur", fmt.Sprintf("%d.M%06dP1.correo,S=%d:2,S", at.Unix(), i, len(content)))
		writeFile(t, name, string(content), 0o644)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() != 0 {
		return
	}
	err := filepath.WalkDir(maildir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, who.uid, who.gid)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// config is the whole configuration; nothing of the machine's own is read.
func (s Server) config(folder string, who account) string {
	noRoot := ""
	if os.Getuid() != 0 {
		noRoot = "service imap-login {\n chroot =\n}\nservice anvil {\n chroot =\n}\n"
	}
	return strings.NewReplacer(
		"FOLDER", folder, "TLSPORT", strconv.Itoa(s.Port), "PLAINPORT", strconv.Itoa(s.StartTLSPort),
		"LOGINUSER", who.login, "INTERNALUSER", who.internal, "INTERNALGROUP", who.group,
		"UID", strconv.Itoa(who.uid), "GID", strconv.Itoa(who.gid),
	).Replace(`
protocols = imap
listen = 127.0.0.1
base_dir = FOLDER/run
state_dir = FOLDER/state
log_path = FOLDER/dovecot.log
default_login_user = LOGINUSER
default_internal_user = INTERNALUSER
default_internal_group = INTERNALGROUP
first_valid_uid = 1
ssl = required
ssl_cert = <FOLDER/cert.pem
ssl_key = <FOLDER/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:FOLDER/mail:INDEX=MEMORY
mail_fsync = never
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u FOLDER/users
}
userdb {
  driver = static
  args = uid=UID gid=GID home=FOLDER/mail
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Borradores {
    special_use = \Drafts
    auto = create
  }
  mailbox Facturación {
    auto = create
  }
  mailbox Enviados {
    special_use = \Sent
    auto = create
  }
  mailbox Papelera {
    special_use = \Trash
    auto = create
  }
}
# Without it, a few wrong passwords from one address make all of them wait.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  inet_listener imap {
    port = PLAINPORT
  }
  inet_listener imaps {
    port = TLSPORT
    ssl = yes
  }
}
`) + noRoot
}

// run starts the program and waits until it answers; at the end of the test it ends it.
func run(t testing.TB, program, config, folder string, port int) {
	t.Helper()
	var said strings.Builder
	command := exec.Command(program, "-F", "-c", config)
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // how it ended, its log tells
		close(ended)
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		select {
		case <-ended:
		case <-time.After(startTimeout):
			_ = command.Process.Kill()
		}
	})
	for deadline := time.Now().Add(startTimeout); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-ended:
			deadline = time.Now()
		default:
		}
	}
	log, _ := os.ReadFile(filepath.Join(folder, "dovecot.log")) // what there is of it
	t.Fatalf("Dovecot does not answer:\n%s\n%s", said.String(), log)
}

// freePort is a port that nobody listens on now.
func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

// makeCertificate makes a self-signed certificate for loopback and gives the SHA-256 of its key.
func makeCertificate(t testing.TB, certFile, keyFile string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, certFile, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), 0o644)
	writeFile(t, keyFile, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})), 0o600)
	sum := sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

func writeFile(t testing.TB, name, content string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
