package imap_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/mail/imap"
	"constancia/internal/mail/imap/dovecottest"
)

// letter is an email with the header fields that are looked at.
func letter(from, to, subject, id, references, text string) []byte {
	header := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 10:05:00 +0100\r\nMessage-ID: <%s>\r\n", from, to, subject, id)
	if references != "" {
		header += "In-Reply-To: <" + references + ">\r\nReferences: <" + references + ">\r\n"
	}
	return []byte(header + "\r\n" + text + "\r\n")
}

var correspondence = [][]byte{
	letter("Envíos Rayo <ayuda@rayo.example>", "begona@correo.example", "Su incidencia 4471", "a@rayo.example", "", "Hola"),
	letter("begona@correo.example", "ayuda@rayo.example", "Re: Su incidencia 4471", "b@correo.example", "a@rayo.example", "El paquete L-9 no ha llegado"),
	letter("Boletín <ofertas@tienda.example>", "begona@correo.example", "Ofertas", "c@tienda.example", "", "Nada"),
	letter("otra@empresa.example", "begona@correo.example", "Hola", "d@empresa.example", "", "Sobre el paquete L-9"),
}

func find(t *testing.T, client *imap.Client, wanted imap.Find) (found []imap.Match, searched imap.Searched) {
	t.Helper()
	searched, err := client.Find(t.Context(), "INBOX", wanted, func(match imap.Match) error {
		found = append(found, match)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, searched
}

func TestEachTermIsSearchedForOnTheServerAndTellsWhatItFound(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	client := connect(t, account(dovecottest.Start(t, correspondence)))
	anywhere := []string{"From", "To", "Cc"}
	tests := []struct {
		name  string
		terms []imap.Term
		want  map[string][]int
	}{
		{"nothing", nil, map[string][]int{}},
		{"a domain, in either direction", []imap.Term{{Fields: anywhere, Text: "@rayo.example"}}, map[string][]int{"a@rayo.example": {0}, "b@correo.example": {0}}},
		{"a name that is not ASCII", []imap.Term{{Fields: anywhere, Text: "Envíos Rayo"}}, map[string][]int{"a@rayo.example": {0}}},
		{"two terms that one message meets", []imap.Term{{Fields: []string{"Subject"}, Text: "4471"}, {Fields: []string{"From"}, Text: "rayo"}},
			map[string][]int{"a@rayo.example": {0, 1}, "b@correo.example": {0}}},
		{"text", []imap.Term{{Text: "L-9"}}, map[string][]int{"b@correo.example": {0}, "d@empresa.example": {0}}},
		{"what answers a message", []imap.Term{{Fields: []string{"References", "In-Reply-To"}, Text: "a@rayo.example"}}, map[string][]int{"b@correo.example": {0}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, _ := find(t, client, imap.Find{Terms: test.terms})
			got := map[string][]int{}
			for _, match := range found {
				got[match.MessageID] = match.Terms
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	found, _ := find(t, client, imap.Find{Terms: []imap.Term{{Fields: []string{"Subject"}, Text: "Re: Su"}}})
	if len(found) != 1 || !slices.Contains(found[0].Answers, "a@rayo.example") {
		t.Errorf("it answers %+v", found)
	}
}

func TestALaterSearchLooksOnlyAtWhatCameSince(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, correspondence)
	client := connect(t, account(server))
	wanted := imap.Find{Terms: []imap.Term{{Fields: []string{"From", "To"}, Text: "rayo.example"}}}
	_, searched := find(t, client, wanted)
	wanted.After, wanted.UIDValidity = searched.Last, searched.UIDValidity
	if found, _ := find(t, client, wanted); len(found) != 0 {
		t.Errorf("nothing came, and it finds %v", found)
	}
	server.Deliver(t, "INBOX", letter("ayuda@rayo.example", "begona@correo.example", "Resuelto", "e@rayo.example", "", "Por fin"))
	found, later := find(t, client, wanted)
	if len(found) != 1 || found[0].MessageID != "e@rayo.example" || later.Last != searched.Last+1 {
		t.Errorf("it finds %+v, up to %d", found, later.Last)
	}
	wanted.UIDValidity++
	if found, _ := find(t, client, wanted); len(found) != 3 {
		t.Errorf("the UIDs of another mailbox hide messages: it finds %d", len(found))
	}
}

func TestAMailboxIsKnownByItsUse(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	client := connect(t, account(dovecottest.Start(t, nil)))
	mailboxes, err := client.Mailboxes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	uses := map[string]imap.Use{}
	for _, mailbox := range mailboxes {
		uses[mailbox.Name] = mailbox.Use
	}
	want := map[string]imap.Use{"INBOX": imap.Inbox, "Enviados": imap.Sent, "Papelera": imap.Trash, "Borradores": imap.Drafts, "Facturación": ""}
	if diff := cmp.Diff(want, uses); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := imap.WorthLooking(mailboxes, false); !slices.Equal(got, []string{"INBOX", "Enviados", "Facturación"}) {
		t.Errorf("it looks at %v", got)
	}
}

func TestWhereThereIsAMailboxOfAllMailNoOtherIsLookedAt(t *testing.T) {
	gmail := []imap.Mailbox{
		{Name: "INBOX", Use: imap.Inbox}, {Name: "[Gmail]/Todos", Use: imap.All}, {Name: "[Gmail]/Spam", Use: imap.Junk},
		{Name: "[Gmail]/Papelera", Use: imap.Trash}, {Name: "[Gmail]/Destacados", Use: imap.Flagged}, {Name: "Facturas"},
	}
	if got := imap.WorthLooking(gmail, false); !slices.Equal(got, []string{"[Gmail]/Todos"}) {
		t.Errorf("it looks at %v", got)
	}
	if got := imap.WorthLooking(gmail, true); !slices.Equal(got, []string{"[Gmail]/Todos", "[Gmail]/Spam", "[Gmail]/Papelera"}) {
		t.Errorf("with what was thrown away it looks at %v", got)
	}
}

func TestTheServerTellsOfNewMail(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, correspondence)
	client := connect(t, account(server))
	if !client.CanWait() {
		t.Fatal("Dovecot can tell of news")
	}
	_, searched := find(t, client, imap.Find{})
	told := make(chan error)
	go func() {
		came, err := client.WaitForNews(t.Context(), "INBOX", searched)
		if err == nil && !came {
			err = fmt.Errorf("it waited for nothing")
		}
		told <- err
	}()
	server.Deliver(t, "INBOX", letter("ayuda@rayo.example", "begona@correo.example", "Nuevo", "n@rayo.example", "", "Ya"))
	if err := <-told; err != nil {
		t.Fatal(err)
	}
	if came, err := client.WaitForNews(t.Context(), "INBOX", searched); err != nil || !came {
		t.Errorf("what came meanwhile is news: %v, %v", came, err)
	}
	if found, _ := find(t, client, imap.Find{Terms: []imap.Term{{Fields: []string{"Subject"}, Text: "Nuevo"}}}); len(found) != 1 {
		t.Errorf("after the wait it finds %v", found)
	}
}
