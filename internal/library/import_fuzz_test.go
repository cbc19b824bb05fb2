package library_test

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// FuzzWhateverComesInIsRefusedWholeOrHolds damages a parcel of two devices' logs in a few places and has it taken in.
func FuzzWhateverComesInIsRefusedWholeOrHolds(f *testing.F) {
	first, second := open(f, f.TempDir()), open(f, f.TempDir())
	caseID := newCase(f, first)
	contact := put(f, first, record.KindContact, caseID, call(caseID, "They said Getafe"))
	addScan(f, first, caseID, "a scan")
	send(f, pack(f, first), second)
	correct(f, second, caseID, contact, map[string]any{"summary": "They said Coslada"})
	retract(f, second, put(f, second, record.KindContact, caseID, call(caseID, "A slip")))
	put(f, second, record.KindExport, caseID, casefile.Export{CaseID: caseID, FileName: "dossier.pdf"})
	erase(f, second, put(f, second, record.KindContact, caseID, call(caseID, "Another slip")))
	whole := pack(f, second)

	f.Add([]byte{})
	for place := range byte(8) {
		for _, entry := range []byte{0, 2, 5, 7, 9} {
			f.Add([]byte{entry, place, 20, 1})
		}
	}
	// What is refused leaves a library as it was: it serves again. It outlives the single inputs.
	parent := quickFolder(f)
	fresh := func(t testing.TB) *library.Library {
		l, err := library.Open(context.WithoutCancel(t.Context()), options(filepath.Join(parent, library.NewID())))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := fresh(f)
	f.Cleanup(func() { _ = l.Close() })
	f.Fuzz(func(t *testing.T, damage []byte) {
		if len(damage) > 32 {
			t.Skip("a few places are enough")
		}
		p := &parcel{logs: slices.Clone(whole.logs), contents: whole.contents}
		for _, stored := range whole.entries {
			stored.Payload, stored.LeafBytes = bytes.Clone(stored.Payload), bytes.Clone(stored.LeafBytes)
			p.entries = append(p.entries, stored)
		}
		for place := range slices.Chunk(damage, 4) {
			if len(place) == 4 && len(p.entries) > 0 {
				p.damage(place[0], place[1], place[2], place[3])
			}
		}
		if _, err := l.Import(t.Context(), p.incoming(), library.ImportOptions{Erase: true}); err != nil {
			if taken := dumpOf(t, l); len(taken) > 0 {
				t.Errorf("it was refused (%v), and %d entries were taken in", err, len(taken))
			}
			return
		}
		for _, finding := range findings(t, l) {
			if !library.IsHarmless(finding.What) && finding.What != library.ContentMissing {
				t.Errorf("%s at %s", finding.What, finding.Where)
			}
		}
		for _, log := range p.logs {
			if _, err := l.CaseFile(t.Context(), log.CaseID); err != nil {
				requireProblem(t, err, problem.NotFound)
			}
		}
		_ = l.Close()
		l = fresh(t)
	})
}

// damage changes one thing in one place.
func (p *parcel) damage(entry, place, at, by byte) {
	which := int(entry) % len(p.entries)
	stored := &p.entries[which]
	flip := func(data []byte) {
		if len(data) > 0 {
			data[int(at)%len(data)] ^= by
		}
	}
	log := &p.logs[int(entry)%len(p.logs)]
	switch place % 12 {
	case 0:
		flip(stored.Payload)
	case 1:
		flip(stored.Salt[:])
	case 2:
		flip(stored.LeafBytes)
	case 3:
		flip(stored.LeafHash[:])
	case 4:
		stored.Header.Sequence += int64(int8(by))
	case 5:
		stored.Payload, stored.Salt = nil, [32]byte{}
	case 6:
		p.entries = slices.Delete(p.entries, which, which+1)
	case 7:
		p.entries = slices.Insert(p.entries, int(at)%len(p.entries), *stored)
	case 8:
		log.Head = bytes.Clone(log.Head)
		flip(log.Head)
	case 9:
		log.Head = nil
	case 10:
		log.CaseID = p.logs[int(at)%len(p.logs)].CaseID
	case 11:
		log.DeviceID = p.logs[int(at)%len(p.logs)].DeviceID
	}
}
