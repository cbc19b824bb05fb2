package app

import (
	"context"
	"time"

	"constancia/internal/casework"
	"constancia/internal/secret"
)

// PlanRestore says what is in a backup and in the library that is there, and changes nothing.
func (s *Backups) PlanRestore(input RestoreInput) (plan RestorePlanView, err error) {
	defer guard(&err)
	restore, err := s.restoreOf(input)
	if err != nil {
		return RestorePlanView{}, err
	}
	backups, err := casework.Backups(restore.BackupPlace)
	if err != nil {
		return RestorePlanView{}, err
	}
	planned, err := casework.PlanBackupRestore(s.desk.ctx, restore)
	if err != nil {
		return RestorePlanView{}, err
	}
	plan = RestorePlanView{
		Folder: restore.Folder, BackupID: planned.Backup.ID, Backups: []BackupView{}, Backup: s.contentOf(planned.Backup.Summary)}
	for _, one := range backups {
		plan.Backups = append(plan.Backups, s.viewOf(one))
	}
	if planned.Present != nil {
		present := s.contentOf(*planned.Present)
		plan.Present = &present
		plan.Newer = planned.Present.LastEntry > planned.Backup.LastEntry
	}
	return plan, nil
}

// Restore starts the job that brings a backup back, and returns its id. Nobody can have the library open meanwhile: this
// window lets go of it, and opens what is there when the job is over. The library that was there is kept beside it.
func (s *Backups) Restore(input RestoreInput) (jobID string, err error) {
	defer guard(&err)
	restore, err := s.restoreOf(input)
	if err != nil {
		return "", err
	}
	named := make(chan string, 1) // the job's id, which is known once it runs
	jobID = s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		id := <-named
		return "", s.desk.without(func() error {
			restored, err := casework.RestoreBackup(ctx, restore, report)
			if err != nil {
				return err
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.restored == nil {
				s.restored = map[string]casework.BackupRestored{}
			}
			s.restored[id] = restored
			return nil
		})
	})
	named <- jobID
	return jobID, nil
}

// Restored says what a job brought back.
func (s *Backups) Restored(jobID string) (view RestoredView, err error) {
	defer guard(&err)
	s.mu.Lock()
	restored, known := s.restored[jobID]
	s.mu.Unlock()
	if !known {
		return RestoredView{}, notFound("backup", jobID)
	}
	return RestoredView{Kept: restored.Kept, Missing: int64(len(restored.Missing)), Entries: restored.Backup.Entries}, nil
}

// restoreOf says which backup is meant. Without a choice it is in the folder where backups go.
func (s *Backups) restoreOf(input RestoreInput) (casework.BackupRestore, error) {
	folder, err := s.chosen(input.ChoiceID)
	if err != nil {
		return casework.BackupRestore{}, err
	}
	place := casework.BackupPlace{Folder: folder, State: s.desk.state}
	if folder == "" {
		if place, err = s.place(); err != nil {
			return casework.BackupRestore{}, err
		}
	}
	place.Key = secret.NewText(input.Key)
	return casework.BackupRestore{
		BackupPlace: place, SnapshotID: input.BackupID,
		Library: casework.Options{Directory: s.desk.own, State: s.desk.state, Clock: s.desk.clock},
	}, nil
}

func (s *Backups) contentOf(summary casework.BackupSummary) BackupContent {
	content := BackupContent{Cases: summary.Cases, Entries: summary.Entries, Files: summary.Files}
	if at, err := time.Parse(time.RFC3339, summary.LastEntry); err == nil {
		content.LastEntry = at.In(s.desk.location()).Format(wallMinute)
	}
	return content
}
