package faults_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// largestMemory is how much memory the program may have at most while it goes through a mailbox of any size, in bytes. It
// holds a message of a megabyte at a time, and a search index.
const largestMemory = 150 << 20

// TestAMailboxOfAnySizeIsGoneThroughWithLittleMemory looks for two messages in a folder with an mbox that has one at its
// beginning and one at its end, which is behind the fourth gigabyte in the campaign. Very large ones lie in between, which
// are holes in the file.
func TestAMailboxOfAnySizeIsGoneThroughWithLittleMemory(t *testing.T) {
	const hole = 100 << 20
	holes := pick(3, 43)
	folder := newFolder(t, "large")
	s := toldStory(t)
	s.folder = filepath.Join(folder, "stage")
	if err := copyTree(toldStory(t).folder, s.folder); err != nil {
		t.Fatal(err)
	}
	mailbox := filepath.Join(folder, "mail")
	if err := os.Mkdir(mailbox, 0o700); err != nil {
		t.Fatal(err)
	}
	first, last := inMbox(mail(7001, nil)), inMbox(mail(7002, []byte("a scan")))
	offset := writeWithHoles(t, filepath.Join(mailbox, "all.mbox"), first, last, holes, hole)

	command := s.command(t.Context(), []string{"mail", "import", "files", "--case", s.story.caseID, "--subject", "parcel 700", mailbox})
	most := make(chan int64, 1)
	done, err := runWhile(command, func() { most <- mostMemory(command.Process.Pid) })
	if err != nil || done.code != 0 {
		t.Fatalf("%v, exit %d %s", err, done.code, done.stderr)
	}
	memory := <-most
	t.Logf("%d MB of mail with %d MB of memory", offset>>20, memory>>20)
	if memory == 0 || memory > largestMemory {
		t.Error("that is too much memory, or nobody knows")
	}
	after := mustReadState(t, s)
	if want := fmt.Sprintf(`"offset":%d`, offset); after.mentions("thing", want) != 1 || after.mentions("thing", `"file_name":"all.mbox"`) != 2 {
		t.Errorf("%d messages came, %d from %s", after.mentions("thing", `"file_name":"all.mbox"`), after.mentions("thing", want), want)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Error(err)
	}
}

// mostMemory is how much memory a process had at most, in bytes, when it ends. What the system tells of an ended one counts
// the memory of the one that started it as well.
func mostMemory(pid int) (most int64) {
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		_, rest, is := strings.Cut(string(status), "VmHWM:")
		if err != nil || !is { // it has ended, and has no memory any more
			return most
		}
		kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		if err != nil {
			return 0
		}
		most = kilobytes << 10
		time.Sleep(10 * time.Millisecond)
	}
}

// inMbox is a message as it stands in an mbox.
func inMbox(message []byte) []byte {
	lines := bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n"))
	return append(append([]byte("From help@veloz.example Tue Mar  3 10:00:00 2026\n"), lines...), '\n')
}

// writeWithHoles writes an mbox, and gives where in it the last message begins, behind its separator.
func writeWithHoles(t *testing.T, path string, first, last []byte, holes int, hole int64) (offset int64) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(content []byte) {
		n, err := file.WriteAt(content, offset)
		if err != nil {
			t.Fatal(err)
		}
		offset += int64(n)
	}
	write(first)
	for i := range holes {
		write(inMbox(mail(9000+i, nil)))
		offset += hole
		write([]byte("\n\n"))
	}
	separator := bytes.IndexByte(last, '\n') + 1
	write(last[:separator])
	write(last[separator:])
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return offset - int64(len(last)-separator)
}
