package casework_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/mail/imap/dovecottest"
)

// run is what a process took.
type run struct {
	durable, whole float64 // seconds
	processor      float64 // seconds, of user and system
	memory         float64 // megabytes at most, resident
}

// runImport takes a mailbox into a new library, in a process of its own.
func runImport(b *testing.B, server dovecottest.Server) run {
	b.Helper()
	folder, err := os.MkdirTemp("", "constancia-bench-mail")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	where, err := json.Marshal(server)
	if err != nil {
		b.Fatal(err)
	}
	process := exec.Command(os.Args[0], "import mail", string(where))
	process.Env = append(os.Environ(), elsewhereVariable+"="+filepath.Join(folder, "library"))
	process.Stderr = os.Stderr
	said, err := process.Output()
	if err != nil {
		b.Fatal(err)
	}
	result := used(process)
	if _, err := fmt.Sscan(string(said), &result.durable, &result.whole, &result.memory); err != nil {
		b.Fatalf("it says %q: %v", said, err)
	}
	return result
}

// runMbsync takes a mailbox into a new folder with mbsync, which makes each message durable, or leaves that to the system.
func runMbsync(b *testing.B, server dovecottest.Server, durable bool) run {
	b.Helper()
	folder, err := os.MkdirTemp("", "constancia-bench-mail")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	password, config := filepath.Join(folder, "password"), filepath.Join(folder, "mbsyncrc")
	settings := fmt.Sprintf(`FSync %s
IMAPAccount there
Host %s
Port %d
User %s
PassCmd "cat %s"
SSLType IMAPS
CertificateFile %s

IMAPStore there
Account there

MaildirStore here
Inbox %s

Channel all
Far :there:INBOX
Near :here:INBOX
Sync Pull
Create Near
SyncState *
`, map[bool]string{true: "yes", false: "no"}[durable], server.Host, server.Port, server.User, password, server.CAFile, filepath.Join(folder, "inbox"))
	for path, content := range map[string]string{password: server.Password, config: settings} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	process := exec.Command("mbsync", "-q", "-c", config, "all")
	began := time.Now()
	if said, err := process.CombinedOutput(); err != nil {
		b.Fatalf("mbsync: %v\n%s", err, said)
	}
	result := used(process)
	result.whole = time.Since(began).Seconds()
	return result
}

func used(process *exec.Cmd) run {
	return run{processor: (process.ProcessState.UserTime() + process.ProcessState.SystemTime()).Seconds()}
}

// importElsewhere takes a mailbox in, and prints after how many seconds all was durable, after how many it could be found,
// and how much memory that took.
func importElsewhere(ctx context.Context, c *casework.Casework, argument string) error {
	var server dovecottest.Server
	if err := json.Unmarshal([]byte(argument), &server); err != nil {
		return err
	}
	caseID, err := c.NewCase(ctx, theParcel())
	if err != nil {
		return err
	}
	began := time.Now()
	var durable time.Duration
	result, err := c.ImportIMAP(ctx, importOf(server, caseID), func(p casework.Progress) {
		if p.What == "reading" && durable == 0 {
			durable = time.Since(began)
		}
	})
	if err != nil || result.Failed > 0 || result.Imported == 0 {
		return fmt.Errorf("imported %d, failed %d: %w", result.Imported, result.Failed, err)
	}
	memory, err := peakMemory()
	fmt.Println(durable.Seconds(), time.Since(began).Seconds(), memory)
	return err
}

// peakMemory is how much memory this process had at most, in megabytes. What the system tells of a process when it has
// ended counts the program that started it as well.
func peakMemory() (float64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	var kibibytes float64
	_, err = fmt.Sscan(after, &kibibytes)
	return kibibytes * 1024 / 1e6, err
}

// delayed is the port of a connection to another port on which each byte takes so long, both there and back.
func delayed(b *testing.B, port int, oneWay time.Duration) int {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
			if err != nil {
				_ = near.Close()
				return
			}
			go delay(far, near, oneWay)
			go delay(near, far, oneWay)
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}

// delay passes on what comes, each piece as much later as it came: it slows no stream down.
func delay(to io.WriteCloser, from io.Reader, by time.Duration) {
	type piece struct {
		bytes []byte
		due   time.Time
	}
	pieces := make(chan piece, 1<<16)
	go func() {
		defer close(pieces)
		for {
			buffer := make([]byte, 64<<10)
			n, err := from.Read(buffer)
			if n > 0 {
				pieces <- piece{buffer[:n], time.Now().Add(by)}
			}
			if err != nil {
				return
			}
		}
	}()
	for one := range pieces {
		time.Sleep(time.Until(one.due))
		if _, err := to.Write(one.bytes); err != nil {
			break
		}
	}
	_ = to.Close()
	for range pieces { // whoever still reads must not wait
	}
}
