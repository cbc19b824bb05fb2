package dateentry_test

import (
	"errors"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dateentry"
	"constancia/internal/problem"
)

// It is a Sunday: 22 November 2026, ten past one.
var now = time.Date(2026, 11, 22, 13, 10, 0, 0, time.UTC)

func happened(text, beside string) (string, error) {
	return dateentry.Read(text, dateentry.Asked{Sense: dateentry.Happened, Now: now, Beside: beside})
}

func due(text, beside string) (string, error) {
	return dateentry.Read(text, dateentry.Asked{Sense: dateentry.Due, Now: now, Beside: beside})
}

func TestWhenSomethingHappenedIsReadAsItIsSaid(t *testing.T) {
	tests := []struct {
		want  string
		texts []string
	}{
		{"2026-03-12", []string{"12/3", "12-3", "12.3", "12.03", "12/03/2026", "12/3/26", "12.3.2026", "12-03-26", "2026-03-12", "2026/3/12",
			"12 de marzo", "12 marzo", "12 de marzo de 2026", "el 12 de marzo del 2026", "12-mar-2026", "12mar", "12 mar. 2026",
			"12 de març", "12 març 2026", "el dia 12 de març", "dijous 12 de març", "12 March", "March 12", "March 12, 2026", "12th of March 2026",
			"on the 12th of March", "Thursday, 12 March 2026", "jueves 12/3", "JUEVES, 12/3/2026", "12 marzo 26"}},
		{"2026-04-01", []string{"1 d'abril", "1 d’abril de 2026", "1r d'abril", "1º de abril", "April 1st", "1/4"}},
		{"2026-03", []string{"marzo", "marzo 2026", "marzo de 2026", "en marzo", "algún día de marzo", "a mediados de marzo", "un dia de març", "pel març",
			"some day in March", "sometime in March 2026", "early March", "March", "3/2026", "03-2026", "2026-03", "hacia el 12 de marzo", "about 12 March", "~12/3"}},
		{"2025", []string{"2025", "en 2025", "en el año 2025", "l'any 2025", "in 2025", "el año pasado", "l'any passat", "last year", "hace un año", "fa un any", "a year ago"}},
		{"2026-11-22", []string{"hoy", "avui", "today", "Hoy "}},
		{"2026-11-21", []string{"ayer", "ahir", "yesterday", "hace 1 día", "fa un dia", "1 day ago", "sábado", "el sábado pasado", "dissabte", "last Saturday"}},
		{"2026-11-20", []string{"anteayer", "antes de ayer", "abans-d’ahir", "the day before yesterday", "hace dos días", "fa 2 dies", "two days ago", "viernes"}},
		{"2026-11-15", []string{"domingo", "diumenge", "Sunday"}},
		{"2026-10", []string{"el mes pasado", "el mes passat", "last month", "hace un mes", "fa un mes", "a month ago"}},
		{"2026-11", []string{"este mes", "aquest mes", "this month", "hace dos semanas", "fa dues setmanes", "two weeks ago"}},
		{"2026-11-22T13:10", []string{"ahora", "ara mateix", "just now"}},
		{"2026-11-22T12:50", []string{"hace 20 minutos", "fa 20 minuts", "20 minutes ago"}},
		{"2026-11-22T10", []string{"hace tres horas", "fa 3 hores", "3 hours ago", "hacia las 10", "hacia las 10:00", "cap a les 10", "about 10", "around 10:05", "~10:05", "10h",
			"a las diez", "a les deu", "at ten"}},
		{"2026-11-22T10:05", []string{"10:05", "hoy 10:05", "10h05", "a las 10.05", "10:05:33", "at 10:05 am", "esta mañana a las 10:05", "2026-11-22 10:05", "2026-11-22T10:05"}},
		{"2026-11-21T10:30", []string{"ayer 10:30", "ayer a las 10:30", "ahir a les 10.30", "ahir a les deu i mitja", "yesterday at 10:30", "10:30 yesterday", "ayer a las diez y media",
			"ayer por la mañana a las 10:30"}},
		{"2026-11-21T17:30", []string{"ayer a las 5 y media de la tarde", "ahir a les 5:30 de la tarda", "yesterday 5:30 pm", "yesterday at 5:30 in the afternoon", "ayer 5:30pm", "ayer 17.30"}},
		{"2026-11-21T23", []string{"anoche a las 11", "anit a les 11", "last night at 11", "ayer a las 11 de la noche"}},
		{"2026-11-21T12", []string{"ayer al mediodía", "ahir al migdia", "yesterday at noon", "ayer a las 12 de la mañana", "yesterday 12 pm"}},
		{"2026-03-12T10", []string{"12/3 10", "12 de marzo a las 10", "12 de març cap a les 10", "12 March about 10", "12/3 ~10", "2026-03-12 10", "12/3 hacia las 10:30"}},
		{"2025-12-24", []string{"24/12", "24 de desembre", "December 24", "24 dic"}},
		{"2025-12", []string{"diciembre", "December", "desembre"}},
		{"", []string{"", "   ", "'"}},
	}
	for _, test := range tests {
		for _, text := range test.texts {
			if got, err := happened(text, ""); err != nil || got != test.want {
				t.Errorf("%q is read as %q (%v), want %q", text, got, err, test.want)
			}
		}
	}
}

func TestALeftOutYearIsThatOfTheEntryAboveIt(t *testing.T) {
	tests := []struct{ text, above, want string }{
		{"12/3", "2024-03-02", "2024-03-12"},
		{"5/8", "2024-01-10T10:05", "2024-08-05"},
		{"marzo", "2024", "2024-03"},
		{"12/3", "2024-11", "2024-03-12"},
		{"3/1", "2024-12-20", "2025-01-03"},   // the year turned between them
		{"20/12", "2025-01-03", "2024-12-20"}, // and backwards
		{"24/12", "2026-02-01", "2025-12-24"}, // it has not come yet
		{"24/12", "2026-11-20", "2025-12-24"},
		{"10:30", "2024-03-12", "2024-03-12T10:30"},
		{"10:30", "2024-03-12T09:00", "2024-03-12T10:30"},
		{"el 12", "2024-03-02", "2024-03-12"},
		{"the 30th", "", "2026-10-30"},
		{"12/3/2023", "2024-03-02", "2023-03-12"},
		{"ayer", "2024-03-02", "2026-11-21"},
	}
	for _, test := range tests {
		if got, err := happened(test.text, test.above); err != nil || got != test.want {
			t.Errorf("%q below %q is read as %q (%v), want %q", test.text, test.above, got, err, test.want)
		}
	}
}

func TestWhatIsDueIsCountedFromTheDayItWasPromised(t *testing.T) {
	tests := []struct {
		promised, want string
		texts          []string
	}{
		{"2026-03-12T10:05", "2026-03-12", []string{"hoy", "el mismo día", "avui", "today"}},
		{"2026-03-12", "2026-03-13", []string{"mañana", "demà", "tomorrow", "al día siguiente", "viernes", "el viernes", "divendres", "by Friday", "this Friday", "24 h", "24h", "1 día"}},
		{"2026-03-12", "2026-03-14", []string{"pasado mañana", "demà passat", "48 h", "48h", "en 48 horas", "en 48 hores", "within 48 hours", "2 días", "in two days", "2d"}},
		{"2026-03-12", "2026-03-19", []string{"7 días", "en una semana", "d'aquí a una setmana", "in a week", "jueves", "within 7 days", "19/3", "para el 19 de marzo"}},
		{"2026-03-12", "2026-04-12", []string{"un mes", "en un mes", "in a month", "12 de abril", "12/4", "12/4/2026"}},
		{"2026-01-31", "2026-02-28", []string{"un mes", "28/2"}},
		{"2026-03-12", "2026-03-31", []string{"fin de mes", "a final de mes", "a finals de mes", "end of the month", "31/3"}},
		{"2026-03-12", "2027-01-10", []string{"10/1", "10 de gener"}},
		{"2026-03-12", "2026-04-03", []string{"3 d'abril", "3 de abril"}},
		{"2026-03-12", "2026-03-13T12:00", []string{"mañana a las 12:00", "viernes 12:00", "tomorrow 12:00", "mañana a las 12", "tomorrow at noon"}},
		{"2026-03-12", "2026-03-13", []string{"mañana hacia las 12"}},
		{"2026-03-12T10:05", "2026-03-12T12:05", []string{"en 2 horas", "within 2 hours"}},
		{"2026-03-12", "2026-03-12", []string{"en 2 horas", "12/3"}},
		{"2026-03", "2026-03-12", []string{"12/3", "12 de marzo"}},
		{"2026-03", "", []string{"sin fecha", "no date", "sense data", "-", ""}},
	}
	for _, test := range tests {
		for _, text := range test.texts {
			if got, err := due(text, test.promised); err != nil || got != test.want {
				t.Errorf("%q, promised %s, is read as %q (%v), want %q", text, test.promised, got, err, test.want)
			}
		}
	}
}

func TestWhatCanNotBeReadSurelyIsRefusedWithItsReason(t *testing.T) {
	tests := []struct {
		code  problem.Code
		texts []string
	}{
		{problem.NotADate, []string{"soon", "pronto", "12", "?", "12/3 foo", "12/3 13/3", "ayer hoy", "marzo 10:30", "10:30 11:30", "7 días", "12/3/2026/4", "lunes martes",
			"ayer a las 12 de la noche", "y media", "1234567", "12/3 y media", "2025 10:30", "a las", "1/1/1/1"}},
		{problem.NoSuchDate, []string{"31/2", "30 de febrero", "31 de abril", "3/13", "March 32", "ayer 25:00", "ayer 10:61", "0/3", "2026-02-30", "29/2/2025"}},
		{problem.WeekdayDiffers, []string{"lunes 12/3/2026", "Monday 12 March 2026", "dilluns, 12 de març de 2026"}},
	}
	for _, test := range tests {
		for _, text := range test.texts {
			if got, err := happened(text, ""); !errors.Is(err, problem.New(test.code, nil)) {
				t.Errorf("%q is read as %q (%v), want %s", text, got, err, test.code)
			}
		}
	}
	for text, promised := range map[string]string{"marzo": "2026-03-12", "2027": "2026-03-12", "7 días": "2026-03", "viernes": "2026", "hacia el 20": "2026-03-12"} {
		if got, err := due(text, promised); !errors.Is(err, problem.New(problem.DueNeedsDay, nil)) {
			t.Errorf("due %q, promised %s, is read as %q (%v)", text, promised, got, err)
		}
	}
}

func FuzzReadGivesOnlyWhatTheRecordTakes(f *testing.F) {
	for _, text := range []string{"12/3 10:05", "12 de març a les 10", "some day in March", "ayer hacia las 10", "en 48 h", "fin de mes", "29/2", "lunes", "3 d'abril", "31/12/9999", "~"} {
		f.Add(text, "2024-02-29T10:05", true)
		f.Add(text, "2026", false)
	}
	f.Fuzz(func(t *testing.T, text, beside string, isDue bool) {
		asked := dateentry.Asked{Now: now, Beside: beside}
		if isDue {
			asked.Sense = dateentry.Due
		}
		wall, err := dateentry.Read(text, asked)
		if err != nil {
			if problem.From(err).Code == problem.Unexpected {
				t.Errorf("%q is refused without a reason: %v", text, err)
			}
			return
		}
		if wall == "" {
			return
		}
		if isDue {
			_, err = casefile.ParseDue(wall, "UTC")
		} else {
			_, err = casefile.ParseWhen(wall, "UTC", "", "")
		}
		if err != nil {
			t.Errorf("%q beside %q is read as %q, which the record refuses: %v", text, beside, wall, err)
		}
	})
}
