package imap_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// fetchAll connects, fetches messages 1 to 3 and gives what came, as "UID: bytes".
func fetchAll(ctx context.Context, account imap.Account) (got []string, missing []uint32, err error) {
	client, err := imap.Connect(ctx, account)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = client.Close() }()
	missing, err = client.Fetch(ctx, "INBOX", []uint32{1, 2, 3}, func(m imap.Fetched) error {
		content, err := io.ReadAll(m.Body)
		if err != nil {
			return err
		}
		got = append(got, fmt.Sprintf("%d: %s", m.UID, content))
		return nil
	})
	return got, missing, err
}

func TestAServerThatIsHostileOrBrokenCostsAnErrorOnly(t *testing.T) {
	untilFacts := func(p *peer) {
		p.signIn("")
		p.examine()
		p.facts()
	}
	flood := func(p *peer, text string) {
		for range 200_000 {
			if _, err := io.WriteString(p, text); err != nil {
				return
			}
		}
	}
	tests := []struct {
		name   string
		script func(*peer)
		want   problem.Code
		words  string // of the problem
	}{
		{"says goodbye as a greeting", func(p *peer) { p.say("* BYE demasiadas conexiones\n") },
			problem.ServerRefused, "demasiadas conexiones"},
		{"is no mail server", func(p *peer) { p.say("HTTP/1.1 400 Bad Request\n\n"); p.linger() }, problem.ServerOdd, ""},
		{"leaves before it greets", func(*peer) {}, problem.ServerCut, ""},
		{"leaves after it greeted", func(p *peer) { p.say("* OK [CAPABILITY IMAP4rev1] hola\n") }, problem.ServerCut, ""},
		{"takes no passwords", func(p *peer) { p.say("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hola\n"); p.linger() },
			problem.PasswordsRefused, ""},
		{"is busy when the person signs in", func(p *peer) {
			p.say("* OK [CAPABILITY IMAP4rev1] hola\n")
			p.say("%s NO [UNAVAILABLE] vuelva más tarde\x07\n", p.expect("LOGIN"))
			p.linger()
		}, problem.ServerRefused, "vuelva más tarde"},
		{"says goodbye in the middle", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* BYE mantenimiento\n")
		}, problem.ServerRefused, "mantenimiento"},
		{"asks for more where nothing is due", func(p *peer) { p.signIn(""); p.expect("EXAMINE"); p.say("+ dime\n"); p.linger() },
			problem.ServerOdd, ""},
		{"never ends a line", func(p *peer) { p.signIn(""); p.expect("EXAMINE"); flood(p, strings.Repeat("a", 4096)) },
			problem.ServerOdd, "without end"},
		{"never ends its answer", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			flood(p, "* OK sigo aquí, sigo aquí, sigo aquí y sigo aquí, sigo aquí, sigo aquí\r\n")
		},
			problem.ServerOdd, "without end"},
		{"opens six million parentheses", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* 1 FETCH (BODYSTRUCTURE ")
			flood(p, strings.Repeat("(", 30))
		}, problem.ServerOdd, "parentheses"},
		{"hides them behind what looks like a literal", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* OK {6000000}\n* 1 FETCH (BODYSTRUCTURE ")
			flood(p, strings.Repeat("(", 30))
		}, problem.ServerOdd, "parentheses"},
		{"hides them in a string over two lines", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* LIST () \"\n\" x\n")
			p.linger()
		}, problem.ServerOdd, "quoted"},
		{"announces a message of 10 GB", func(p *peer) {
			untilFacts(p)
			p.expect("UID FETCH 1:3 (UID BODY.PEEK[])")
			p.say("* 1 FETCH (UID 1 BODY[] {10000000000}\n")
			flood(p, strings.Repeat("a", 4096))
		}, problem.ServerOdd, "literal"},
		{"announces a subject of 600 MB", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* 1 FETCH (ENVELOPE (NIL {600000000}\n")
			flood(p, strings.Repeat("a", 4096))
		}, problem.ServerOdd, "literal"},
		{"sends a thousand subjects of a megabyte", func(p *peer) {
			p.signIn("")
			p.expect("EXAMINE")
			p.say("* 1 FETCH (FLAGS (")
			flood(p, "{1000000}\r\n"+strings.Repeat("a", 1_000_000))
		}, problem.ServerOdd, ""},
		{"leaves in the middle of a message", func(p *peer) {
			untilFacts(p)
			p.expect("UID FETCH 1:3 (UID BODY.PEEK[])")
			p.say("* 1 FETCH (UID 1 BODY[] {4}\nuno.)\n* 2 FETCH (UID 2 BODY[] {400}\ndos")
		}, problem.ServerCut, ""},
		{"announces less than it sends", func(p *peer) {
			untilFacts(p)
			p.expect("UID FETCH 1:3 (UID BODY.PEEK[])")
			p.say("* 1 FETCH (UID 1 BODY[] {2}\nuno.)\n")
			p.linger()
		}, problem.ServerOdd, ""},
		{"announces less than nothing", func(p *peer) {
			untilFacts(p)
			p.expect("UID FETCH 1:3 (UID BODY.PEEK[])")
			p.say("* 1 FETCH (UID 1 BODY[] {-4}\nuno.)\n")
			p.linger()
		}, problem.ServerOdd, ""},
		{"answers a search with numbers nobody has", func(p *peer) { p.signIn(""); p.say("* SEARCH x\n"); p.linger() },
			problem.ServerOdd, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			account := scripted(t, imap.TLS, test.script)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, _, err := fetchAll(t.Context(), account)
			runtime.ReadMemStats(&after)
			got := problem.From(err)
			if got.Code != test.want || !strings.Contains(got.Values["detail"], test.words) {
				t.Errorf("got %v, want %s %s", err, test.want, test.words)
			}
			if strings.ContainsAny(got.Values["detail"], "\x07\r\n") || len(got.Values["detail"]) > 600 {
				t.Errorf("detail is not fit to be shown: %q", got.Values["detail"])
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 128<<20 {
				t.Errorf("%d MB were allocated", used>>20)
			}
		})
	}
}

func TestAServerThatSaysNothingIsGivenUp(t *testing.T) {
	for name, script := range map[string]func(*peer){
		"from the start":                      func(p *peer) { p.linger() },
		"when the person signs in":            func(p *peer) { p.say("* OK [CAPABILITY IMAP4rev1] hola\n"); p.linger() },
		"when its capabilities are asked for": func(p *peer) { p.say("* OK hola\n"); p.linger() },
		"in the middle of a message": func(p *peer) {
			p.signIn("")
			p.examine()
			p.facts()
			p.expect("UID FETCH")
			p.say("* 1 FETCH (UID 1 BODY[] {400}\nuno")
			p.linger()
		},
		"behind a message for which it announced more than it sent": func(p *peer) {
			p.signIn("")
			p.examine()
			p.facts()
			tag := p.expect("UID FETCH")
			p.say("* 1 FETCH (UID 1 BODY[] {400}\nuno.)\n%s OK .\n", tag)
			p.linger()
		},
	} {
		t.Run(name, func(t *testing.T) {
			account := scripted(t, imap.TLS, script)
			account.Silence = 200 * time.Millisecond
			started := time.Now()
			_, _, err := fetchAll(t.Context(), account)
			if problem.From(err).Code != problem.ServerSilent {
				t.Errorf("got %v", err)
			}
			if took := time.Since(started); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestAPauseBetweenCommandsIsNoSilence(t *testing.T) {
	account := scripted(t, imap.TLS, func(p *peer) {
		p.signIn("")
		for range 2 {
			p.examine()
			p.say("%s NO [CANNOT] no\n", p.expect("UID SEARCH"))
		}
		p.farewell()
	})
	account.Silence = time.Second
	client := connect(t, account)
	for range 2 {
		time.Sleep(1500 * time.Millisecond) // the person thinks
		if _, err := client.Search(t.Context(), "INBOX", imap.Criteria{}); problem.From(err).Code != problem.ServerRefused {
			t.Errorf("got %v", err)
		}
	}
}

func TestWhatDoesNotComeIsFetchedAgainOrMissing(t *testing.T) {
	const first, second, third = "* 1 FETCH (UID 1 BODY[] {4}\nuno.)\n", "* 2 FETCH (UID 2 BODY[] {4}\ndos.)\n", "* 3 FETCH (UID 3 BODY[] {4}\ntres)\n"
	tests := []struct {
		name    string
		answer  string // to the fetch of all three
		again   string // to the fetch of message 2 alone
		got     string
		missing string
	}{
		{"all come, in another order", third + first + second, "", "[3: tres 1: uno. 2: dos.]", "[]"},
		{"flags are slipped in, which the library takes for the message",
			first + "* 2 FETCH (UID 2 FLAGS (\\Seen))\n" + second + third, second, "[1: uno. 3: tres 2: dos.]", "[]"},
		{"one is left out, and comes when asked again", first + third, second, "[1: uno. 3: tres 2: dos.]", "[]"},
		{"one is left out twice", first + third, "", "[1: uno. 3: tres]", "[2]"},
		{"one has no bytes", first + "* 2 FETCH (UID 2 BODY[] NIL)\n" + third, "* 2 FETCH (UID 2 BODY[] {0}\n)\n", "[1: uno. 3: tres]", "[2]"},
		{"one comes without its UID", first + "* 2 FETCH (BODY[] {4}\ndos.)\n" + third, second, "[1: uno. 3: tres 2: dos.]", "[]"},
		{"one comes with its UID last", first + "* 2 FETCH (BODY[] {4}\ndos. UID 2)\n" + third,
			"* 2 FETCH (BODY[] {4}\ndos. UID 2)\n", "[1: uno. 3: tres]", "[2]"},
		{"one comes twice", first + second + second + third, "", "[1: uno. 2: dos. 3: tres]", "[]"},
		{"one comes that nobody asked for", first + "* 9 FETCH (UID 9 BODY[] {4}\nmal.)\n" + second + third, "",
			"[1: uno. 2: dos. 3: tres]", "[]"},
		{"another section comes", first + "* 2 FETCH (UID 2 BODY[TEXT] {4}\nmal.)\n" + third, second,
			"[1: uno. 3: tres 2: dos.]", "[]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			account := scripted(t, imap.TLS, func(p *peer) {
				p.signIn("")
				p.examine()
				p.facts()
				p.say(test.answer+"%s OK .\n", p.expect("UID FETCH 1:3 (UID BODY.PEEK[])"))
				if strings.HasPrefix(test.got, "[1: uno. 3") {
					p.say(test.again+"%s OK .\n", p.expect("UID FETCH 2 (UID BODY.PEEK[])"))
				}
				p.farewell()
			})
			got, missing, err := fetchAll(t.Context(), account)
			if fmt.Sprint(got) != test.got || fmt.Sprint(missing) != test.missing || err != nil {
				t.Errorf("got %v, missing %v, %v; want %s, missing %s", got, missing, err, test.got, test.missing)
			}
		})
	}
}

func TestAnswersToSeveralFetchesThatComeInAnotherOrderAreEachTakenOnce(t *testing.T) {
	// So many numbers with gaps between them need two commands.
	const first, second = 200, 20
	uids := make([]uint32, first+second)
	for i := range uids {
		uids[i] = uint32(2*i + 1)
	}
	body := func(uid uint32) string { return fmt.Sprintf("* %d FETCH (UID %d BODY[] {4}\n%04d)\n", uid, uid, uid) }
	facts := func(uids []uint32) (said string) {
		for _, uid := range slices.Backward(uids) {
			said += fmt.Sprintf("* %d FETCH (RFC822.SIZE 4 UID %d)\n", uid, uid)
		}
		return said
	}
	account := scripted(t, imap.TLS, func(p *peer) {
		p.signIn("")
		p.examine()
		p.say(facts(uids[:first])+"%s OK .\n", p.expect("UID FETCH 1,3,"))
		tag := p.expect("UID FETCH 1,3,")
		if p.lines.Buffered() > 0 {
			t.Error("a second command is under way before the first was answered")
		}
		for _, uid := range slices.Backward(uids[2:first]) { // the first two come late
			p.say("%s", body(uid))
		}
		p.say("%s OK .\n", tag)
		p.say(body(3)+body(1)+"%s OK .\n", p.expect("UID FETCH 1 (UID BODY.PEEK[])"))
		p.say(body(1)+body(3)+"%s OK .\n", p.expect("UID FETCH 3 (UID BODY.PEEK[])"))
		p.say(body(5)+facts(uids[first:])+"%s OK .\n", p.expect("UID FETCH 401,403,")) // one more time, in the middle of another answer
		tag = p.expect("UID FETCH 401,403,")
		p.say("%s", body(7))
		for _, uid := range slices.Backward(uids[first:]) {
			p.say("%s", body(uid))
		}
		p.say("%s OK .\n", tag)
		p.farewell()
	})
	client := connect(t, account)
	got := map[uint32]int{}
	missing, err := client.Fetch(t.Context(), "INBOX", uids, func(fetched imap.Fetched) error {
		text, err := io.ReadAll(fetched.Body)
		if string(text) != fmt.Sprintf("%04d", fetched.UID) {
			t.Errorf("UID %d comes with %q", fetched.UID, text)
		}
		got[fetched.UID]++
		return err
	})
	if err != nil || len(missing) > 0 || len(got) != len(uids) {
		t.Errorf("%d of %d came, missing %v, %v", len(got), len(uids), missing, err)
	}
	for uid, times := range got {
		if times != 1 {
			t.Errorf("UID %d came %d times", uid, times)
		}
	}
}

func TestASearchStaysWithinWhatTheMailboxHolds(t *testing.T) {
	search := func(t *testing.T, next, answer string) ([]imap.Candidate, error) {
		account := scripted(t, imap.TLS, func(p *peer) {
			p.signIn("")
			p.say("* 3 EXISTS\n* OK [UIDVALIDITY 1] .\n* OK [UIDNEXT %s] .\n%s OK .\n", next, p.expect("EXAMINE"))
			p.say(answer+"%s OK .\n", p.expect("UID SEARCH"))
			if next == "4" {
				tag := p.expect("UID FETCH 1:3 ")
				p.say("* 1 FETCH (UID 1 BODY[HEADER.FIELDS (X)] {16}\nSubject: uno\n\n)\n%s OK .\n", tag)
			}
			p.farewell()
		})
		client := connect(t, account)
		return client.Search(t.Context(), "INBOX", imap.Criteria{})
	}
	t.Run("a range beyond the next UID is clipped", func(t *testing.T) {
		found, err := search(t, "4", "* ESEARCH (TAG \"T3\") UID ALL 1:200000000\n")
		if err != nil || len(found) != 1 || found[0].Subject != "uno" {
			t.Errorf("found %v, %v", found, err)
		}
	})
	t.Run("more than anybody reviews is refused", func(t *testing.T) {
		_, err := search(t, "4294967295", "* ESEARCH (TAG \"T3\") UID ALL 1:200000000\n")
		if got := problem.From(err); got.Code != problem.TooManyMessages || got.Values["limit"] != "50000" {
			t.Errorf("got %v", err)
		}
	})
}

func TestASearchForWordsTheServerCanNotReadIsDoneHere(t *testing.T) {
	account := scripted(t, imap.TLS, func(p *peer) {
		p.signIn("LITERAL+")
		p.examine()
		tag := p.expect("UID SEARCH CHARSET UTF-8")
		_, _ = p.lines.ReadString('\n') // the rest, after the literal
		p.say("%s NO [BADCHARSET (US-ASCII)] no\n", tag)
		p.say("* SEARCH 1 2\n%s OK .\n", p.expect("UID SEARCH FROM \"rivera\""))
		tag = p.expect("UID FETCH 1:2 ")
		for i, subject := range []string{"Subject: =?utf-8?q?Reclamaci=C3=B3n?=", "Subject: otra"} {
			header := subject + "\r\nFrom: a@rivera.example\r\n\r\n"
			p.say("* %d FETCH (UID %d BODY[HEADER.FIELDS (X)] {%d}\n", i+1, i+1, len(header))
			_, _ = io.WriteString(p, header)
			p.say(")\n")
		}
		p.say("%s OK .\n", tag)
		p.farewell()
	})
	client := connect(t, account)
	found, err := client.Search(t.Context(), "INBOX", imap.Criteria{From: "rivera", Subject: "RECLAMACIÓN"})
	if err != nil || len(found) != 1 || found[0].UID != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestCloseNeverHangs(t *testing.T) {
	account := scripted(t, imap.TLS, func(p *peer) { p.signIn(""); p.linger() })
	account.Silence = time.Second
	client, err := imap.Connect(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	if err := client.Close(); err != nil || time.Since(started) > 30*time.Second {
		t.Errorf("took %v, %v", time.Since(started), err)
	}
	if _, err := client.Search(t.Context(), "INBOX", imap.Criteria{}); problem.From(err).Code != problem.ServerCut {
		t.Errorf("a search on a closed session gave %v", err)
	}
}

func TestACanceledContextEndsWaiting(t *testing.T) {
	for name, script := range map[string]func(*peer){
		"for the greeting": func(p *peer) { p.linger() },
		"for an answer":    func(p *peer) { p.signIn(""); p.linger() },
	} {
		t.Run(name, func(t *testing.T) {
			account := scripted(t, imap.TLS, script)
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			_, _, err := fetchAll(ctx, account)
			if problem.From(err).Code != problem.Cancelled {
				t.Errorf("got %v", err)
			}
		})
	}
}
