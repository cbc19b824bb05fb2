package casework_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/sample/demo"
)

// BenchmarkDossier holds the making of a dossier to what was promised of it, beside other programs that make PDFs, and
// prints one table. Everything runs in turns, each time as a process of its own, from its start to its end: ours opens
// the library, compiles, draws, embeds, reads the file back and puts it on record. Each part can be run alone.
func BenchmarkDossier(b *testing.B) {
	var table promises
	b.Run("peers", table.besideOthers)
	b.Run("growth", table.asTheCaseGrows)
	b.Run("recordings", table.withRecordings)
	table.print(b)
}

// besideOthers compares with programs that are given the same content, and the same files to embed where they can.
func (p *promises) besideOthers(b *testing.B) {
	w := aLongDispute(b, 1)
	folder := factsForOthers(b, w)
	ours := w.dossier()
	limits := []struct {
		peer   peer
		rounds int
		times  float64 // of its time, at most
		memory float64 // of its memory, at most; 0: not held
	}{
		{typst(folder), rounds, 0.8, 0.5}, {reportLab(folder), rounds, 0.6, 0}, {chromium(folder), 1, 0.2, 0}, {weasyPrint(folder), 1, 0.1, 0},
	}
	for _, l := range limits {
		if missing := l.peer.missing(); missing != "" {
			p.tell(l.peer.name, missing)
			continue
		}
		var own, its times
		var ownMemory, itsMemory times
		for range l.rounds {
			mine, theirs := measure(b, ours), measure(b, l.peer.command(b))
			own, its = append(own, mine.whole), append(its, theirs.whole)
			ownMemory, itsMemory = append(ownMemory, mine.memory), append(itsMemory, theirs.memory)
		}
		p.atMost("a dossier of 500 contacts", own.median(), "s", l.peer.name, its.median(), l.times)
		if l.memory > 0 {
			p.atMost("its memory", ownMemory.median(), "MB", l.peer.name, itsMemory.median(), l.memory)
		} else {
			p.tell("its memory", fmt.Sprintf("%.0f MB, %s %.0f MB", ownMemory.median(), l.peer.name, itsMemory.median()))
		}
	}
}

// asTheCaseGrows compares with a case of twice everything, and with the sample dispute: each the second that a process
// makes, in time of the processor: neither its start nor the disk is what grows.
func (p *promises) asTheCaseGrows(b *testing.B) {
	once, twice, short := aLongDispute(b, 1), aLongDispute(b, 2), theSample(b)
	var one, two, small times
	for range rounds {
		one = append(one, measure(b, once.dossierAgain()).making)
		two = append(two, measure(b, twice.dossierAgain()).making)
		small = append(small, measure(b, short).making)
	}
	p.atMost("work on twice the contacts, emails and photos", two.median(), "s", "once", one.median(), 2.1)
	p.atMost("work on the sample dispute", small.median(), "s", "500 contacts", one.median(), 0.1)
}

// withRecordings compares the memory for a case with long recordings and for one with short ones.
func (p *promises) withRecordings(b *testing.B) {
	const megabyte = 1_000_000
	short, long := aCaseWithRecordings(b, 4, 5*megabyte), aCaseWithRecordings(b, 4, 500*megabyte)
	embedded, named := exportOf{Budget: 4000 * megabyte}, exportOf{}
	for how, request := range map[string]exportOf{"embedded": embedded, "named by their hash": named} {
		little, much := measure(b, short.dossierWith(request)), measure(b, long.dossierWith(request))
		p.atMost("memory with 2 GB of recordings "+how, much.memory, "MB", "with 20 MB", little.memory, 1.1)
	}
}

// measured is what a process took from its start to its end.
type measured struct {
	whole  float64 // seconds
	making float64 // seconds of processor time between asking for a dossier and having it; 0 of others
	memory float64 // megabytes at most, resident; of the largest of several processes
}

// measure runs a program. Ours says how much memory it had: what the system tells of a process counts the program that
// started it as well, which does no harm to those that need more.
func measure(b *testing.B, process *exec.Cmd) measured {
	b.Helper()
	again := exec.Command(process.Path, process.Args[1:]...)
	again.Env, again.Dir = process.Env, process.Dir
	var said, complained strings.Builder
	again.Stdout, again.Stderr = &said, &complained
	began := time.Now()
	if err := again.Run(); err != nil {
		b.Fatalf("%s: %v\n%.2000s", filepath.Base(process.Path), err, complained.String())
	}
	result := measured{whole: time.Since(began).Seconds(), memory: largest(again.ProcessState)}
	if told, ok := strings.CutPrefix(said.String(), "made "); ok {
		if _, err := fmt.Sscan(told, &result.making, &result.memory); err != nil {
			b.Fatal(err)
		}
	}
	return result
}

// exportOf is what the other process is asked for.
type exportOf struct {
	Library, CaseID, Out string
	Budget               int64
	// Again makes it twice, and tells of the second time.
	Again bool
}

// enough is a budget that every original of the benchmark fits into.
const enough = 1 << 30

func (w *work) dossier() *exec.Cmd { return w.dossierWith(exportOf{Budget: enough}) }

func (w *work) dossierAgain() *exec.Cmd { return w.dossierWith(exportOf{Budget: enough, Again: true}) }

// dossierWith is another process that makes a dossier.
func (w *work) dossierWith(request exportOf) *exec.Cmd {
	request.CaseID = w.caseID
	request.Out = filepath.Join(filepath.Dir(w.Directory()), "bench.pdf")
	return dossierElsewhere(w.Directory(), request)
}

func dossierElsewhere(library string, request exportOf) *exec.Cmd {
	argument, err := json.Marshal(request)
	if err != nil {
		panic(err) // texts and a number
	}
	process := exec.Command(os.Args[0], "export dossier", string(argument))
	process.Env = append(os.Environ(), elsewhereVariable+"="+library)
	return process
}

// exportElsewhere makes a dossier, and prints how much time of the processor and memory it took.
func exportElsewhere(ctx context.Context, c *casework.Casework, argument string) error {
	var request exportOf
	if err := json.Unmarshal([]byte(argument), &request); err != nil {
		return err
	}
	n := casework.ExportDossier{
		CaseID: request.CaseID, Language: i18n.Spanish, Out: request.Out, Overwrite: true, Budget: request.Budget}
	began := worked()
	_, err := c.ExportDossier(ctx, n, nil)
	if request.Again && err == nil {
		began = worked()
		_, err = c.ExportDossier(ctx, n, nil)
	}
	if err != nil {
		return err
	}
	made := worked() - began
	memory, err := peakMemory()
	fmt.Println("made", made.Seconds(), memory)
	return err
}

// theSample makes a dossier of the sample dispute.
func theSample(b *testing.B) *exec.Cmd {
	b.Helper()
	folder := b.TempDir()
	told, err := demo.Run(b.Context(), demo.Options{
		Directory: folder, State: filepath.Join(folder, "library-state"), Language: i18n.Spanish})
	if err != nil {
		b.Fatal(err)
	}
	return dossierElsewhere(told.Library, exportOf{CaseID: told.Case, Out: filepath.Join(folder, "bench.pdf"), Budget: enough, Again: true})
}

// aCaseWithRecordings has recordings of so many bytes each.
func aCaseWithRecordings(b *testing.B, count int, size int64) *work {
	b.Helper()
	w := begin(b)
	for i := range count {
		recording := io.LimitReader(rand.NewChaCha8([32]byte{byte(i), byte(size >> 24)}), size)
		_, err := w.AddEvidence(b.Context(), casework.AddEvidence{
			CaseID: w.caseID, FileName: fmt.Sprintf("llamada-%d.mp3", i+1), Content: recording, Shows: "La llamada entera"})
		if err != nil {
			b.Fatal(err)
		}
	}
	return w
}
