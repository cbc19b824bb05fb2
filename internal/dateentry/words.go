package dateentry

import (
	"strings"
	"time"
)

// The words of the three languages, folded. Where one word means two things ("mañana", "mar"), what stands around it
// decides, or the commoner meaning does.

var months = tableOf(
	"enero ene gener gen january jan", "febrero feb febrer february", "marzo mar març march", "abril abr april apr",
	"mayo may maig mai", "junio jun juny june", "julio jul juliol july", "agosto ago agost ag august aug",
	"septiembre setiembre sep sept setembre september", "octubre oct october", "noviembre nov novembre november",
	"diciembre dic desembre des december dec")

var weekdays = tableOf(
	"domingo dom diumenge dg sunday sun", "lunes lun dilluns dl monday mon", "martes dimarts dt tuesday tue tues",
	"miercoles mie dimecres dc wednesday wed", "jueves jue dijous dj thursday thu thur thurs",
	"viernes vie divendres dv friday fri", "sabado sab dissabte ds saturday sat")

var counts = tableOf("", "un una uno a an one", "dos dues two", "tres three", "cuatro quatre four", "cinco cinc five", "seis sis six",
	"siete set seven", "ocho vuit eight", "nueve nou nine", "diez deu ten", "once onze eleven", "doce dotze twelve")

// unit is what is counted in "3 days".
type unit int

const (
	noUnit unit = iota
	minutes
	hours
	daysUnit
	weeks
	monthsUnit
	years
)

var units = tableOf("", "minutos minuto min minuts minut minutes minute", "horas hora hores hours hour h hs hrs",
	"dias dia dies days day", "semanas semana setmanes setmana weeks week", "meses mes mesos months month",
	"anos ano anys any years year")

// half is the half of the day that an hour is in.
type half int

const (
	noHalf    half = iota
	am             // by the clock of twelve hours
	pm             //
	morning        // «de la mañana»: twelve is noon
	afternoon      //
	evening        // «de la noche»: there is no saying which day its twelve belongs to
)

var noDate = map[string]bool{
	"-": true, "no": true, "sin fecha": true, "ninguna": true, "ninguna fecha": true, "no dieron fecha": true, "sense data": true, "cap": true,
	"cap data": true, "no van donar data": true, "no date": true, "none": true, "they gave no date": true, "no date given": true,
}

// tableOf numbers words by the line they stand in, from 0; a table of 12 months begins with 1.
func tableOf(lines ...string) map[string]int {
	table := map[string]int{}
	first := 0
	if len(lines) == 12 {
		first = 1
	}
	for number, line := range lines {
		for word := range strings.FieldsSeq(fold(line)) {
			table[word] = number + first
		}
	}
	return table
}

// phrases are words with a meaning of their own; the longest that fits counts. Each says whether it can stand there.
var phrases = map[string]func(*reader) bool{}

const longestPhrase = 5

func init() {
	say := func(does func(*reader) bool, texts ...string) {
		for _, text := range texts {
			phrases[strings.Join(strings.Fields(fold(text)), " ")] = does
		}
	}
	say(func(*reader) bool { return true }, "los", "la", "las", "l", "les", "algún", "d", "de", "del", "dels", "on", "in", "of", "en", "al", "als", "some",
		"during", "durante", "durant", "pel", "per", "por", "para", "para el", "per a", "by", "este", "esta", "aquest", "aquesta", "this", "un día", "un dia",
		"algún día", "algun dia", "some day", "sometime", "some time", "pasado", "passat", "last", "next", "próximo", "vinent", "que viene", "que ve",
		"a principios", "a principio", "a mediados", "a finales", "a inicios", "a principis", "a mitjans", "a finals", "early", "late", "mid", "clock", "o clock",
		"año", "any", "mes", "month", "year")
	say(func(r *reader) bool { r.wordsOnDay = true; return true }, "el", "día", "dia", "el día", "el dia", "the")
	say(func(r *reader) bool { r.cued = true; return true }, "a las", "a la", "a les", "at", "@", "las", "a eso de")
	say(func(r *reader) bool { r.about = true; return true }, "hacia", "sobre", "aprox", "aprox.", "aproximadamente", "alrededor de", "más o menos",
		"cap a", "cap al", "vers", "a l'entorn de", "aproximadament", "més o menys", "about", "around", "circa", "ca.", "roughly", "approximately", "~")
	sayHalf(say)
	sayDays(say)
	saySpans(say)
}

func sayHalf(say func(func(*reader) bool, ...string)) {
	in := func(which half) func(*reader) bool {
		return func(r *reader) bool { r.half = which; return true }
	}
	say(in(am), "am", "a.m.", "a.m")
	say(in(pm), "pm", "p.m.", "p.m")
	say(in(morning), "de la mañana", "por la mañana", "del matí", "al matí", "in the morning", "de la madrugada", "de matinada", "de la matinada")
	say(in(afternoon), "de la tarde", "por la tarde", "de la tarda", "a la tarda", "in the afternoon", "del vespre", "al vespre", "in the evening",
		"del mediodía", "del migdia")
	say(in(evening), "de la noche", "por la noche", "de la nit", "a la nit", "at night")
	say(func(r *reader) bool { r.half = afternoon; return r.hour.set(12) }, "mediodía", "al mediodía", "a mediodía", "migdia", "al migdia", "noon", "at noon", "midday")
}

func sayDays(say func(func(*reader) bool, ...string)) {
	day := func(offset int) func(*reader) bool {
		return func(r *reader) bool { return r.name(r.base().AddDate(0, 0, offset).Format(time.DateOnly)) }
	}
	say(day(0), "hoy", "avui", "today", "el mismo día", "mismo día", "el mateix dia", "mateix dia", "the same day", "same day")
	say(day(-1), "ayer", "ahir", "yesterday")
	dayHalf := func(offset int, which half) func(*reader) bool {
		return func(r *reader) bool { r.half = which; return day(offset)(r) }
	}
	say(dayHalf(0, morning), "esta mañana", "aquest matí", "this morning")
	say(dayHalf(0, afternoon), "esta tarde", "aquesta tarda", "this afternoon", "this evening")
	say(dayHalf(-1, evening), "anoche", "anit", "last night")
	say(day(-2), "anteayer", "antes de ayer", "antier", "abans d'ahir", "abans-d'ahir", "abans ahir", "the day before yesterday", "day before yesterday")
	say(day(1), "mañana", "demà", "tomorrow", "al día siguiente", "el día siguiente", "l'endemà", "the next day", "next day")
	say(day(2), "pasado mañana", "demà passat", "the day after tomorrow", "day after tomorrow")
	say(func(r *reader) bool { return r.name(r.asked.Now.Format("2006-01-02T15:04")) },
		"ahora", "ahora mismo", "ara", "ara mateix", "now", "just now", "right now")
}

func saySpans(say func(func(*reader) bool, ...string)) {
	month := func(offset int) func(*reader) bool {
		return func(r *reader) bool {
			at := r.base()
			return r.name(time.Date(at.Year(), at.Month()+time.Month(offset), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"))
		}
	}
	say(month(-1), "el mes pasado", "mes pasado", "el mes passat", "mes passat", "last month")
	say(month(0), "este mes", "aquest mes", "this month")
	year := func(offset int) func(*reader) bool {
		return func(r *reader) bool { return r.name(r.base().AddDate(offset, 0, 0).Format("2006")) }
	}
	say(year(-1), "el año pasado", "año pasado", "l'any passat", "any passat", "last year")
	say(year(0), "este año", "aquest any", "enguany", "this year")
	say((*reader).endOfMonth, "fin de mes", "a fin de mes", "final de mes", "a final de mes", "finales de mes", "a finales de mes", "fi de mes", "a fi de mes",
		"a finals de mes", "end of month", "end of the month", "the end of the month")
	say((*reader).ago, "hace", "fa")
	say(func(r *reader) bool { r.within = true; return true }, "en", "in", "within", "dentro de", "d'aquí a", "d'aquí", "en un plazo de", "en el plazo de",
		"en un termini de", "en menos de", "en menys de")
	say(func(r *reader) bool { return r.minute.set(30) }, "y media", "i mitja")
	say(func(r *reader) bool { return r.minute.set(15) }, "y cuarto", "i quart")
}
