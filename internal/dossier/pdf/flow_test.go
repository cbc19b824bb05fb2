package pdf

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/dossier"
)

func TestAParagraphNeitherLeavesItsFirstLineNorCarriesItsLastOver(t *testing.T) {
	lines := []string{"1", "2", "3", "", "4", "5", "6", "7"}
	var parted []int
	for count := 1; count < len(lines); count++ {
		if (block{}).mayPart(lines, count) {
			parted = append(parted, count)
		}
	}
	if want := []int{3, 4, 6}; !slices.Equal(parted, want) {
		t.Errorf("parted behind %v, want %v", parted, want)
	}
}

func TestAPageDoesNotEndWithWhatAnnouncesTheRest(t *testing.T) {
	long := strings.Repeat("word ", 12)
	lines := []string{long, long, "", "The papers:", "", "Invoice", "Receipt", "", long, "", "Regards,", "", "Ann", "Sales"}
	var parted []int
	for count := 1; count < len(lines); count++ {
		if (block{}).mayPart(lines, count) {
			parted = append(parted, count)
		}
	}
	if want := []int{2, 3, 7, 8, 9, 10}; !slices.Equal(parted, want) {
		t.Errorf("parted behind %v, want %v", parted, want)
	}
}

func TestAQuotationBeginsOnThePageWhereItIsAnnounced(t *testing.T) {
	d := blank()
	d.addPage()
	body := d.emailBody("Dear Ann,\n\nWe have closed the case.\nNothing else is to be done.\n\nOn 9 April Ann wrote:\n> Good morning,\n> please open it again.\n> It is not settled.")
	if len(body) != 2 || body[0].keeps != body[1].beginning() || body[1].keeps != 0 {
		t.Fatalf("%d blocks, of which the first keeps %.1f mm", len(body), body[0].keeps)
	}
	d.y = textBottom - blocksHeight(body[:1]) - 1 // room for all but the quotation
	if all, with := d.within(body[0].style, body[0].lines), d.fitting(body[0], body[0].lines); all != len(body[0].lines) || with == all {
		t.Errorf("%d of %d lines stand on the page, %d with the quotation in sight", all, len(body[0].lines), with)
	}
}

func TestAMessageIsSqueezedOrTurnedRatherThanParted(t *testing.T) {
	d := blank()
	set := func() setEmail {
		return d.setEmail(dossier.Email{Subject: "About the parcel",
			Text: strings.Repeat("A sentence that fills a line of the message and a little more than that. ", 30)})
	}
	whole := set().height()
	for _, c := range []struct {
		name     string
		room     float64
		squeezed bool
		together bool
	}{
		{"room for all of it", whole + 1, false, true},
		{"room for nearly all of it", whole - 3, true, true},
		{"much room", whole * 0.8, false, false},
		{"little room", emailTurns - 1, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := set()
			set.squeeze(c.room)
			if height := set.height(); (height < whole) != c.squeezed || c.squeezed && height > c.room {
				t.Errorf("%.1f of %.1f mm in %.1f", height, whole, c.room)
			}
			if needs := set.needs(c.room, c.room); (needs == set.height()) != c.together {
				t.Errorf("%.1f of %.1f mm are kept together in %.1f", needs, set.height(), c.room)
			}
		})
	}
}

func TestAMessageCarriesMoreThanItsSignatureOver(t *testing.T) {
	long := strings.Repeat("word ", 12)
	lines := []string{"Hello", "", long, long, "", long, "", "Regards", "Ann", "Sales"}
	b := block{together: 3, closing: 3, telling: 45}
	if !b.mayPart(lines, 4) || b.mayPart(lines, 6) {
		t.Error("the page does not end before the last sentence, or ends before the signature")
	}
	if answered := append(lines, "", "On 9 April 2026 at 14:02, Elena Martorell wrote:"); b.mayPart(answered, 6) || !b.mayPart(answered, 4) {
		t.Error("the page ends before the signature, because the line that announces what is quoted counts as text")
	}
}
