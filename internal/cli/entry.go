package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) entryList() *cobra.Command {
	var id string
	var limit int64
	command, flags := p.leaf("entry.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			entries, err := work.Entries(command.Context(), id, limit)
			if err != nil {
				return err
			}
			return p.show(list[casework.Entry]{Items: entries}, func(w io.Writer) { p.entryTable(w, entries) })
		})
	})
	flags.text(&id, "case", "id")
	flags.number(&limit, "limit", 100)
	flags.require("case")
	return command
}

// entryTable lists entries with when they were recorded, what they are about, and whether they count.
func (p *program) entryTable(w io.Writer, entries []casework.Entry) {
	rows := make([][]string, len(entries))
	for i, entry := range entries {
		rows[i] = []string{p.recordedClock(entry.RecordedAt), p.kind(string(entry.Kind)), short(entry.Title, 50),
			p.standing(entry), entry.ID}
	}
	p.table(w, []string{"recorded", "kind", "title", "state", "id"}, rows)
}

// standing says that an entry counts no longer; nothing for one that does.
func (p *program) standing(entry casework.Entry) string {
	switch {
	case entry.Erased:
		return p.texts.Text("cli.entry.erased")
	case !entry.Counts:
		return p.texts.Text("cli.entry.taken_back")
	}
	return ""
}

// recordedClock writes when an entry was recorded in the zone of whoever reads it.
func (p *program) recordedClock(recordedAt string) string {
	at, err := time.Parse(time.RFC3339, recordedAt)
	if err != nil {
		return recordedAt
	}
	return p.clockOf(at)
}

func (p *program) entryRetract() *cobra.Command {
	var n casework.Retract
	command, flags := p.leaf("entry.retract", oneArgument, func(command *cobra.Command, args []string) error {
		n.ID = args[0]
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			retracted, err := work.Retract(command.Context(), n)
			if err != nil {
				return err
			}
			return p.show(retracted, func(w io.Writer) {
				p.line(w, "cli.entry.retracted", values("id", retracted.ID))
				p.entryTable(w, retracted.Entries)
				if len(retracted.Kept) > 0 {
					fmt.Fprintln(w)
					p.line(w, "cli.entry.kept", nil)
					p.entryTable(w, retracted.Kept)
				}
			})
		})
	})
	flags.yes(&n.Operation, "operation")
	flags.text(&n.Reason, "reason", "text")
	return command
}

func (p *program) entryRestore() *cobra.Command {
	var reason string
	command, flags := p.leaf("entry.restore", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			restored, err := work.Restore(command.Context(), args[0], reason)
			if err != nil {
				return err
			}
			return p.show(restored, func(w io.Writer) {
				p.line(w, "cli.entry.restored", values("id", restored.ID))
				p.entryTable(w, restored.Entries)
			})
		})
	})
	flags.text(&reason, "reason", "text")
	return command
}

func (p *program) entryMove() *cobra.Command {
	var to, reason string
	command, flags := p.leaf("entry.move", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			moved, err := work.Move(command.Context(), args[0], to, reason)
			if err != nil {
				return err
			}
			return p.show(moved, func(w io.Writer) {
				p.line(w, "cli.entry.moved", values("id", moved.RetractionID))
				rows := make([][]string, len(moved.Entries))
				for i, one := range moved.Entries {
					rows[i] = []string{p.kind(string(one.Kind)), one.From, one.ID}
				}
				p.table(w, []string{"kind", "before", "after"}, rows)
			})
		})
	})
	flags.text(&to, "to", "id")
	flags.text(&reason, "reason", "text")
	flags.require("to")
	return command
}

func (p *program) entryErase() *cobra.Command {
	var yes bool
	var reason string
	command, flags := p.leaf("entry.erase", oneOrMore, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if !yes {
				agreed, err := p.agreesToErase(command.Context(), work, args)
				if err != nil || !agreed {
					return err
				}
			}
			erased, err := work.Erase(command.Context(), args, reason, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			err = p.show(erased, func(w io.Writer) {
				p.line(w, "cli.erasure.done", values("id", erased.ID))
				if yes {
					p.describeErasure(w, erased.ErasurePlan)
				}
			})
			if err != nil || yes || erased.OutOfReach.BackupFolder == "" {
				return err
			}
			return p.offerBackup(command.Context(), work)
		})
	})
	flags.yes(&yes, "yes")
	flags.text(&reason, "reason", "text")
	return command
}
