package imap_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

func TestAServerThatDripsIsGivenUp(t *testing.T) {
	drip := func(p *peer, text string) {
		for {
			for _, c := range []byte(text) {
				if _, err := p.Write([]byte{c}); err != nil {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		}
	}
	for name, script := range map[string]func(*peer){
		"a byte of a greeting at a time": func(p *peer) { drip(p, "* OK "+strings.Repeat("hola ", 100_000)) },
		"a word of patience at a time":   func(p *peer) { p.signIn(""); p.expect("EXAMINE"); drip(p, "* OK sigo\r\n") },
		"a byte of a message at a time": func(p *peer) {
			p.signIn("")
			p.examine()
			p.facts()
			p.expect("UID FETCH")
			p.say("* 1 FETCH (UID 1 BODY[] {4000000}\n")
			drip(p, "a")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := scripted(t, imap.TLS, script)
			account.Silence = 200 * time.Millisecond // ten times of which a stretch of bytes may take
			if _, _, err := fetchAll(t.Context(), account); problem.From(err).Code != problem.ServerSilent {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAMillionLinesThatNobodyAskedForCostLittleMemory(t *testing.T) {
	for _, line := range []string{"* OK sigo\r\n", "* 3 EXISTS\r\n", "* 1 FETCH (FLAGS (\\Seen))\r\n", "* XNADA\r\n",
		"* LIST () \"/\" \"R&D\"\r\n"} {
		t.Run(strings.TrimSpace(line), func(t *testing.T) {
			account := scripted(t, imap.TLS, func(p *peer) {
				p.signIn("")
				p.expect("EXAMINE")
				lines := strings.Repeat(line, 1000)
				for range 1000 {
					if _, err := io.WriteString(p, lines); err != nil {
						return
					}
				}
				p.linger()
			})
			heap := mostHeap(t, func() {
				_, _, err := fetchAll(t.Context(), account)
				if got := problem.From(err); got.Code != problem.ServerOdd || !strings.Contains(got.Values["detail"], "without end") {
					t.Errorf("got %v", err)
				}
			})
			if heap > 64<<20 {
				t.Errorf("the heap grew by %d MB", heap>>20)
			}
		})
	}
}

// mostHeap runs something and gives by how many bytes the heap was larger at most, looked at every few milliseconds.
func mostHeap(t *testing.T, run func()) (most int64) {
	t.Helper()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	before := int64(memory.HeapAlloc)
	done := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, int64(now.HeapAlloc)-before)
			}
		}
	}()
	run()
	close(done)
	<-watched
	return most
}

func TestResponsesThatNobodyKnowsDoNotEndTheConnection(t *testing.T) {
	account := scripted(t, imap.TLS, func(p *peer) {
		p.signIn("")
		p.say("* XQUEUE {3}\nabc 5\n* 7 XNUMBER x\n")
		p.examine()
		p.say("* XLAST ((((\n")
		p.facts()
		p.say("* 1 FETCH (UID 1 BODY[] {4}\nuno.)\n* XODD\n* 2 FETCH (UID 2 BODY[] {4}\ndos.)\n* 3 FETCH (UID 3 BODY[] {4}\ntres)\n%s OK .\n",
			p.expect("UID FETCH"))
		p.farewell()
	})
	got, missing, err := fetchAll(t.Context(), account)
	if fmt.Sprint(got) != "[1: uno. 2: dos. 3: tres]" || len(missing) > 0 || err != nil {
		t.Errorf("got %v, missing %v, %v", got, missing, err)
	}
}

func TestAnAccountIsReadThatHasAMailboxWithANameOfNonsense(t *testing.T) {
	account := scripted(t, imap.TLS, func(p *peer) {
		p.signIn("LIST-EXTENDED LIST-STATUS")
		tag := p.expect("LIST")
		for i, name := range []string{"INBOX", `"R&D"`, "\"A\xf1o\"", "\"Facturación\"", `"Entw&APw-rfe"`, `"&&&"`, "{3}\nR&-"} {
			p.say("* LIST () \"/\" %s\n* STATUS %s (MESSAGES %d)\n", name, name, i)
		}
		p.say("%s OK .\n", tag)
		p.farewell()
	})
	client := connect(t, account)
	if count, err := client.Count(t.Context()); count != 0+1+2+3+4+5+6 || err != nil {
		t.Errorf("%d messages, %v", count, err)
	}
}

func TestCloseDoesNotWaitForAMessageThatNobodyReads(t *testing.T) {
	reading := make(chan struct{})
	account := scripted(t, imap.TLS, func(p *peer) {
		p.signIn("")
		p.examine()
		p.facts()
		p.expect("UID FETCH")
		p.say("* 1 FETCH (UID 1 BODY[] {4000000}\n")
		for range 100 {
			p.say("%s", strings.Repeat("a", 10_000))
		}
		close(reading)
		p.linger()
	})
	client, err := imap.Connect(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	stop := problem.New(problem.DiskFull, nil)
	_, err = client.Fetch(t.Context(), "INBOX", []uint32{1, 2, 3}, func(imap.Fetched) error {
		<-reading
		return stop
	})
	if problem.From(err).Code != problem.DiskFull {
		t.Errorf("got %v", err)
	}
	closed := make(chan error)
	go func() { closed <- client.Close() }()
	select {
	case err := <-closed:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("Close waits for ever")
	}
}

func TestAMailboxWithANameOfNonsenseIsOpenedByWhatTheServerCallsIt(t *testing.T) {
	for shown, raw := range map[string]string{"R&D": "R&D", `A\B&C`: `A\\B&C`, "A\uFFFDo": "A\xf1o"} {
		t.Run(shown, func(t *testing.T) {
			account := scripted(t, imap.TLS, func(p *peer) {
				p.signIn("")
				list := func() {
					p.say("* LIST () \"/\" \"%s\"\n%s OK .\n", raw, p.expect("LIST"))
				}
				p.say("%s NO no such mailbox\n", p.expect("EXAMINE "))
				list()
				p.say("* 1 EXISTS\n* OK [UIDVALIDITY 1] .\n* OK [UIDNEXT 2] .\n%s OK .\n", p.expect("EXAMINE \""+raw+"\""))
				p.say("* 1 FETCH (UID 1 RFC822.SIZE 4)\n%s OK .\n", p.expect("UID FETCH 1 (UID"))
				p.say("* 1 FETCH (UID 1 BODY[] {4}\nuno.)\n%s OK .\n", p.expect("UID FETCH 1 (UID"))
				list()
				p.say("* 0 EXISTS\n* OK [UIDVALIDITY 1] .\n* OK [UIDNEXT 2] .\n%s OK .\n", p.expect("EXAMINE \""+raw+"\""))
				p.say("* SEARCH\n%s OK .\n", p.expect("UID SEARCH"))
				p.farewell()
			})
			client := connect(t, account)
			body := ""
			missing, err := client.Fetch(t.Context(), shown, []uint32{1}, func(fetched imap.Fetched) error {
				read, err := io.ReadAll(fetched.Body)
				body = string(read)
				return err
			})
			if body != "uno." || len(missing) != 0 || err != nil {
				t.Errorf("from another session's name: %q, missing %v, %v", body, missing, err)
			}
			listed, err := client.Mailboxes(t.Context())
			if err != nil || len(listed) != 1 || listed[0].Name != shown {
				t.Fatalf("listed are %+v, %v", listed, err)
			}
			if _, _, err := client.SearchUIDs(t.Context(), listed[0].Name, imap.Criteria{}); err != nil {
				t.Errorf("by the name that was listed: %v", err)
			}
		})
	}
}
