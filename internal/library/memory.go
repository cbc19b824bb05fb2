package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"constancia/internal/durable"
	"constancia/internal/record"
)

// What verifying the record can find, beside what [record.Checker] finds.
const (
	LogRolledBack record.What = "log_rolled_back" // there were more entries than there are now
	LogRewritten  record.What = "log_rewritten"   // earlier entries are not the ones there were
	TreeDiffers   record.What = "tree_differs"    // the stored tree is not that of the entries
)

// Surprise is a log that is not what was remembered of it outside the library.
type Surprise struct {
	LogID    string
	CaseID   string // empty for a log of the library itself, and for one that is gone
	Relation record.Relation
	// Remembered and Found are how many entries there were, and are.
	Remembered, Found int64
}

// memory is what the state folder says of the logs' last heads. The zero value remembers nothing.
type memory struct {
	mu   sync.Mutex
	path string
	last time.Time
	// surprises were found when the library was opened; device is the one that wrote such a log, when it is this one.
	surprises []Surprise
	device    string
}

// rememberEvery is how long the memory may lag behind while the library is open. It is brought up to date when the
// library is closed, too; lagging means only that a cut of the newest entries goes unnoticed.
const rememberEvery = 5 * time.Second

// remembered are the last trees by log id.
type remembered map[string]record.Tree

// rememberedFile is the file in the state folder: the texts of the last heads (FORMAT.md, section 8).
type rememberedFile struct {
	Heads []string `json:"heads"`
}

// Surprises tells which logs were found to be cut, put back or changed when the library was opened.
func (l *Library) Surprises() []Surprise {
	l.memory.mu.Lock()
	defer l.memory.mu.Unlock()
	return append([]Surprise(nil), l.memory.surprises...)
}

// Accept takes the logs as they are: they surprise no more. A device whose log is among them is another one from now on,
// before the memory forgets why.
func (l *Library) Accept(ctx context.Context) error {
	err := l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		_, err := l.identify(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	l.memory.mu.Lock()
	defer l.memory.mu.Unlock()
	if l.memory.path == "" {
		return nil
	}
	if err := l.memory.write(remembered{}); err != nil {
		return l.options.explain(err)
	}
	l.memory.surprises = nil
	return l.options.explain(l.bringUpToDate(ctx))
}

// forked tells whether a device must not go on with its logs, since they have gone on elsewhere or were changed.
func (m *memory) forked(device string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.device != "" && m.device == device
}

// recall holds the logs against what is remembered of them.
func (l *Library) recall(ctx context.Context) error {
	if l.options.State == "" {
		return nil
	}
	id, err := setting(ctx, l.reader, "library_id")
	if err != nil {
		return err
	}
	l.memory.last = time.Now() // a short command remembers once, when it closes the library
	l.memory.path = filepath.Join(l.options.State, "heads", id+".json")
	known, err := l.memory.read()
	if err != nil || len(known) == 0 {
		return err
	}
	return l.inSnapshot(ctx, func(tx *sql.Tx) error {
		logs, err := logsOf(ctx, tx, "")
		if err != nil {
			return err
		}
		for _, log := range logs {
			if err := l.memory.judge(log, known, treeHashes{ctx: ctx, from: tx, logID: log.ID}); err != nil {
				return err
			}
			delete(known, log.ID)
		}
		for id, tree := range known {
			l.memory.surprises = append(l.memory.surprises, Surprise{LogID: id, Relation: record.RolledBack, Remembered: tree.Size})
		}
		return nil
	})
}

func (m *memory) judge(log Log, known remembered, hashes record.HashReader) error {
	tree, ok := known[log.ID]
	if !ok {
		return nil
	}
	relation, err := record.JudgeGrown(tree, log.Size, hashes)
	if err != nil {
		return err
	}
	if relation == record.RolledBack || relation == record.Contradicts {
		m.surprises = append(m.surprises, Surprise{log.ID, log.CaseID, relation, tree.Size, log.Size})
		if log.Own {
			m.device = log.DeviceID
		}
	}
	return nil
}

// rememberNowAndThen remembers when that is due. The computer's real clock is asked: it is about lagging, not about
// entries.
func (l *Library) rememberNowAndThen(ctx context.Context) {
	l.memory.mu.Lock()
	due := time.Since(l.memory.last) >= rememberEvery
	l.memory.mu.Unlock()
	if due {
		l.remember(ctx)
	}
}

// remember brings the memory up to date. A state folder that can't be written is no reason to lose an entry: the memory
// lags then.
func (l *Library) remember(ctx context.Context) {
	l.memory.mu.Lock()
	defer l.memory.mu.Unlock()
	if l.memory.path == "" {
		return
	}
	l.memory.last = time.Now()
	_ = l.bringUpToDate(ctx)
}

// bringUpToDate writes down each log's head, but never one that takes back what is remembered: a surprise stays one
// until it is accepted.
func (l *Library) bringUpToDate(ctx context.Context) error {
	known, err := l.memory.read()
	if err != nil {
		return err
	}
	changed := false
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		heads, err := headsOf(ctx, tx, "")
		if err != nil {
			return err
		}
		for _, head := range heads {
			if before, ok := known[head.LogID]; ok {
				relation, err := record.JudgeGrown(before, head.Size, treeHashes{ctx: ctx, from: tx, logID: head.LogID})
				if err != nil {
					return err
				}
				if relation != record.Extends {
					continue
				}
			}
			known[head.LogID] = head.Tree
			changed = true
		}
		return nil
	})
	if err != nil || !changed {
		return err
	}
	return l.memory.write(known)
}

// read gives what is remembered. A head that is damaged is not remembered.
func (m *memory) read() (remembered, error) {
	known := remembered{}
	text, err := os.ReadFile(m.path)
	if err != nil {
		return known, ignoreAbsent(err)
	}
	var file rememberedFile
	_ = json.Unmarshal(text, &file)
	for _, text := range file.Heads {
		if head, err := record.ParseHeadText(text); err == nil {
			known[head.LogID] = head.Tree
		}
	}
	return known, nil
}

// write replaces the file whole, durably: half a memory would be none.
func (m *memory) write(known remembered) error {
	file := rememberedFile{Heads: []string{}}
	for id, tree := range known {
		file.Heads = append(file.Heads, record.Head{LogID: id, Tree: tree}.Text())
	}
	slices.Sort(file.Heads)
	text, err := json.Marshal(file)
	if err != nil {
		return err
	}
	if err := durable.MakeFolders(filepath.Dir(m.path)); err != nil {
		return err
	}
	return durable.WriteFile(m.path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
