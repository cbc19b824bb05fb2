package casework

import (
	"context"
	"errors"

	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// ErasurePlan says beforehand what erasing entries takes away, what it leaves, and what it can't reach.
type ErasurePlan struct {
	CaseID string `json:"case"`
	// Goes are the entries whose content goes: those asked for, corrections of them, and the email that an attachment came
	// in. Where they stand in the record, and when they were recorded, stays.
	Goes []Entry `json:"goes"`
	// Stays are the entries that name one of those, and stay.
	Stays []Entry `json:"stays"`
	// Files are the SHA-256 of the kept files that go, and SharedFiles of those that stay since other entries name them.
	Files       []string `json:"files"`
	SharedFiles []string `json:"shared_files"`
	// Copies are older copies of the record in the library's folder: they go, too.
	Copies []string `json:"copies"`
	// OutOfReach are older copies elsewhere, as far as the record knows of them.
	OutOfReach OutOfReach `json:"out_of_reach"`
	// Returning are emails that the next import from the server brings back, unless they are deleted there.
	Returning []Entry `json:"returning"`
}

// OutOfReach are copies that an erasure does not reach.
type OutOfReach struct {
	// Exports are the dossiers and bundles made since the first of the entries was recorded.
	Exports []CoveringExport `json:"exports"`
	// BackupFolder is where backups are made; empty when none is. The next backup there takes what was erased out of the
	// earlier ones; copies of that folder stay as they are.
	BackupFolder string `json:"backup_folder,omitempty"`
	// Devices are the other devices that have written in the case, by their letters. They erase when they take over this
	// record.
	Devices []string `json:"devices"`
}

// Erased names what was erased.
type Erased struct {
	// ID is that of the entry which says so.
	ID string `json:"id"`
	ErasurePlan
}

// PlanErasure says what erasing entries would do, and does nothing.
//
// Problems: not_found, not_erasable, already_erased.
func (c *Casework) PlanErasure(ctx context.Context, ids []string) (ErasurePlan, error) {
	if err := c.requireNotErased(ctx, ids); err != nil {
		return ErasurePlan{}, err
	}
	plan, err := c.library.PlanErasure(ctx, ids)
	if err != nil {
		return ErasurePlan{}, err
	}
	return c.tellErasure(ctx, plan)
}

// Erase deletes what entries say for good, and puts on record that it did. There is no undo. It can be called off while
// it is "erasing"; once it is on record it is finished, or by the next to open the library.
//
// Problems: not_found, not_erasable, already_erased, library_in_use, disk_full, library_unwritable, cancelled.
func (c *Casework) Erase(ctx context.Context, ids []string, reason string, progress func(Progress)) (Erased, error) {
	o := &operation{}
	reason = o.text("reason", reason)
	if err := errors.Join(o.wrongs(), c.requireNotErased(ctx, ids)); err != nil {
		return Erased{}, err
	}
	id, plan, err := c.library.Erase(ctx, ids, reason, erasing(progress))
	if err != nil {
		return Erased{}, err
	}
	told, err := c.tellErasure(context.WithoutCancel(ctx), plan) // it is done, whoever lost patience
	return Erased{ID: id, ErasurePlan: told}, err
}

func erasing(progress func(Progress)) library.Erased {
	return func(step library.ErasureStep, done, total int64) {
		report(progress, Progress{What: string(step), Done: done, Total: total})
	}
}

func (c *Casework) requireNotErased(ctx context.Context, ids []string) error {
	for _, id := range ids {
		state, err := c.library.Entry(ctx, id)
		if err != nil {
			return err
		}
		if state.Payload == nil {
			return problem.New(problem.AlreadyErased, problem.Values{"value": id})
		}
	}
	return nil
}

// tellErasure adds to the library's plan what it can't know: where else copies are.
func (c *Casework) tellErasure(ctx context.Context, plan library.ErasurePlan) (ErasurePlan, error) {
	told := ErasurePlan{
		CaseID: plan.CaseID, Goes: entriesOf(plan.Goes), Stays: entriesOf(plan.Stays), Files: texts(plan.Contents),
		SharedFiles: texts(plan.Shared), Copies: texts(plan.Copies), Returning: entriesOf(plan.Returning),
		OutOfReach: OutOfReach{Exports: []CoveringExport{}, Devices: []string{}},
	}
	for _, export := range plan.Exports {
		told.OutOfReach.Exports = append(told.OutOfReach.Exports, CoveringExport{export.Value.ID,
			export.Entry.RecordedAt.Format(record.TimeLayout), export.Value.Edition, export.Value.FileName, export.Value.SHA256})
	}
	logs, err := c.library.Logs(ctx, plan.CaseID)
	if err != nil {
		return told, err
	}
	for _, log := range logs {
		if !log.Own {
			told.OutOfReach.Devices = append(told.OutOfReach.Devices, log.Letter)
		}
	}
	told.OutOfReach.BackupFolder, err = c.BackupFolder(ctx)
	if errors.Is(err, problem.New(problem.BackupNoPlace, nil)) {
		err = nil
	}
	return told, err
}

// texts is a list that is never nil, as JSON has it.
func texts(list []string) []string { return append([]string{}, list...) }
