package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// root is the whole tree of commands.
func (p *program) root() *cobra.Command {
	root := p.group("", "constancia",
		p.group("case", "case", p.caseNew(), p.caseList(), p.caseShow(), p.caseCorrect(), p.caseClose(), p.caseReopen(), p.caseExport()),
		p.group("company", "company", p.companyAdd(), p.companyList(), p.companyCorrect()),
		p.group("contact", "contact", p.contactLog(), p.contactList(), p.contactCorrect(),
			p.group("contact.draft", "draft", p.contactDraftBegin(), p.contactDraftNote(), p.contactDraftChange(), p.contactDraftEnd(),
				p.contactDraftList(), p.contactDraftSave(), p.contactDraftDiscard())),
		p.group("promise", "promise", p.promiseMake(), p.promiseSettle(), p.promiseList(), p.promiseCorrect()),
		p.group("evidence", "evidence", p.evidenceAdd(), p.evidenceList(), p.evidenceCorrect()),
		p.group("exhibit", "exhibit", p.exhibitAssign(), p.exhibitList()),
		p.group("expense", "expense", p.expenseAdd(), p.expenseList(), p.expenseCorrect()),
		p.group("contradiction", "contradiction", p.contradictionPin(), p.contradictionList(), p.contradictionCorrect()),
		p.group("people", "people", p.peopleList(), p.peopleCorrect(), p.peopleJoin(), p.peoplePart()),
		p.group("entry", "entry", p.entryList(), p.entryHistory(), p.entryRetract(), p.entryRestore(), p.entryMove(), p.entryErase()),
		p.group("mail", "mail", p.mailServer(),
			p.group("mail.mailbox", "mailbox", p.mailboxAdd(), p.mailboxList(), p.mailboxForget()),
			p.group("mail.import", "import", p.mailImportIMAP(), p.mailImportFiles()),
			p.mailSuggest(), p.mailFind(), p.mailWatch(),
			p.mailSignatures(), p.mailKeys(), p.mailAsk(), p.mailTrace(), p.mailShow(), p.mailSame(), p.mailDraft()),
		p.figures(),
		p.search(),
		p.group("dossier", "dossier", p.dossierPreview(), p.dossierAddressees(), p.dossierExport(), p.dossierVerify(), p.dossierStamp(),
			p.dossierSign(), p.dossierFiling(), p.dossierSignature(),
			p.dossierList(), p.dossierSent(), p.dossierUpload(), p.dossierPack()),
		p.group("record", "record", p.recordVerify(), p.recordSeal(), p.recordRebuild()),
		p.group("library", "library", p.libraryCheck()),
		p.group("bundle", "bundle", p.bundleExport(), p.bundleVerify(), p.bundleImport()),
		p.group("backup", "backup", p.backupMake(), p.backupList(), p.backupCheck(), p.backupRestore(), p.backupSheet()),
		p.demo(),
	)
	var language string
	globals := flags{program: p, command: root}
	persistent := root.PersistentFlags()
	persistent.SortFlags = false
	persistent.StringVar(&p.library, "library", "", globals.usage("library"))
	persistent.StringVar(&language, "lang", "", globals.usage("lang"))
	persistent.BoolVar(&p.json, "json", p.json, globals.usage("json"))
	persistent.BoolP("help", "h", false, globals.usage("help"))
	_ = persistent.SetAnnotation("library", valueWord, []string{"folder"})
	_ = persistent.SetAnnotation("lang", valueWord, []string{"language"})
	root.Version = casework.Program
	root.Flags().Bool("version", false, globals.usage("version"))
	root.SetVersionTemplate("{{.Version}}\n")

	root.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return p.unknownCommand(root, args[0])
		}
		return p.environment.Window(p.library)
	}
	root.PersistentPreRunE = func(command *cobra.Command, _ []string) error {
		if command.Flags().Changed("lang") && p.chosen == "" {
			return &misuse{problem.New(problem.NotAChoice, problem.Values{
				"field": "--lang", "value": language, "choices": strings.Join(words(i18n.Languages()), ", ")})}
		}
		return p.requireFlags(command)
	}
	root.SetFlagErrorFunc(p.flagProblem)
	root.SetHelpFunc(p.help)
	root.SetHelpCommand(p.helpCommand(root))
	root.CompletionOptions.DisableDefaultCmd = true
	root.SilenceErrors, root.SilenceUsage = true, true
	return root
}

// group is a command that only holds others.
func (p *program) group(key, name string, commands ...*cobra.Command) *cobra.Command {
	group := &cobra.Command{Use: name, Args: cobra.ArbitraryArgs}
	group.Short = p.texts.Text(strings.TrimSuffix("cli.command."+key, "."))
	group.RunE = func(command *cobra.Command, args []string) error {
		if len(args) == 0 {
			return p.misusedBecause("cli.misuse.command_missing", values("command", command.CommandPath()))
		}
		return p.unknownCommand(command, args[0])
	}
	group.SuggestionsMinimumDistance = 2
	group.AddCommand(commands...)
	return group
}

func (p *program) unknownCommand(parent *cobra.Command, name string) error {
	if near := parent.SuggestionsFor(name); len(near) > 0 {
		return p.misusedBecause("cli.misuse.command_near", values("command", name, "near", near[0]))
	}
	return p.misusedBecause("cli.misuse.command_unknown", values("command", name))
}

// arguments says how many words a command takes beside its flags.
type arguments struct{ least, most int }

var (
	noArguments = arguments{0, 0}
	oneArgument = arguments{1, 1}
	mayBeOne    = arguments{0, 1}
	oneOrMore   = arguments{1, 1 << 20}
)

// leaf is a command that does something. Its words are cli.command.KEY, and cli.arguments.KEY when it takes arguments.
func (p *program) leaf(key string, takes arguments, run func(*cobra.Command, []string) error) (*cobra.Command, flags) {
	name := key[strings.LastIndex(key, ".")+1:]
	command := &cobra.Command{Use: name, Short: p.texts.Text("cli.command." + key), DisableFlagsInUseLine: true}
	if takes.most > 0 {
		command.Use += " " + p.texts.Text("cli.arguments."+key)
	}
	command.Args = func(command *cobra.Command, args []string) error {
		switch {
		case len(args) < takes.least:
			return p.misusedBecause("cli.misuse.argument_missing", values("argument", p.texts.Text("cli.arguments."+key)))
		case len(args) > takes.most:
			return p.oneTooMany(command, args[takes.most])
		}
		return nil
	}
	command.Flags().SortFlags = false
	command.RunE = run
	return command, flags{program: p, command: command, key: key}
}
