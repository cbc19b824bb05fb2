package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sync"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// madeFiles remember where the files lie that this window made, for as long as they are as they were made. It is no part of
// the record, which is the same on every computer and names no folders.
type madeFiles struct{ mu sync.Mutex }

// rememberedFiles is how many are remembered: the last ones.
const rememberedFiles = 1000

// madeFile is a file by what is in it.
type madeFile struct {
	SHA256 string `json:"sha256"` // lower-case hex
	Path   string `json:"path"`
}

func madeFilesPath(state string) string { return filepath.Join(state, "made-files.json") }

// read gives what is remembered, the last at the end; what can't be read is as if nothing had been made.
func (m *madeFiles) read(state string) (made []madeFile) {
	text, err := os.ReadFile(madeFilesPath(state))
	if err != nil || json.Unmarshal(text, &made) != nil {
		return nil
	}
	return made
}

// remember adds files. Where that fails they are asked for when they are needed.
func (m *madeFiles) remember(state string, files ...madeFile) {
	m.mu.Lock()
	defer m.mu.Unlock()
	made := append(m.read(state), files...)
	if text, err := json.Marshal(made[max(0, len(made)-rememberedFiles):]); err == nil {
		_ = writePrivately(madeFilesPath(state), text)
	}
}

// find gives where a file lies that has this hash still.
func (m *madeFiles) find(ctx context.Context, state, sum string) (path string, found bool) {
	m.mu.Lock()
	made := m.read(state)
	m.mu.Unlock()
	for i := len(made) - 1; i >= 0; i-- {
		if made[i].SHA256 == sum && sumOf(ctx, made[i].Path) == sum {
			return made[i].Path, true
		}
	}
	return "", false
}

// sumOf is the hash of a file in lower-case hex; empty where it can't be read.
func sumOf(ctx context.Context, path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = file.Close() }() // it was only read
	sum := sha256.New()
	if _, err := io.Copy(sum, readerUntil{ctx, file}); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// readerUntil reads until it is not needed any more.
type readerUntil struct {
	ctx    context.Context
	reader io.Reader
}

func (r readerUntil) Read(into []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.reader.Read(into)
}

// FindMade looks for the file of a dossier that was made in this window, as a job whose id it gives: with it the file is
// opened, stamped and signed. The job fails where the file is not where it was written, or not as it was made.
func (s *Dossiers) FindMade(caseID, madeID string) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	exports, err := work.Exports(s.desk.ctx, caseID)
	if err != nil {
		return "", err
	}
	for _, export := range exports {
		if made := export.Value; made.ID == madeID {
			return s.desk.sealed.start(s.desk.jobs, func(ctx context.Context, report func(casework.Progress)) (sealedFile, string, error) {
				report(casework.Progress{What: "verifying"})
				path, found := s.desk.made.find(ctx, s.desk.state, made.SHA256)
				if !found {
					return sealedFile{}, "", problem.New(problem.MadeFileGone, problem.Values{"name": made.FileName})
				}
				return sealedFile{exported: casework.Exported{Path: path, SHA256: made.SHA256, Size: made.Size}}, path, nil
			}), nil
		}
	}
	return "", notFound("export", madeID)
}
