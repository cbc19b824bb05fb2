package casefile

import (
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"
)

// spent adds up the expenses of the case, one sum for each currency, by the currency's code.
func (f CaseFile) spent() []Money {
	sums := map[string]int64{}
	for _, expense := range f.Expenses {
		sums[expense.Value.Amount.Currency] += expense.Value.Amount.Minor
	}
	spent := make([]Money, 0, len(sums))
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		spent = append(spent, Money{Minor: sums[currency], Currency: currency})
	}
	return spent
}

const secondsInHour = 3600

// worth is what a time is worth when an hour is, to the nearest minor unit; nil when nobody set a value, and for an amount
// that no integer holds.
func worth(seconds int64, hour *Money) *Money {
	if hour == nil {
		return nil
	}
	minor := new(big.Int).Mul(big.NewInt(seconds), big.NewInt(hour.Minor))
	minor.Add(minor, big.NewInt(secondsInHour/2)).Div(minor, big.NewInt(secondsInHour))
	if !minor.IsInt64() {
		return nil
	}
	return &Money{Minor: minor.Int64(), Currency: hour.Currency}
}

// customerYears counts the whole years from [Case.CustomerSince] to now; nil when nobody said since when. Of a year or a
// month that is all that is known of it: since 2014 is twelve years in 2026.
func (c Case) customerYears(now time.Time) *int64 {
	precision, since, err := parseWall(c.CustomerSince)
	if err != nil || precision == Minute || precision == Hour { // finer than a day no program writes it
		return nil
	}
	today, err := time.Parse(wallLayouts[precision], dayIn(now, c.Zone)[:len(wallLayouts[precision])])
	if err != nil {
		return nil
	}
	years := int64(today.Year() - since.Year())
	if anniversary := strings.Compare(today.Format("01-02"), since.Format("01-02")); anniversary < 0 {
		years--
	}
	years = max(years, 0)
	return &years
}
