package pdf_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

const (
	navyFill   = "0.106 0.227 0.341 rg"
	navyStroke = "0.106 0.227 0.341 RG"
	steelFill  = "0.49 0.576 0.659 rg"
	paleFill   = "0.741 0.78 0.82 rg"
	whiteFill  = "1 1 1 rg"
)

// figures are the drawing operators of each figure of a file, in the order of its pages.
func figures(t *testing.T, path string) []string {
	t.Helper()
	readable := run(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
	var found []string
	for _, begun := range strings.Split(readable, "/Figure <</MCID ")[1:] {
		_, drawn, _ := strings.Cut(begun, "BDC\n")
		drawn, _, _ = strings.Cut(drawn, "\nEMC\n")
		found = append(found, drawn)
	}
	return found
}

type bar struct{ width, height float64 }

// bars are the filled rectangles of a colour.
func bars(t *testing.T, drawn, color string) []bar {
	t.Helper()
	var found []bar
	for _, match := range regexp.MustCompile(regexp.QuoteMeta(color)+` \S+ \S+ (\S+) (\S+) re f`).FindAllStringSubmatch(drawn, -1) {
		var one bar
		if _, err := fmt.Sscan(match[1]+" "+match[2], &one.width, &one.height); err != nil {
			t.Fatal(err)
		}
		found = append(found, one)
	}
	return found
}

func TestTheMarksOfEachChartAreAsManyAndAsLongAsTheFiguresSay(t *testing.T) {
	story := dossiertest.New(2)
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	known := story.File.Figures(dossiertest.Now)
	drawn := figures(t, save(t, write(t, story, options(i18n.English))))
	if len(drawn) < 6 {
		t.Fatalf("only %d figures", len(drawn))
	}
	weeks, promises, holds, failures, lanes := drawn[1], drawn[2], drawn[3], drawn[4], drawn[5]

	highest := int64(0)
	for _, week := range model.Charts.Weeks {
		highest = max(highest, week.Value)
	}
	legend := 0
	for i, color := range []string{navyFill, steelFill} {
		want, share := []int64{known.ToCompanies, known.FromCompanies}[i], model.Charts.Directions[i]
		if share.Count != want {
			t.Errorf("the legend says %q, the figure is %d", share.Text, want)
		}
		var parts []dossier.Bar
		for _, week := range model.Charts.Weeks {
			if week.Parts != nil {
				parts = append(parts, dossier.Bar{Value: week.Parts[i]})
			}
		}
		drawn := bars(t, weeks, color)
		requireBars(t, "contacts a week, "+share.Text, drawn[:len(drawn)-1], parts, want, func(b bar) float64 { return b.height })
		legend++
	}
	if legend != len(model.Charts.Directions) {
		t.Errorf("%d directions are drawn, there are %d", legend, len(model.Charts.Directions))
	}
	requireBars(t, "time on hold", bars(t, holds, navyFill), model.Charts.Holds, known.HoldSeconds, func(b bar) float64 { return b.width })
	counted := int64(0)
	for failure, n := range known.ByFailure {
		if failure != casefile.Helped {
			counted += n
		}
	}
	requireBars(t, "failures", bars(t, failures, navyFill), model.Charts.Failures, counted, func(b bar) float64 { return b.width })

	const gap = 0.5 * 72 / 25.4
	total, told := 0.0, int64(0)
	parts := regexp.MustCompile(` \S+ \S+ (\S+) \S+ re f`).FindAllStringSubmatch(promises, -1)
	for _, part := range parts {
		var width float64
		if _, err := fmt.Sscan(part[1], &width); err != nil {
			t.Fatal(err)
		}
		total += width + gap
	}
	for i, part := range parts {
		var width float64
		_, _ = fmt.Sscan(part[1], &width)
		if got := int64(math.Round((width + gap) / total * float64(known.Promises))); got != model.Charts.Promises[i].Count {
			t.Errorf("promises, part %d: drawn for %d, there are %d", i, got, model.Charts.Promises[i].Count)
		}
		told += model.Charts.Promises[i].Count
	}
	if told != known.Promises {
		t.Errorf("%d promises are drawn, there are %d", told, known.Promises)
	}

	channels := map[casefile.Channel]bool{}
	for _, row := range model.Chronology {
		channels[row.Channel] = true
	}
	if got := strings.Count(lanes, navyFill) + strings.Count(lanes, navyStroke); got != int(known.Contacts)+len(channels) {
		t.Errorf("%d marks, there are %d contacts in %d channels", got, known.Contacts, len(channels))
	}
	for state, sign := range map[casefile.PromiseState]string{
		// Two strokes of this width make the cross, and only what is overdue has this narrower one, in a ring.
		casefile.PromiseState(casefile.Broken): "0.635 0.173 0.125 RG 1.191 w ", casefile.Overdue: "0.635 0.173 0.125 RG 0.964 w ",
	} {
		if got := int64(strings.Count(lanes, sign)); got != 2*known.ByState[state] || got == 0 {
			t.Errorf("%d strokes of the sign for %s, there are %d such promises", got, state, known.ByState[state])
		}
	}
	if got := promiseLines(lanes); got != int(known.Promises) {
		t.Errorf("%d lines for %d promises", got, known.Promises)
	}
}

// promiseLines counts the level lines of the promises; each has an upright one where it begins.
func promiseLines(drawn string) (count int) {
	for _, line := range regexp.MustCompile(`RG 0\.85 w \S+ (\S+) m \S+ (\S+) l S`).FindAllStringSubmatch(drawn, -1) {
		if line[1] == line[2] {
			count++
		}
	}
	return count
}

func TestWhereTheDrawingHasNoRoomForAPromiseItSaysSo(t *testing.T) {
	story := dossiertest.New(60)
	promises := int(story.File.Figures(dossiertest.Now).Promises)
	path := save(t, write(t, story, options(i18n.English)))
	drawn := promiseLines(figures(t, path)[5])
	text := strings.Join(strings.Fields(run(t, "pdftotext", path, "-")), " ")
	said := regexp.MustCompile(`(\d+) more promises have no room here`).FindStringSubmatch(text)
	if said == nil {
		t.Fatalf("%d of %d promises are drawn, and nothing says where the others are", drawn, promises)
	}
	if more, err := strconv.Atoi(said[1]); err != nil || drawn+more != promises {
		t.Errorf("%d are drawn and %s are told, there are %d", drawn, said[1], promises)
	}
}

// requireBars holds that each bar is as long as its value asks, and that all of them together count the figure.
func requireBars(t *testing.T, name string, drawn []bar, values []dossier.Bar, figure int64, length func(bar) float64) {
	t.Helper()
	var filled []dossier.Bar
	sum, highest := int64(0), int64(1)
	for _, value := range values {
		sum += value.Value
		highest = max(highest, value.Value)
		if value.Value > 0 {
			filled = append(filled, value)
		}
	}
	if sum != figure || len(drawn) != len(filled) {
		t.Fatalf("%s: %d bars for %d values that come to %d, the figure is %d", name, len(drawn), len(filled), sum, figure)
	}
	longest := 0.0
	for _, one := range drawn {
		longest = max(longest, length(one))
	}
	for i, one := range drawn {
		if want := longest * float64(filled[i].Value) / float64(highest); math.Abs(length(one)-want) > max(0.02, 0.01*want) && length(one) > 1.5 {
			t.Errorf("%s, bar %d: %.2f long, want %.2f", name, i, length(one), want)
		}
	}
}

func TestTheCodeAtTheFootOfTheFirstPageHoldsTheFingerprint(t *testing.T) {
	o := options(i18n.English)
	drawn := figures(t, save(t, write(t, dossiertest.New(1), o)))[0]
	code, err := qr.Encode(o.RecordFingerprint, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	modules := code.Bounds().Dx()
	const side = 17.5 * 72 / 25.4
	module := side / float64(modules+8)
	left, bottom := math.MaxFloat64, math.MaxFloat64
	type square struct{ x, y, width float64 }
	var squares []square
	for _, match := range regexp.MustCompile(`(\S+) (\S+) (\S+) \S+ re`).FindAllStringSubmatch(drawn, -1) {
		var s square
		if _, err := fmt.Sscan(strings.Join(match[1:4], " "), &s.x, &s.y, &s.width); err != nil {
			t.Fatal(err)
		}
		left, bottom = min(left, s.x), min(bottom, s.y)
		squares = append(squares, s)
	}
	dark := map[[2]int]bool{}
	for _, s := range squares {
		column, row := int(math.Round((s.x-left)/module)), modules-1-int(math.Round((s.y-bottom)/module))
		for i := range int(math.Round(s.width / module)) {
			dark[[2]int{column + i, row}] = true
		}
	}
	for row := range modules {
		for column := range modules {
			red, _, _, _ := code.At(column, row).RGBA()
			if dark[[2]int{column, row}] != (red == 0) {
				t.Fatalf("module %d, %d is wrong", column, row)
			}
		}
	}
}

func TestEveryFigureOfTheFirstPageLeadsToItsRows(t *testing.T) {
	path := save(t, write(t, dossiertest.New(1), options(i18n.English)))
	want := []string{"Chronology", "Chronology", "The case in figures", "People", "Promises", "What it has cost"}
	var got []string
	for _, link := range linksOfFirstPage(t, path) {
		if link.height < 40 || link.width > 300 { // points: the figures are taller than any line, and the sentence is wider
			continue
		}
		if read := text(t, path, link.page, link.page); len(got) < len(want) && strings.Contains(read, " "+want[len(got)]+" ") {
			got = append(got, want[len(got)])
			continue
		}
		got = append(got, "page "+link.page)
	}
	if !slices.Equal(got, want) {
		t.Errorf("they lead to %v, want %v", got, want)
	}
}

type pageLink struct {
	left, width, height float64 // points
	page                string
}

// linksOfFirstPage are its links with the pages they lead to, from the left.
func linksOfFirstPage(t *testing.T, path string) []pageLink {
	t.Helper()
	var file struct {
		Pages   []struct{ Object string }
		Objects map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(run(t, "qpdf", "--json=1", path)), &file); err != nil {
		t.Fatal(err)
	}
	numbers := map[string]string{}
	for i, page := range file.Pages {
		numbers[page.Object] = fmt.Sprint(i + 1)
	}
	var first struct {
		Annots []string `json:"/Annots"`
	}
	if err := json.Unmarshal(file.Objects[file.Pages[0].Object], &first); err != nil {
		t.Fatal(err)
	}
	var links []pageLink
	for _, reference := range first.Annots {
		var link struct {
			Dest []any      `json:"/Dest"`
			Rect [4]float64 `json:"/Rect"`
		}
		if err := json.Unmarshal(file.Objects[reference], &link); err != nil {
			t.Fatal(err)
		}
		target, _ := link.Dest[0].(string)
		links = append(links, pageLink{link.Rect[0], link.Rect[2] - link.Rect[0], link.Rect[3] - link.Rect[1], numbers[target]})
	}
	slices.SortFunc(links, func(a, b pageLink) int { return cmp.Compare(a.left, b.left) })
	return links
}

// TestTheMapOfWhoSentWhomDrawsEachTurnWithItsArrowAndItsRing counts what stands in the rows of the map. The words beside it
// say the same, so the map is an artifact of its own for each row.
func TestTheMapOfWhoSentWhomDrawsEachTurnWithItsArrowAndItsRing(t *testing.T) {
	story := dossiertest.New(2)
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	arrows, rings, transfers := 0, 0, int64(0)
	for _, turn := range model.Runaround.Turns {
		if turn.To != dossier.Nowhere {
			arrows++
		}
		if turn.Transfers > 0 {
			rings++
		}
		transfers += turn.Transfers
	}
	known := story.File.Runaround()
	if len(known.Turns) != len(model.Runaround.Turns) || transfers != known.Transfers || arrows == 0 || rings == 0 {
		t.Fatalf("%d turns with %d transfers, %d arrows and %d rings are told; there are %d with %d", len(model.Runaround.Turns), transfers, arrows,
			rings, len(known.Turns), known.Transfers)
	}
	place := regexp.MustCompile(`(?m)^0\.\d+ 0\.\d+ 0\.\d+ RG 0\.34 w (\S+) \S+ m (\S+) \S+ l S$`)
	disc := regexp.MustCompile(regexp.QuoteMeta(navyFill) + `( \S+ \S+ m)( \S+ \S+ \S+ \S+ \S+ \S+ c){4} h f`)
	head := regexp.MustCompile(regexp.QuoteMeta(navyFill) + ` \S+ \S+ m \S+ \S+ l \S+ \S+ l h f`)
	ring := regexp.MustCompile(regexp.QuoteMeta(navyStroke) + ` \S+ w \S+ \S+ m( \S+ \S+ \S+ \S+ \S+ \S+ c){4} h S`)
	var rows, heads, drawnRings int
	readable := run(t, "qpdf", "--qdf", "--object-streams=disable", save(t, write(t, story, options(i18n.English))), "-")
	for _, begun := range strings.Split(readable, "/Artifact BMC\n")[1:] {
		drawn, _, _ := strings.Cut(begun, "\nEMC\n")
		if len(place.FindAllString(drawn, -1)) != len(model.Runaround.Places) || len(disc.FindAllString(drawn, -1)) != 1 {
			continue
		}
		rows++
		heads += len(head.FindAllString(drawn, -1))
		drawnRings += len(ring.FindAllString(drawn, -1))
	}
	if rows != len(known.Turns) || heads != arrows || drawnRings != rings {
		t.Errorf("%d rows, %d arrows and %d rings are drawn; there are %d, %d and %d", rows, heads, drawnRings, len(known.Turns), arrows, rings)
	}
}

func TestWhenItWasRecordedIsDrawnAsLongAsItIsCounted(t *testing.T) {
	story := dossiertest.New(2)
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	r := model.Summary.Recorded
	want := map[string]int64{navyFill: r.Live, steelFill: r.SameDay, paleFill: r.Later, whiteFill: r.Emails}
	const high = 2.6 * 72 / 25.4
	readable := run(t, "qpdf", "--qdf", "--object-streams=disable", save(t, write(t, story, options(i18n.English))), "-")
	for _, begun := range strings.Split(readable, "/Artifact BMC\n")[1:] {
		drawn, _, _ := strings.Cut(begun, "\nEMC\n")
		widths, total := map[string]float64{}, 0.0
		for color := range want {
			for _, one := range bars(t, drawn, color) {
				if math.Abs(one.height-high) < 0.02 {
					widths[color] += one.width
					total += one.width
				}
			}
		}
		if len(widths) != len(want) {
			continue
		}
		for color, count := range want {
			if got := int64(math.Round(widths[color] / total * float64(r.Live+r.SameDay+r.Later+r.Emails))); got != count {
				t.Errorf("%s is drawn for %d, there are %d", color, got, count)
			}
		}
		return
	}
	t.Error("no bar has all four parts")
}

func TestTheFirstPageCutsNoSentenceInTwo(t *testing.T) {
	for _, language := range i18n.Languages() {
		if read := text(t, save(t, write(t, dossiertest.New(2), options(language))), "1", "1"); strings.Contains(read, "…") {
			t.Errorf("%s: it reads %s", language, read)
		}
	}
}
