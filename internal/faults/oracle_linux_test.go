package faults_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"constancia/internal/mail/message"
)

// trial is one run of an operation that was disturbed.
type trial struct {
	*prepared
	stage
	outcome
	// silenced: the fault may have kept the program from saying what was wrong.
	silenced bool
	// powerless: the computer went with the program, and what it said last nobody heard.
	powerless bool
	// release lets go of what the run needed; nil for nothing.
	release func()
}

// losses is the oracle. It names all that is wrong after a trial; nothing when everything acknowledged is there, nothing
// is there by half, the program has told in plain words what happened, and the library works on.
func (t *trial) losses() []string {
	wrong := append(t.misspoken(), t.lossesOfData()...)
	after, err := t.read()
	if err != nil {
		return append(wrong, fmt.Sprintf("reading the library: %v", err))
	}
	return append(wrong, t.brokenFromNowOn(after)...)
}

// lossesOfData names what is lost, damaged or there by half.
func (t *trial) lossesOfData() []string {
	var wrong []string
	if t.libraryIsThere() {
		wrong = t.unverified()
	} else if t.acknowledged() || !t.withoutLibrary {
		wrong = append(wrong, "the library is gone")
	}
	after, err := t.read()
	if err != nil {
		return append(wrong, fmt.Sprintf("reading the library: %v", err))
	}
	wrong = append(wrong, after.unsound...)
	wrong = append(wrong, after.lostSince(t.before, t.mayGo())...)
	wrong = append(wrong, t.halves(after)...)
	if t.answered() {
		wrong = append(wrong, t.missing(after)...)
	}
	if got := after.fresh(t.before); t.acknowledged() && !maps.Equal(got, t.once) {
		wrong = append(wrong, fmt.Sprintf("it acknowledged %v, and there are %v", t.once, got))
	}
	return append(wrong, t.halfMade()...)
}

// acknowledged reports whether the program said that all of it was done. One that was killed once its answer was out has
// said so, unless an answer may tell how far it came; one that gave an answer and then failed has not, though what it
// names must be there.
func (t *trial) acknowledged() bool {
	return t.answered() && (t.code == 0 || t.killed && !t.answersInPart)
}

func (t *trial) answered() bool {
	return json.Valid([]byte(t.stdout)) && strings.HasSuffix(t.stdout, "\n")
}

// misspoken names what is not as the command line promises: exit 0 with an answer, or exit 1 with one plain sentence
// that has a code of its own and says what to do.
func (t *trial) misspoken() []string {
	if t.killed || t.powerless || t.code == 0 && t.answered() {
		return nil
	}
	if t.silenced && (t.stderr == "" || strings.Contains(t.stderr, "netpollBreak")) { // Go's own write to itself failed
		return nil
	}
	if t.code != 1 {
		return []string{fmt.Sprintf("exit %d, %q on stdout, %q on stderr", t.code, t.stdout, t.stderr)}
	}
	var said struct{ Code, Message, Do string }
	if err := json.Unmarshal([]byte(t.stderr), &said); err != nil || said.Code == "" || said.Code == "unexpected" || said.Message == "" || said.Do == "" {
		return []string{fmt.Sprintf("it is not told in plain words: %q", t.stderr)}
	}
	return nil
}

// read reads the library, and with it what the operation put aside.
func (t *trial) read() (state, error) {
	all, err := readState(t.library())
	if err != nil || !t.keepsAside {
		return all, err
	}
	aside, err := filepath.Glob(t.library() + ".replaced-*")
	if err != nil {
		return all, err
	}
	for _, folder := range aside {
		other, err := readState(folder)
		if err != nil {
			return all, err
		}
		all.join(other)
	}
	return all, nil
}

// mayGo are the ids and hashes that the operation may take away.
func (t *trial) mayGo() []string {
	if t.takesBack == nil {
		return nil
	}
	return t.takesBack(t.stage)
}

func (t *trial) libraryIsThere() bool {
	_, err := os.Stat(filepath.Join(t.library(), "constancia.db"))
	return err == nil
}

// unverified asks the program itself whether everything holds.
func (t *trial) unverified() []string {
	var wrong []string
	for _, words := range [][]string{{"record", "verify"}, {"library", "check"}} {
		done, err := t.try(words...)
		if err != nil || done.code != 0 {
			wrong = append(wrong, fmt.Sprintf("%s: %v, exit %d %s%s", strings.Join(words, " "), err, done.code, done.stdout, done.stderr))
		}
	}
	return wrong
}

// halves names the operations of which only a part was put on record.
func (t *trial) halves(after state) []string {
	var wrong []string
	for _, kinds := range after.since(t.before) {
		if group := strings.Join(kinds, " "); !t.groups[group] && !isBatch(kinds) {
			wrong = append(wrong, "half an operation: "+group)
		}
	}
	return wrong
}

// isBatch reports whether an operation is a batch of messages, or of what was attached to some, which may be of any size.
func isBatch(kinds []string) bool {
	return !slices.ContainsFunc(kinds, func(kind string) bool {
		return kind != kinds[0] || kind != "message" && kind != "evidence" && kind != "sighting"
	})
}

var (
	anID = regexp.MustCompile(`"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"`)
	aSHA = regexp.MustCompile(`"[0-9a-f]{64}"`)
)

// missing names what the answer names and the library does not have.
func (t *trial) missing(after state) []string {
	var wrong []string
	for _, id := range anID.FindAllString(t.stdout, -1) {
		if !after.knows(strings.Trim(id, `"`)) {
			wrong = append(wrong, "it acknowledged "+id+", which is not there")
		}
	}
	if t.makes == nil {
		for _, sum := range aSHA.FindAllString(t.stdout, -1) {
			sum = strings.Trim(sum, `"`)
			_, content := after.contents[sum]
			if !content && !after.knows(strings.ToUpper(sum)) && !slices.Contains(t.mayGo(), sum) {
				wrong = append(wrong, "it acknowledged the hash "+sum+", of which there is nothing")
			}
		}
	} else if _, err := os.Stat(t.makes(t.stage)); err != nil {
		wrong = append(wrong, fmt.Sprintf("it acknowledged a file: %v", err))
	}
	return wrong
}

// halfMade names what is wrong with the file that the operation makes.
func (t *trial) halfMade() []string {
	if t.makes == nil {
		return nil
	}
	if err := t.whole(t.stage); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return []string{err.Error()}
	}
	return nil
}

// brokenFromNowOn does the operation again, undisturbed, and names what is wrong then.
func (t *trial) brokenFromNowOn(disturbed state) []string {
	again, err := t.try(t.wordsAgain(t.stage)...)
	if err != nil || again.code != 0 {
		return []string{fmt.Sprintf("a second time: %v, exit %d %s", err, again.code, again.stderr)}
	}
	second := &trial{prepared: t.prepared, stage: t.stage, outcome: again}
	wrong := append(second.misspoken(), second.unverified()...)
	live, err := t.read()
	if err != nil {
		return append(wrong, "a second time: "+err.Error())
	}
	wrong = append(wrong, live.unsound...)
	wrong = append(wrong, live.lostSince(disturbed, t.mayGo())...)
	wrong = append(wrong, t.outOfBounds(live)...)
	wrong = append(wrong, second.halfMade()...)
	wrong = append(wrong, leftOver(t.library())...)
	if t.inTheEnd != nil {
		wrong = append(wrong, t.inTheEnd(t.before, live)...)
	}

	if again, err := t.try("record", "rebuild"); err != nil || again.code != 0 {
		return append(wrong, fmt.Sprintf("making the views anew: %v, exit %d %s", err, again.code, again.stderr))
	}
	rebuilt, err := t.read()
	if err != nil {
		return append(wrong, "made anew: "+err.Error())
	}
	for view, rows := range live.views {
		if view == "reading" && byAnEarlierReader(rows) {
			continue // an earlier program read those: this one reads them again, and may see more
		}
		if !maps.Equal(rows, rebuilt.views[view]) {
			wrong = append(wrong, "the view "+view+" was not what the log says")
		}
	}
	return append(wrong, rebuilt.unsound...)
}

// byAnEarlierReader reports whether another reader than this program’s made some of the readings.
func byAnEarlierReader(readings map[string]bool) bool {
	for row := range readings {
		if !strings.Contains(row, "'"+message.Reader+"'") {
			return true
		}
	}
	return false
}

// outOfBounds names what is on record less often than after one run, or more often than after two.
func (t *trial) outOfBounds(live state) []string {
	var wrong []string
	got := live.fresh(t.before)
	for kind, least := range t.once {
		if got[kind] < least || got[kind] > t.twice[kind] {
			wrong = append(wrong, fmt.Sprintf("%d of %s after it was done again, want %d to %d", got[kind], kind, least, t.twice[kind]))
		}
	}
	return wrong
}

// leftOver names what a crash left and nobody swept.
func leftOver(library string) []string {
	var wrong []string
	_ = filepath.WalkDir(library, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			wrong = append(wrong, err.Error())
		case strings.HasPrefix(entry.Name(), "."), strings.Contains(entry.Name(), ".new"):
			wrong = append(wrong, "left over: "+entry.Name())
		}
		return nil
	})
	return wrong
}
