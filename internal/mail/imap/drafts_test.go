package imap_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

const draft = "Subject: borrador\r\n\r\nAdjunto el expediente.\r\n"

func TestADraftGoesIntoTheMailboxOfDrafts(t *testing.T) {
	// takes plays the APPEND of the draft to a mailbox.
	takes := func(p *peer, mailbox, answer string) {
		p.say("* STATUS %s (UIDNEXT 12)\n%s OK .\n", mailbox, p.expect("STATUS "+mailbox+" (UIDNEXT)"))
		tag := p.expect("APPEND " + mailbox + ` (\Draft \Seen) {45}`)
		p.say("+ dime\n")
		raw := make([]byte, len(draft)+len("\r\n"))
		if _, err := io.ReadFull(p.lines, raw); err != nil || string(raw) != draft+"\r\n" {
			p.t.Errorf("got %q, %v", raw, err)
		}
		p.say(answer, tag)
	}
	const taken = "%s OK [APPENDUID 7 12] .\n"
	tests := []struct {
		name   string
		script func(*peer)
		want   string
	}{
		{"by its use, and no other mailbox is listed", func(p *peer) {
			p.signIn("SPECIAL-USE LIST-EXTENDED")
			p.say("* LIST (\\Drafts) \"/\" Textos\n%s OK .\n", p.expect(`LIST (SPECIAL-USE) "" "*"`))
			takes(p, `"Textos"`, taken)
		}, "{Textos 7 12}"},
		{"by its use among all", func(p *peer) {
			p.signIn("")
			p.say("* LIST () \"/\" INBOX\n* LIST () \"/\" Drafts\n* LIST (\\Drafts) \"/\" Textos\n%s OK .\n", p.expect(`LIST "" "*"`))
			takes(p, `"Textos"`, taken)
		}, "{Textos 7 12}"},
		{"by its name, whatever the language", func(p *peer) {
			p.signIn("")
			p.say("* LIST (\\Noselect) \".\" Drafts\n* LIST () \".\" INBOX.Entw&APw-rfe\n%s OK .\n", p.expect(`LIST "" "*"`))
			takes(p, `"INBOX.Entw&APw-rfe"`, taken)
		}, "{INBOX.Entwürfe 7 12}"},
		{"and is found where the server doesn't tell its UID", func(p *peer) {
			p.signIn("")
			p.say("* LIST () \"/\" Borradores\n%s OK .\n", p.expect(`LIST "" "*"`))
			takes(p, `"Borradores"`, "%s OK .\n")
			p.say("* 9 EXISTS\n* OK [UIDVALIDITY 7] .\n* OK [UIDNEXT 14] .\n%s OK .\n", p.expect(`EXAMINE "Borradores"`))
			p.say("* SEARCH 13\n%s OK .\n", p.expect("UID SEARCH UID 12:*"))
		}, "{Borradores 7 13}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			account := scripted(t, imap.TLS, func(p *peer) { test.script(p); p.farewell() })
			client := connect(t, account)
			place, err := client.AppendDraft(t.Context(), strings.NewReader(draft), int64(len(draft)))
			if err != nil || fmt.Sprint(place) != test.want {
				t.Errorf("got %v, %v; want %s", place, err, test.want)
			}
		})
	}
}

func TestADraftThatIsNotTakenIsTold(t *testing.T) {
	broken := errors.New("disk on fire")
	list := func(p *peer, capabilities string) {
		p.signIn(capabilities)
		p.say("* LIST () \"/\" Drafts\n%s OK .\n", p.expect("LIST"))
	}
	status := func(p *peer, items string) {
		p.say("* STATUS Drafts (%s)\n%s OK .\n", items, p.expect("STATUS"))
	}
	tests := []struct {
		name   string
		script func(*peer)
		draft  io.Reader
		want   error
	}{
		{"no mailbox of drafts", func(p *peer) {
			p.signIn("")
			p.say("* LIST () \"/\" INBOX\n%s OK .\n", p.expect("LIST"))
			p.farewell()
		}, strings.NewReader(draft), problem.New(problem.NoDraftsMailbox, nil)},
		{"larger than any message may be", func(p *peer) { list(p, "APPENDLIMIT=44"); status(p, "UIDNEXT 1"); p.farewell() },
			strings.NewReader(draft), problem.New(problem.MessageTooLarge, nil)},
		{"larger than the mailbox takes", func(p *peer) {
			list(p, "APPENDLIMIT")
			status(p, "UIDNEXT 1 APPENDLIMIT 44")
			p.farewell()
		}, strings.NewReader(draft), problem.New(problem.MessageTooLarge, nil)},
		{"refused before its bytes", func(p *peer) {
			list(p, "")
			status(p, "UIDNEXT 1")
			p.say("%s NO [OVERQUOTA] no cabe\n", p.expect("APPEND"))
			p.linger()
		}, strings.NewReader(draft), problem.New(problem.ServerRefused, nil)},
		{"refused after its bytes", func(p *peer) {
			list(p, "")
			status(p, "UIDNEXT 1")
			tag := p.expect("APPEND")
			p.say("+ dime\n")
			_, _ = io.ReadFull(p.lines, make([]byte, len(draft)+2)) // the client's answer tells
			p.say("%s NO [OVERQUOTA] no cabe\n", tag)
			p.farewell()
		}, strings.NewReader(draft), problem.New(problem.ServerRefused, nil)},
		{"the connection ends in the middle", func(p *peer) {
			list(p, "")
			status(p, "UIDNEXT 1")
			p.expect("APPEND")
		}, strings.NewReader(draft), problem.New(problem.ServerCut, nil)},
		{"its own bytes can't be read", func(p *peer) {
			list(p, "")
			status(p, "UIDNEXT 1")
			p.expect("APPEND")
			p.say("+ dime\n")
			p.linger()
		}, iotest.ErrReader(broken), broken},
		{"no mailbox of drafts, and one with a name that can't be read", func(p *peer) {
			p.signIn("")
			p.say("* LIST () \"/\" \"&&&\"\n%s OK .\n", p.expect("LIST"))
			p.farewell()
		}, strings.NewReader(draft), problem.New(problem.NoDraftsMailbox, nil)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := connect(t, scripted(t, imap.TLS, test.script))
			_, err := client.AppendDraft(t.Context(), test.draft, int64(len(draft)))
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if got := problem.From(err); got.Code == problem.MessageTooLarge && got.Values["limit"] != "44" {
				t.Errorf("limit is %s", got.Values["limit"])
			}
		})
	}
}
