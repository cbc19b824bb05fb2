package cli

import (
	"io"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
)

func (p *program) recordSeal() *cobra.Command {
	var caseID, service string
	command, flags := p.leaf("record.seal", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			chosen := command.Flags().Changed("service")
			if chosen {
				if _, err := work.ChooseSealService(command.Context(), service); err != nil {
					return err
				}
			}
			var sealing casework.Sealing
			if service != casework.NoSealService {
				var err error
				if sealing, err = work.Seal(command.Context(), caseID, p.report); err != nil {
					return err
				}
			}
			address, err := work.SealService(command.Context())
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.showSealing(sealing, address, chosen)
		})
	})
	flags.text(&caseID, "case", "id")
	choice(flags, &service, "service", serviceNames())
	return command
}

func serviceNames() []string {
	var names []string
	for _, service := range casework.SealServices() {
		names = append(names, service.ID)
	}
	return append(names, casework.NoSealService)
}

// sealAnswer is the JSON shape of asking for time stamps.
type sealAnswer struct {
	casework.Sealing
	Service string `json:"service"`
}

// showSealing tells what was stamped. What has to wait is a failure: the next time may be better.
func (p *program) showSealing(sealing casework.Sealing, address string, chosen bool) error {
	if sealing.Items == nil {
		sealing.Items = []casework.SealedItem{}
	}
	err := p.show(sealAnswer{sealing, address}, func(w io.Writer) {
		switch {
		case address == "":
			p.line(w, "cli.seal.off", nil)
			return
		case chosen:
			p.line(w, "cli.seal.chosen", values("host", hostOf(address)))
		}
		if len(sealing.Items) == 0 {
			p.line(w, "cli.seal.none", nil)
		}
		for _, item := range sealing.Items {
			named := values("title", item.Title, "entries", p.texts.Count("count.entry", item.Entries),
				"at", p.instant(item.At), "by", item.By, "since", p.instant(item.Since))
			if item.At != "" {
				p.line(w, "cli.seal.sealed", named)
			} else {
				p.line(w, "cli.seal.queued", named)
			}
		}
	})
	if err == nil && sealing.Why != nil {
		return sealing.Why
	}
	return err
}

// hostOf is the name of the server in an address.
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	return parsed.Hostname()
}

// sayWhatTheSealRestsOn says what a reader of a time stamp would want to know before believing it.
func (p *program) sayWhatTheSealRestsOn(w io.Writer, sealed *casework.SealedPart) {
	if !sealed.Trusted {
		p.line(w, "cli.record.seal_untrusted", values("by", sealed.By))
	}
	const nothing = int64(time.Minute / time.Second)
	switch ahead := sealed.ClockAhead; {
	case ahead > nothing:
		p.line(w, "cli.record.clock_ahead", values("duration", p.texts.Duration(ahead)))
	case ahead < -nothing:
		p.line(w, "cli.record.clock_behind", values("duration", p.texts.Duration(-ahead)))
	}
}
