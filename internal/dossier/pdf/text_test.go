package pdf

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

func blank() *document {
	return newDocument(context.Background(), dossier.Dossier{Language: i18n.English}, Options{})
}

func TestWhatIsDrawnForAText(t *testing.T) {
	d := blank()
	for text, want := range map[string]string{
		"plain":                           "plain",
		"e\u0301":                         "é",            // NFC
		"a\tb\u2003c\u00a0d":              "a b c\u00a0d", // blanks
		"a\x00b\x1bc\u202ed\u200be\u00ad": "abcde",
		"one\r\ntwo\rthree\u2028four":     "one\ntwo\nthree\nfour",
		"\xff":                            "\uFFFD",
		"☎ ✔ Ж α ŀ":                       "☎ ✔ Ж α ŀ",
		"ok \U0001F600!":                  "ok \U0001F600!",
		"漢字かな漢":                           "漢字かな漢",
		"✔\uFE0F":                         "✔",
		"1\uFE0F\u20E3":                   "1\uFE0F\u20E3",
		"ok \U00012000!":                  "ok [U+12000]!",
		"ܫܠܡܐܫ":                           "[U+072B U+0720 U+0721 +2]",
		"می\u200Cخواهم":                   "می\u200Cخواهم", // joiners stay among letters that join
	} {
		if got := d.prepare(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if d.undrawable['ܫ'] != 2 || d.undrawable[0x12000] != 1 {
		t.Errorf("what can't be drawn is not counted: %v", d.undrawable)
	}
}

func TestLinesBreakWhereAReaderExpects(t *testing.T) {
	d := blank()
	for text, want := range map[string][]string{
		"uno dos tres cuatro cinco seis":         {"uno dos tres cuatro", "cinco seis"},
		"párrafo\n\n\n\notro":                    {"párrafo", "", "otro"},
		"lo dice Constancia-Servicios Generales": {"lo dice Constancia-" + wordGoesOn, "Servicios Generales"},
		"https://tienda.example/a/b/c/d/e/f":     {"https://tienda." + wordGoesOn, "example/a/b/c/d/e/f"},
		"a ▇▇▇▇\u00a0[parte\u00a0reclamante]":    {"a", "▇▇▇▇\u00a0[parte", "reclamante]"}, // kept together where there is room
		"  \n ":                          nil,
		"La Ley 3/2014, BOE-A-2014-3329": {"La Ley 3/2014,", "BOE-A-2014-3329"},
	} {
		if got := d.wrap(bodyStyle, 32, text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWhatGoesOnWithALineOfAChatStandsFurtherIn(t *testing.T) {
	d := blank()
	got := d.wrapHanging(exhibitTextStyle, 40, "    ", "[19:40] Elena: uno dos tres cuatro cinco seis siete\n\n[19:41] Noelia: ocho")
	want := []string{"[19:40] Elena: uno dos", "    tres cuatro cinco", "    seis siete", "", "[19:41] Noelia: ocho"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, line := range got {
		if width := d.width(exhibitTextStyle, line); width > 40 {
			t.Errorf("%q is %.1f mm wide", line, width)
		}
	}
}

func TestAClippedTextEndsInAWordAndSaysWhereToReadOn(t *testing.T) {
	d := blank()
	lines, clipped := d.clip(bodyStyle, 60, 2, strings.Repeat("palabra ", 40), "see p. 4")
	if !clipped || len(lines) != 2 || !strings.HasSuffix(lines[1], "palabra… see\u00a0p.\u00a04") {
		t.Errorf("got %q", lines)
	}
	if lines, clipped = d.clip(bodyStyle, 60, 2, "breve", "see p. 4"); clipped || !slices.Equal(lines, []string{"breve"}) {
		t.Errorf("got %q", lines)
	}
}

func TestAHeadingsLinesAreAboutEquallyLong(t *testing.T) {
	d := blank()
	lines := d.balance(titleStyle, textWidth, "Una máquina de coser que no llegó nunca a la casa de mi madre")
	if len(lines) != 2 || d.width(titleStyle, lines[1]) < 0.6*d.width(titleStyle, lines[0]) {
		t.Errorf("got %q", lines)
	}
}

// FuzzWrap holds that lines fit, that only blanks go missing, and that every rune has a glyph.
func FuzzWrap(f *testing.F) {
	f.Add("Buenos días:\n\n> cita\n", 20.0)
	f.Add("\u0301\u202e\U000e0001x\xff\x00 -–—/.", 3.0)
	f.Add(strings.Repeat("(\\)", 50), 0.0)
	f.Add("محمد 12 (שלום) क्ष 👨\u200d👩\u200d👧 1\ufe0f\u20e3 🇪🇸 订单", 9.0)
	f.Add("\u200d\u200c\ufe0f\u0e31\u093f\u0651", 1.0)
	d := blank()
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if !(width >= 0 && width < 1000) || len(text) > 4000 {
			t.Skip()
		}
		var kept strings.Builder
		for _, line := range d.wrap(bodyStyle, width, text) {
			spare := 0.01
			if slices.ContainsFunc([]rune(line), func(r rune) bool { return r >= 0x0590 }) {
				spare = bodyStyle.size * point // a letter of a cut word takes another shape
			}
			if w := d.width(bodyStyle, line); w > width+spare && utf8.RuneCountInString(line) > 1 {
				t.Errorf("%q is %.2f mm wide, not %.2f", line, w, width)
			}
			for _, run := range d.fonts.runs(bodyStyle.face, []rune(strings.TrimSuffix(line, wordGoesOn))) {
				if run.outlined {
					continue // shaped: a sign of several characters has one glyph
				}
				for _, r := range run.text {
					if d.fonts.get(run.face).glyph(r).index == 0 {
						t.Errorf("%q has no glyph", r)
					}
				}
			}
			kept.WriteString(strings.TrimSuffix(strings.TrimPrefix(line, string(rightToLeftMark)), wordGoesOn))
		}
		if got, want := strings.ReplaceAll(kept.String(), " ", ""), strings.NewReplacer(" ", "", "\n", "", "\n"+string(rightToLeftMark), "").Replace(strings.TrimSpace(d.prepare(text))); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
