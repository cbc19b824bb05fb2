package faults_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"constancia/internal/mail/imap/dovecottest"
)

// TestEveryEmailIsThereOnceAndUnalteredWhenAnImportIsKilledAtAnyTime kills the import from a real server over TLS, and
// holds what the next one brings to an end against the files of the server.
func TestEveryEmailIsThereOnceAndUnalteredWhenAnImportIsKilledAtAnyTime(t *testing.T) {
	server := dovecottest.Start(t, mailOfAServer(700))
	kill := fault{name: "kill, any time", runs: pick(3, 200), strike: killAtAnyTime}
	kill.disturb(t, importFrom(server).prepared(t, toldStory(t)), kill.runs)
}

// mailOfAServer is a mailbox of messages of every size: many short ones, some with attachments, and some too large for a
// row of the database.
func mailOfAServer(count int) [][]byte {
	random := rand.NewChaCha8([32]byte{2})
	messages := make([][]byte, count)
	for i := range messages {
		size := 0
		switch {
		case i%150 == 20:
			size = 1_200_000
		case i%9 == 0:
			size = 5_000 + 100*i
		}
		attachment := make([]byte, size)
		_, _ = random.Read(attachment) // never fails
		messages[i] = mail(1000+i, attachment)
	}
	return messages
}

// importFrom is the import of all that a server has.
func importFrom(server dovecottest.Server) operation {
	return operation{
		name: "import mail from a server", answersInPart: true,
		prepare: func(_ *testing.T, s *stage) { s.story.mailPassword = server.Password },
		words: func(s stage) []string {
			return []string{"mail", "import", "imap", "--case", s.story.caseID, "--host", server.Host, "--port", strconv.Itoa(server.Port),
				"--user", server.User, "--ca", server.CAFile, "--password-env", mailPasswordVariable}
		},
		inTheEnd: func(before, after state) []string { return differences(server, before, after) },
	}
}

// differences names what of a server's mailbox is not in the library, there twice, or other than on the server's disk.
func differences(server dovecottest.Server, before, after state) []string {
	files, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*"))
	if err != nil || len(files) == 0 {
		return []string{fmt.Sprintf("the server's mailbox: %d files, %v", len(files), err)}
	}
	var wrong []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			wrong = append(wrong, err.Error())
			continue
		}
		sum := sha256.Sum256(content)
		name := hex.EncodeToString(sum[:])
		if size, there := after.contents[name]; !there || size != int64(len(content)) {
			wrong = append(wrong, fmt.Sprintf("%s: %d of %d bytes are there", filepath.Base(file), size, len(content)))
		}
		if entries := after.mentions("content_use", strings.ToUpper(name)); entries != 1 {
			wrong = append(wrong, fmt.Sprintf("%s: %d entries", filepath.Base(file), entries))
		}
	}
	if got := after.fresh(before)["message"]; got != len(files) {
		wrong = append(wrong, fmt.Sprintf("%d messages came of %d", got, len(files)))
	}
	return wrong
}

// mentions counts the rows of a table that have a word.
func (s *state) mentions(table, word string) int {
	rows, isView := s.views[table]
	if !isView {
		rows = s.log[table]
	}
	count := 0
	for row := range rows {
		if strings.Contains(row, word) {
			count++
		}
	}
	return count
}
