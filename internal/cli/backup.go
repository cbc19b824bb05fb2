package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func (p *program) backupMake() *cobra.Command {
	var m casework.MakeBackup
	var typed bool
	command, flags := p.leaf("backup.make", noArguments, func(command *cobra.Command, _ []string) (err error) {
		if m.Key, err = p.recoveryKey(typed); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			made, err := work.MakeBackup(command.Context(), m, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.showBackupMade(made)
		})
	})
	flags.text(&m.Folder, "to", "folder")
	flags.yes(&m.Thorough, "thorough")
	flags.yes(&typed, "key-stdin")
	return command
}

// backupMade is the JSON shape of a backup that was made. The key stands there only once, when it is new.
type backupMade struct {
	casework.BackupMade
	RecoveryKey string `json:"recovery_key,omitempty"`
}

// showBackupMade tells what was backed up. What could not be copied whole is a failure.
func (p *program) showBackupMade(made casework.BackupMade) error {
	err := p.show(backupMade{made, made.NewKey.Reveal()}, func(w io.Writer) {
		p.line(w, "cli.backup.made", values("folder", made.Folder, "entries", p.texts.Count("count.entry", made.Entries),
			"files", p.texts.Count("count.file", made.Files), "size", p.texts.Size(made.Written)))
		if len(made.Removed) > 0 {
			p.line(w, "cli.backup.thinned", values("backups", p.texts.Count("count.backup", int64(len(made.Removed)))))
		}
		if !made.NewKey.Empty() {
			p.line(w, "cli.backup.new_key", nil)
			fmt.Fprintln(w, "\n    "+made.NewKey.Reveal()+"\n")
			p.line(w, "cli.backup.sheet_hint", nil)
		}
		p.findings(w, casework.Verification{Problems: made.Problems})
	})
	if err != nil || len(made.Problems) == 0 {
		return err
	}
	return problem.New(problem.BackupIncomplete, problem.Values{"count": strconv.Itoa(len(made.Problems))})
}

// atBackups makes a command that looks at the backups in a folder.
func (p *program) atBackups(key string, look func(context.Context, casework.BackupPlace) error) *cobra.Command {
	var place casework.BackupPlace
	var typed bool
	command, flags := p.leaf(key, noArguments, func(command *cobra.Command, _ []string) error {
		if err := p.findBackups(command.Context(), &place, typed); err != nil {
			return err
		}
		return look(command.Context(), place)
	})
	flags.text(&place.Folder, "from", "folder")
	flags.yes(&typed, "key-stdin")
	return command
}

func (p *program) backupList() *cobra.Command {
	return p.atBackups("backup.list", func(_ context.Context, place casework.BackupPlace) error {
		backups, err := casework.Backups(place)
		if err != nil {
			return err
		}
		return showList(p, backups, "cli.backup.none", []string{"id", "made", "cases", "entries", "files", "last_entry"},
			func(b casework.BackupSnapshot) []string {
				return []string{b.ID, p.instant(b.At), p.texts.Number(b.Cases), p.texts.Number(b.Entries), p.texts.Number(b.Files),
					p.instant(b.LastEntry)}
			})
	})
}

func (p *program) backupCheck() *cobra.Command {
	return p.atBackups("backup.check", func(ctx context.Context, place casework.BackupPlace) error {
		check, err := casework.CheckBackups(ctx, place, p.report)
		if err != nil {
			return err
		}
		p.progress.clear()
		if !check.Holds {
			return p.showFindings(check, check.Verification, problem.BackupDoesNotHold)
		}
		return p.show(check, func(w io.Writer) {
			p.line(w, "cli.backup.holds", values("backups", p.texts.Count("count.backup", check.Backups),
				"entries", p.texts.Count("count.entry", check.Entries), "files", p.texts.Count("count.file", check.Objects)))
			p.findings(w, check.Verification)
		})
	})
}

func (p *program) backupSheet() *cobra.Command {
	var place casework.BackupPlace
	var out string
	var typed bool
	command, flags := p.leaf("backup.sheet", noArguments, func(command *cobra.Command, _ []string) error {
		if err := p.findBackups(command.Context(), &place, typed); err != nil {
			return err
		}
		if err := casework.WriteRecoverySheet(place, out, p.texts.Language(), p.now()); err != nil {
			return err
		}
		return p.show(sheetWritten{Path: out}, func(w io.Writer) { p.line(w, "cli.backup.sheet", values("path", out)) })
	})
	flags.text(&out, "out", "file")
	flags.text(&place.Folder, "from", "folder")
	flags.yes(&typed, "key-stdin")
	flags.require("out")
	return command
}

// sheetWritten is the JSON shape of a recovery sheet that was printed.
type sheetWritten struct {
	Path string `json:"path"`
}

func (p *program) now() time.Time {
	if p.environment.Clock != nil {
		return p.environment.Clock()
	}
	return time.Now()
}

// findBackups fills in where the backups are and what opens them. A library is asked only for the folder, and only when
// none is named: the backups may be all that there is.
func (p *program) findBackups(ctx context.Context, place *casework.BackupPlace, typed bool) (err error) {
	if place.Key, err = p.recoveryKey(typed); err != nil {
		return err
	}
	if _, place.State, err = p.places(); err != nil || place.Folder != "" {
		return err
	}
	return p.with(ctx, false, func(work *casework.Casework) error {
		if place.Folder, err = work.BackupFolder(ctx); err == nil && place.Folder == "" {
			err = problem.New(problem.BackupNoPlace, nil)
		}
		return err
	})
}
