package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) backupRestore() *cobra.Command {
	var r casework.BackupRestore
	var typed, yes bool
	command, flags := p.leaf("backup.restore", noArguments, func(command *cobra.Command, _ []string) (err error) {
		if r.Key, err = p.recoveryKey(typed); err != nil {
			return err
		}
		if r.Library.Directory, r.State, err = p.places(); err != nil {
			return err
		}
		r.Library.Clock = p.environment.Clock
		plan, err := casework.PlanBackupRestore(command.Context(), r)
		if err != nil {
			return err
		}
		if err := p.confirmRestore(plan, yes); err != nil {
			return err
		}
		r.SnapshotID = plan.Backup.ID // what was shown
		restored, err := casework.RestoreBackup(command.Context(), r, p.report)
		if err != nil {
			return err
		}
		p.progress.clear()
		return p.show(restored, func(w io.Writer) { p.sayRestored(w, restored) })
	})
	flags.text(&r.Folder, "from", "folder")
	flags.text(&r.SnapshotID, "snapshot", "id")
	flags.yes(&typed, "key-stdin")
	flags.yes(&yes, "yes")
	flags.require("from")
	return command
}

// confirmRestore shows what is in the backup and in the library that is there, and asks before that is replaced.
func (p *program) confirmRestore(plan casework.RestorePlan, yes bool) error {
	if !p.json {
		p.comparison(p.streams.Err, plan)
	}
	if !plan.Replaces() || yes {
		return nil
	}
	if !p.isAsked() {
		return problem.New(problem.RestoreNeedsYes, nil)
	}
	agreed, err := p.agrees("cli.backup.ask_replace")
	if err == nil && !agreed {
		err = problem.New(problem.Cancelled, nil)
	}
	return err
}

func (p *program) comparison(w io.Writer, plan casework.RestorePlan) {
	columns := []string{"what", "in_backup", "in_library"}
	rows := [][]string{
		{p.texts.Text("cli.column.cases"), p.texts.Number(plan.Backup.Cases)},
		{p.texts.Text("cli.column.entries"), p.texts.Number(plan.Backup.Entries)},
		{p.texts.Text("cli.column.files"), p.texts.Number(plan.Backup.Files)},
		{p.texts.Text("cli.column.last_entry"), p.instant(plan.Backup.LastEntry)},
		{p.texts.Text("cli.column.made"), p.instant(plan.Backup.At)},
	}
	switch present := plan.Present; {
	case present != nil:
		there := []string{p.texts.Number(present.Cases), p.texts.Number(present.Entries), p.texts.Number(present.Files),
			p.instant(present.LastEntry), ""}
		for i := range rows {
			rows[i] = append(rows[i], there[i])
		}
	case plan.Unreadable != nil:
		told := p.tell(plan.Unreadable)
		fmt.Fprintln(w, plain(told.Message))
		columns = columns[:2]
	default:
		p.line(w, "cli.backup.no_library", values("path", plan.Directory))
		columns = columns[:2]
	}
	p.table(w, columns, rows)
}

func (p *program) sayRestored(w io.Writer, restored casework.BackupRestored) {
	p.line(w, "cli.backup.restored", values("path", restored.Directory, "at", p.instant(restored.Backup.At),
		"entries", p.texts.Count("count.entry", restored.Backup.Entries)))
	if restored.Kept != "" {
		p.line(w, "cli.backup.kept", values("path", restored.Kept))
	}
	for _, sum := range restored.Missing {
		p.line(w, "cli.backup.missing", values("sha256", sum))
	}
}
