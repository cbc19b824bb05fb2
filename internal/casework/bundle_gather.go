package casework

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"constancia/internal/bundle"
	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// gathered is what a bundle is made from.
type gathered struct {
	bundle.Contents
	heads []record.Head
}

func (c *Casework) gather(ctx context.Context, n ExportBundle) (*gathered, error) {
	g := &gathered{Contents: bundle.Contents{CaseID: n.CaseID, MadeAt: c.Now(), Program: Program}}
	if len(n.Entries) > 0 {
		if err := c.chooseEntries(ctx, g, n); err != nil {
			return nil, err
		}
	}
	if err := c.gatherLogs(ctx, g); err != nil {
		return nil, err
	}
	if err := c.gatherSeals(ctx, g); err != nil {
		return nil, err
	}
	return g, c.gatherFiles(ctx, g)
}

// chooseEntries finds the chosen entries. Each id must be one of the case, and each field in at least one of them.
func (c *Casework) chooseEntries(ctx context.Context, g *gathered, n ExportBundle) error {
	found := map[string]bool{}
	g.Chosen = []bundle.Chosen{}
	logs, err := c.library.Logs(ctx, n.CaseID)
	if err != nil {
		return err
	}
	err = c.library.EntriesByID(ctx, n.Entries, func(stored record.Stored) error {
		if slices.ContainsFunc(logs, func(log library.Log) bool { return log.ID == stored.Header.LogID }) {
			found[stored.Header.EntryID] = true
			g.Chosen = append(g.Chosen, bundle.Chosen{Stored: stored, Pointers: n.Fields})
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, id := range n.Entries {
		if !found[id] {
			return problem.New(problem.NotFound, problem.Values{"kind": "entry", "value": id})
		}
	}
	for _, pointer := range n.Fields {
		if !slices.ContainsFunc(g.Chosen, func(chosen bundle.Chosen) bool { return chosen.Has(pointer) }) {
			return problem.New(problem.NoSuchField, problem.Values{"value": pointer})
		}
	}
	return nil
}

func (c *Casework) gatherLogs(ctx context.Context, g *gathered) error {
	heads, err := c.library.SignedHeads(ctx, g.CaseID)
	if err != nil {
		return err
	}
	devices := map[string]record.Stored{}
	err = c.library.EntriesOfCase(ctx, g.CaseID, record.KindDevice, func(stored record.Stored) error {
		devices[stored.Header.LogID] = stored
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, head := range heads {
		log := bundle.Log{Head: head.Signed, Key: head.VerifierKey, Hashes: logHashes{ctx, c.library, head.LogID},
			Entries: func(ctx context.Context, visit func(record.Stored) error) error {
				return c.library.EntriesWithKeys(ctx, head.LogID, 0, head.Size, func(stored record.Stored, _ [32]byte) error {
					return errors.Join(ctx.Err(), visit(stored))
				})
			}}
		if device, ok := devices[head.LogID]; ok {
			log.Device = &device
		}
		g.Logs, g.heads = append(g.Logs, log), append(g.heads, head.Head)
	}
	return nil
}

// logHashes reads the stored tree of a log.
type logHashes struct {
	ctx     context.Context
	library *library.Library
	logID   string
}

func (h logHashes) ReadHashes(indexes []int64) (hashes [][32]byte, err error) {
	err = h.library.ReadHashes(h.ctx, h.logID, func(_ int64, stored record.HashReader) error {
		hashes, err = stored.ReadHashes(indexes)
		return err
	})
	return hashes, err
}

// gatherSeals finds the time stamps that the record has up to its heads.
func (c *Casework) gatherSeals(ctx context.Context, g *gathered) error {
	return c.library.EntriesOfCase(ctx, g.CaseID, record.KindSeal, func(stored record.Stored) error {
		var sealed casefile.Seal
		if !g.covers(stored.Header) || json.Unmarshal(stored.Payload, &sealed) != nil {
			return ctx.Err()
		}
		token, err := base64.StdEncoding.DecodeString(sealed.Token)
		if err != nil {
			return err
		}
		g.Seals = append(g.Seals, bundle.Seal{LogID: stored.Header.LogID, Sequence: stored.Header.Sequence, Head: []byte(sealed.Head), Token: token})
		return ctx.Err()
	})
}

// covers reports whether an entry stands before the head of its log.
func (g *gathered) covers(header record.Header) bool {
	return slices.ContainsFunc(g.heads, func(head record.Head) bool {
		return head.LogID == header.LogID && header.Sequence <= head.Size
	})
}

// gatherFiles finds the files that the shown entries name.
func (c *Casework) gatherFiles(ctx context.Context, g *gathered) error {
	seen := map[string]bool{}
	add := func(chosen bundle.Chosen) error {
		var file struct {
			SHA256   string `json:"sha256"`
			FileName string `json:"file_name"`
		}
		if !g.covers(chosen.Header) || json.Unmarshal(chosen.Payload, &file) != nil || file.SHA256 == "" || seen[file.SHA256] ||
			!chosen.Shows("/sha256") {
			return ctx.Err()
		}
		extension := ""
		switch {
		case chosen.Header.Kind == record.KindMessage:
			extension = "eml"
		case chosen.Shows("/file_name"):
			extension = bundle.CleanExtension(file.FileName)
		}
		seen[file.SHA256] = true
		g.Files = append(g.Files, bundle.File{SHA256: file.SHA256, Extension: extension, Open: func(ctx context.Context) (io.ReadCloser, error) {
			return c.library.OpenContent(ctx, file.SHA256)
		}})
		return ctx.Err()
	}
	for _, kind := range []record.Kind{record.KindEvidence, record.KindMessage} {
		for _, chosen := range g.Chosen {
			if chosen.Header.Kind == kind {
				if err := add(chosen); err != nil {
					return err
				}
			}
		}
		if g.Chosen != nil {
			continue
		}
		err := c.library.EntriesOfCase(ctx, g.CaseID, kind, func(stored record.Stored) error {
			return add(bundle.Chosen{Stored: stored})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leaveOut has the bundle say that a file is not enclosed, and reports whether there was such a file.
func (g *gathered) leaveOut(sum string) bool {
	count := len(g.Files)
	g.Files = slices.DeleteFunc(g.Files, func(file bundle.File) bool { return file.SHA256 == sum })
	if len(g.Files) < count {
		g.Without = append(g.Without, sum)
	}
	return len(g.Files) < count
}
