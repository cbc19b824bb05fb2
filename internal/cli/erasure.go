package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// agreesToErase shows what an erasure would do, and asks. A program gets the plan, and nothing is done.
func (p *program) agreesToErase(ctx context.Context, work *casework.Casework, ids []string) (bool, error) {
	plan, err := work.PlanErasure(ctx, ids)
	if err != nil {
		return false, err
	}
	if err := p.show(plan, func(w io.Writer) { p.describeErasure(w, plan) }); err != nil || p.json {
		return false, err
	}
	if !p.isAsked() {
		return false, problem.New(problem.EraseNeedsYes, problem.Values{"count": strconv.Itoa(len(plan.Goes))})
	}
	agreed, err := p.agrees("cli.erasure.ask")
	if err == nil && !agreed {
		p.line(p.streams.Out, "cli.erasure.not_done", nil)
	}
	return agreed, err
}

// offerBackup makes the backup that takes what was erased out of the earlier ones, if somebody agrees.
func (p *program) offerBackup(ctx context.Context, work *casework.Casework) error {
	agreed, err := p.agrees("cli.erasure.ask_backup")
	if err != nil || !agreed {
		return err
	}
	made, err := work.MakeBackup(ctx, casework.MakeBackup{}, p.report)
	if err != nil {
		return err
	}
	p.progress.clear()
	return p.showBackupMade(made)
}

// describeErasure says what goes, what stays, and what can't be reached.
func (p *program) describeErasure(w io.Writer, plan casework.ErasurePlan) {
	p.line(w, "cli.erasure.goes", values("entries", p.texts.Count("count.entry", int64(len(plan.Goes)))))
	p.entryTable(w, plan.Goes)
	p.paragraph(w, "cli.erasure.files", plan.Files)
	p.paragraph(w, "cli.erasure.copies", plan.Copies)

	fmt.Fprintln(w)
	p.line(w, "cli.erasure.stays", nil)
	if len(plan.Stays) > 0 {
		p.line(w, "cli.erasure.naming", nil)
		p.entryTable(w, plan.Stays)
	}
	p.paragraph(w, "cli.erasure.shared", plan.SharedFiles)

	out := plan.OutOfReach
	fmt.Fprintln(w)
	p.line(w, "cli.erasure.out_of_reach", nil)
	exports := make([]string, len(out.Exports))
	for i, export := range out.Exports {
		exports[i] = export.FileName + " (" + p.recordedClock(export.RecordedAt) + ")"
	}
	p.paragraph(w, "cli.erasure.exports", exports)
	if out.BackupFolder != "" {
		p.line(w, "cli.erasure.backups", values("folder", out.BackupFolder))
	}
	if len(out.Devices) > 0 {
		p.line(w, "cli.erasure.devices", values("letters", p.texts.List(out.Devices)))
	}
	if len(plan.Returning) > 0 {
		p.line(w, "cli.erasure.returning", nil)
		p.entryTable(w, plan.Returning)
	}
	fmt.Fprintln(w)
	p.line(w, "cli.erasure.no_undo", nil)
}

// paragraph writes a line and a list below it; neither when the list is empty.
func (p *program) paragraph(w io.Writer, key string, list []string) {
	if len(list) == 0 {
		return
	}
	p.line(w, key, nil)
	for _, one := range list {
		fmt.Fprintln(w, "  "+plain(one))
	}
}
