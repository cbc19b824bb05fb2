package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Help is set in two columns.
const (
	helpWidth  = 100
	helpIndent = 2
	// helpColumn is the widest left column; a longer entry gets its explanation on the next line.
	helpColumn = 30
)

func (p *program) helpCommand(root *cobra.Command) *cobra.Command {
	help, _ := p.leaf("help", arguments{0, 10}, func(_ *cobra.Command, args []string) error {
		found, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return p.unknownCommand(root, args[0])
		}
		p.help(found, nil)
		return nil
	})
	return help
}

// help writes what a command is for and how it is used.
func (p *program) help(command *cobra.Command, _ []string) {
	w := p.streams.Out
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n", command.Short, p.texts.Text("cli.help.usage"), p.useLine(command))
	var commands [][2]string
	for _, child := range command.Commands() {
		if child.IsAvailableCommand() || child.Name() == "help" {
			commands = append(commands, [2]string{child.Name(), child.Short})
		}
	}
	p.helpSection(w, "cli.help.commands", commands)
	p.helpSection(w, "cli.help.flags", p.flagEntries(command.LocalNonPersistentFlags()))
	p.helpSection(w, "cli.help.everywhere", p.flagEntries(command.Root().PersistentFlags()))
	if command.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n%s\n", p.texts.Text("cli.help.more", values("command", command.CommandPath())))
	}
}

// useLine is how the command is typed, with the flags it can't do without.
func (p *program) useLine(command *cobra.Command) string {
	line := command.UseLine()
	if command.HasAvailableSubCommands() {
		return command.CommandPath() + " " + p.texts.Text("cli.help.command")
	}
	optional := false
	command.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if _, ok := flag.Annotations[required]; ok {
			line += " " + p.flagWord(flag)
		} else {
			optional = true
		}
	})
	if optional {
		line += " " + p.texts.Text("cli.help.options")
	}
	return line
}

func (p *program) flagWord(flag *pflag.Flag) string {
	word := "--" + flag.Name
	if value := flag.Annotations[valueWord]; len(value) > 0 {
		word += " " + p.texts.Text("cli.value."+value[0])
	}
	return word
}

func (p *program) flagEntries(set *pflag.FlagSet) [][2]string {
	var entries [][2]string
	set.VisitAll(func(flag *pflag.Flag) {
		usage := flag.Usage
		if codes := flag.Annotations[choices]; len(codes) > 0 {
			usage += ": " + strings.Join(codes, ", ")
		}
		entries = append(entries, [2]string{p.flagWord(flag), usage})
	})
	return entries
}

func (p *program) helpSection(w io.Writer, title string, entries [][2]string) {
	if len(entries) == 0 {
		return
	}
	column := 0
	for _, entry := range entries {
		if width := utf8.RuneCountInString(entry[0]); width <= helpColumn {
			column = max(column, width)
		}
	}
	fmt.Fprintf(w, "\n%s\n", p.texts.Text(title))
	margin := strings.Repeat(" ", helpIndent+column+2)
	for _, entry := range entries {
		left := strings.Repeat(" ", helpIndent) + entry[0]
		lines := wrap(entry[1], helpWidth-len(margin))
		if gap := len(margin) - utf8.RuneCountInString(left); gap >= 2 {
			fmt.Fprintf(w, "%s%s%s\n", left, strings.Repeat(" ", gap), lines[0])
			lines = lines[1:]
		} else {
			fmt.Fprintln(w, left)
		}
		for _, line := range lines {
			fmt.Fprintln(w, margin+line)
		}
	}
}

// wrap breaks a text into lines of at most width characters, where it has spaces.
func wrap(text string, width int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}
