package app

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Backups are what the page does with backups.
type Backups struct {
	desk *desk

	mu      sync.Mutex
	folders map[string]string      // folders that were chosen, by the choice's id
	keys    map[string]secret.Text // recovery keys that jobs made and nobody has seen, by the job's id
	// restored are what came of bringing backups back, by the job's id.
	restored map[string]casework.BackupRestored
}

// Status says where backups go and when the last one was made.
func (s *Backups) Status() (status BackupStatus, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return BackupStatus{}, err
	}
	reminder, err := work.BackupDue(s.desk.ctx)
	if err != nil {
		return BackupStatus{}, err
	}
	return BackupStatus{Folder: reminder.Folder, Last: reminder.Last, Due: reminder.Due}, nil
}

// List gives the backups in the folder, the newest first; none while no folder was chosen.
func (s *Backups) List() (views []BackupView, err error) {
	defer guard(&err)
	place, err := s.place()
	if err != nil || place.Folder == "" {
		return []BackupView{}, err
	}
	backups, err := casework.Backups(place)
	if err != nil {
		return nil, err
	}
	views = make([]BackupView, len(backups))
	for i, one := range backups {
		views[i] = s.viewOf(one)
	}
	return views, nil
}

func (s *Backups) viewOf(one casework.BackupSnapshot) BackupView {
	view := BackupView{ID: one.ID, Cases: one.Cases, Entries: one.Entries, Files: one.Files}
	if at, err := time.Parse(time.RFC3339, one.At); err == nil {
		view.At = at.In(s.desk.location()).Format(wallMinute)
	}
	return view
}

// Choose asks for a folder.
func (s *Backups) Choose() (choice FolderChoice, err error) {
	defer guard(&err)
	folder, err := s.desk.dialogs.openFolder(s.desk.texts().Text("page.backup.choose"))
	if err != nil || folder == "" {
		return FolderChoice{}, err
	}
	choice = FolderChoice{ID: uuid.NewString(), Folder: folder}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folders == nil {
		s.folders = map[string]string{}
	}
	s.folders[choice.ID] = folder
	return choice, nil
}

// Make starts the job that makes a backup, and returns its id. A folder that was chosen for it is remembered.
func (s *Backups) Make(input BackupInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	folder, err := s.chosen(input.ChoiceID)
	if err != nil {
		return "", err
	}
	named := make(chan string, 1) // the job's id, which is known once it runs
	jobID = s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		id := <-named
		made, err := work.MakeBackup(ctx, casework.MakeBackup{Folder: folder, Key: secret.NewText(input.Key)}, report)
		s.keepUnseen(id, made.NewKey)
		if err == nil && len(made.Problems) > 0 {
			err = problem.New(problem.BackupIncomplete, problem.Values{"count": strconv.Itoa(len(made.Problems))})
		}
		return made.Folder, err
	})
	named <- jobID
	return jobID, nil
}

// chosen is the folder of a choice; empty without one.
func (s *Backups) chosen(choiceID string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, known := s.folders[choiceID]
	if choiceID != "" && !known {
		return "", notFound("file", choiceID)
	}
	return folder, nil
}

func (s *Backups) keepUnseen(jobID string, key secret.Text) {
	if key.Empty() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys == nil {
		s.keys = map[string]secret.Text{}
	}
	s.keys[jobID] = key
}

// NewKey gives the recovery key that a backup made, this once; empty when it made none.
func (s *Backups) NewKey(jobID string) (key string, err error) {
	defer guard(&err)
	s.mu.Lock()
	defer s.mu.Unlock()
	made := s.keys[jobID]
	delete(s.keys, jobID)
	return made.Reveal(), nil
}

// Sheet asks where to, and prints the recovery sheet there. It gives the file's path for showing: empty when the person
// thought better of it.
func (s *Backups) Sheet() (path string, err error) {
	defer guard(&err)
	place, err := s.place()
	if err != nil {
		return "", err
	}
	texts := s.desk.texts()
	path, err = s.desk.dialogs.saveFile(texts.Text("page.backup.sheet_save"), fileName(texts.Text("sheet.title")))
	if err != nil || path == "" {
		return "", err
	}
	return path, casework.WriteRecoverySheet(place, path, texts.Language(), s.desk.clock())
}

// place is the folder that was chosen before.
func (s *Backups) place() (casework.BackupPlace, error) {
	work, err := s.desk.work()
	if err != nil {
		return casework.BackupPlace{}, err
	}
	folder, err := work.BackupFolder(s.desk.ctx)
	return casework.BackupPlace{Folder: folder, State: s.desk.state}, err
}
